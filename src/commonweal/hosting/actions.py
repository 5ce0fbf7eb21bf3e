"""Becoming a host, asking one, being accepted, leaving."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from commonweal.activity import actions as activity
from commonweal.collectives import actions as collectives
from commonweal.collectives import policies as collective_policies
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting import policies, queries, rules
from commonweal.hosting.models import Application, Host, Hosting
from commonweal.hosting.rules import FeeRule
from commonweal.ledger import actions as ledger
from commonweal.ledger import queries as ledger_queries
from commonweal.ledger.models import Purpose
from commonweal.people import policies as people
from commonweal.people.models import Party, Role
from commonweal.places import queries as places

ONE_EACH = (Purpose.HOST_FUNDS, Purpose.HOST_FEES, Purpose.BACKERS, Purpose.PAYEES)
ONE_FOR_EACH_RAIL = (Purpose.BANK, Purpose.CHARGES, Purpose.PAYOUTS, Purpose.PROCESSOR_FEES)


class NotAnOrganization(Refused):
    """Only an organization can hold money for groups. Add yours first, then come back."""


class AlreadyAHost(Refused):
    """This organization holds money for groups already. Change its terms at its desk."""


class AlreadyAsked(Refused):
    """You already asked a host. Wait for its answer, or take the question back first."""


class HostIsFull(Refused):
    """This host takes no new groups at the moment. Ask another one."""


class OtherCurrency(Refused):
    """This host keeps its books in another currency than your group. Ask another one."""


class HasEnded(Refused):
    """This group has ended, so nobody can hold money for it."""


class WordsMissing(Refused):
    """Some words are needed here, so that the other side knows why."""

    status = 422


class NotHosted(Refused):
    """This host does not hold the money of this group any more."""


class AlreadyDecided(Refused):
    """This question was already answered."""


class MoneyLeft(Refused):
    """There is still money in the pot. Spend it or hand it on first."""


@transaction.atomic
def become_host(
    *,
    organization: Party,
    by: Party,
    fee_ppm: int,
    iban: str,
    bic: str,
    account_holder: str,
    currency: str = "EUR",
    terms: str = "",
) -> Host:
    """Let an organization hold money for collectives, and open its accounts."""
    if not people.has_role(by, organization, Role.ADMIN):
        raise NotAllowed
    organization = Party.objects.select_for_update().get(pk=organization.pk)
    if organization.kind != Party.Kind.ORGANIZATION:
        raise NotAnOrganization
    if Host.objects.filter(party=organization).exists():
        raise AlreadyAHost
    host = Host.objects.create(
        party=organization,
        currency=currency,
        fee_ppm=rules.proper_fee(fee_ppm),
        iban=rules.proper_iban(iban),
        bic=rules.proper_bic(bic),
        account_holder=account_holder.strip() or organization.name,
        terms=terms,
        since=clock.now(),
    )
    _open_accounts(host)
    _record("host.began", host, by)
    return host


@transaction.atomic
def edit_host(
    *,
    host: Host,
    by: Party,
    fee_ppm: int,
    terms: str,
    open_to_applications: bool,
    iban: str,
    bic: str,
    account_holder: str,
) -> Host:
    """Change a host's terms; what was promised before keeps its fee."""
    if not policies.may_decide(by, host):
        raise NotAllowed
    host.fee_ppm, host.terms = rules.proper_fee(fee_ppm), terms
    host.open_to_applications = open_to_applications
    host.iban, host.bic = rules.proper_iban(iban), rules.proper_bic(bic)
    host.account_holder = account_holder.strip() or host.party.name
    host.save()
    _record("host.edited", host, by)
    return host


@transaction.atomic
def set_fees(
    *,
    host: Host,
    fees: Sequence[FeeRule],
    rail_fee_by: str,
    losses_by: str,
    currencies: Sequence[str],
    by: Party,
) -> Host:
    """Say what a host keeps of which gifts, who bears what goes wrong, which currencies it takes.

    What was promised before keeps what was agreed then.
    """  # fmt: skip
    if not policies.may_decide(by, host):
        raise NotAllowed
    kept = rules.proper_rules(fees)
    host.fees = [[one.tier_kind, one.rail, one.fee_ppm] for one in kept]
    host.rail_fee_by, host.losses_by = Host.Bearer(rail_fee_by), Host.Bearer(losses_by)
    host.currencies = sorted(set(currencies) - {host.currency})
    host.save(update_fields=["fees", "rail_fee_by", "losses_by", "currencies"])
    _record("host.edited", host, by)
    return host


@transaction.atomic
def apply(*, collective: Collective, host: Host, message: str, by: Party) -> Application:
    """Ask a host to hold a collective's money."""
    if not collective_policies.may_run(by, collective):
        raise NotAllowed
    collective = Collective.objects.select_for_update(of=("self",)).get(pk=collective.pk)
    if queries.current(collective):
        raise collectives.NotADraft
    if collective.applications.filter(status__in=["pending", "asked"]).exists():
        raise AlreadyAsked
    if collective.status == Collective.Status.CLOSED:
        raise HasEnded
    if not host.open_to_applications:
        raise HostIsFull
    if collective.currency != host.currency:
        raise OtherCurrency
    application = Application.objects.create(
        collective=collective, host=host, message=message, applied_by=by, created_at=clock.now()
    )
    _record("application.sent", host, by, application, note=message)
    return application


@transaction.atomic
def withdraw(*, application: Application, by: Party) -> Application:
    """Take the question back."""
    application = _waiting(application)
    if not collective_policies.may_run(by, application.collective):
        raise NotAllowed
    return _decided(application, Application.Status.WITHDRAWN, by)


@transaction.atomic
def ask(*, application: Application, question: str, by: Party) -> Application:
    """Ask the collective something before deciding."""
    application = _deciding(application, by)
    application.status, application.answer = Application.Status.ASKED, _words(question)
    application.save(update_fields=["status", "answer"])
    _record("application.asked", application.host, by, application, note=application.answer)
    return application


@transaction.atomic
def answer(*, application: Application, message: str, by: Party) -> Application:
    """Answer what the host asked."""
    application = _waiting(application)
    if not collective_policies.may_run(by, application.collective):
        raise NotAllowed
    application.status = Application.Status.PENDING
    application.message = f"{application.message}\n\n{_words(message)}".strip()
    application.save(update_fields=["status", "message"])
    _record("application.answered", application.host, by, application, note=_words(message))
    return application


@transaction.atomic
def approve(*, application: Application, by: Party, fee_ppm: int | None = None) -> Hosting:
    """Accept a collective: open its account and publish its page."""
    application = _deciding(application, by)
    applicant = Collective.objects.select_for_update(of=("self",)).get(pk=application.collective_id)
    if applicant.status == Collective.Status.CLOSED:
        raise HasEnded
    _decided(application, Application.Status.APPROVED, by)
    hosting = Hosting.objects.create(
        collective=application.collective, host=application.host, since=clock.now(),
        fee_ppm=None if fee_ppm is None else rules.proper_fee(fee_ppm),
    )  # fmt: skip
    collective, host = hosting.collective, hosting.host
    city, district = places.city_and_district(collective.place)
    funds = ledger.open_account(
        purpose=Purpose.FUNDS, currency=collective.currency, party=collective.pk, host=host.pk,
        place=city, district=district,
    )  # fmt: skip
    if funds.frozen:  # it was with this host before
        ledger.freeze(account=funds.pk, frozen=False)
    if collective.status == Collective.Status.DRAFT:
        collectives.publish(collective=collective, by=by)
    return hosting


@transaction.atomic
def decline(*, application: Application, reason: str, by: Party) -> Application:
    """Say no, and why."""
    application = _deciding(application, by)
    application.answer = _words(reason)
    return _decided(application, Application.Status.DECLINED, by, note=application.answer)


@transaction.atomic
def agree_fee(*, hosting: Hosting, fee_ppm: int | None, by: Party) -> Hosting:
    """Give one collective a fee of its own; None goes back to the host's usual one."""
    if not policies.may_decide(by, hosting.host):
        raise NotAllowed
    if hosting.until is not None:
        raise NotHosted
    hosting.fee_ppm = None if fee_ppm is None else rules.proper_fee(fee_ppm)
    hosting.save(update_fields=["fee_ppm"])
    activity.record(
        "hosting.fee_agreed", subject=f"party:{hosting.collective_id}", by=by.pk,
        party=hosting.collective_id, fee_ppm=fee_ppm,
    )  # fmt: skip
    return hosting


@transaction.atomic
def leave(*, hosting: Hosting, by: Party) -> Hosting:
    """End a hosting, by either side, when there is no money left in the pot."""
    of_host = policies.may_decide(by, hosting.host)
    if not of_host and not collective_policies.may_run(by, hosting.collective):
        raise NotAllowed
    if Hosting.objects.select_for_update().get(pk=hosting.pk).until:
        raise NotHosted
    account = queries.funds_account(hosting)
    ledger.freeze(account=account, frozen=True)
    if ledger_queries.balance(account):
        raise MoneyLeft
    hosting.until = clock.now()
    hosting.save(update_fields=["until"])
    activity.record(
        "hosting.ended", subject=f"party:{hosting.collective_id}", by=by.pk,
        party=hosting.collective_id,
    )  # fmt: skip
    return hosting


def _open_accounts(host: Host) -> None:
    for purpose in ONE_EACH:
        ledger.open_account(purpose=purpose, currency=host.currency, host=host.pk)
    for rail in settings.PAYMENT_RAILS:
        for purpose in ONE_FOR_EACH_RAIL:
            ledger.open_account(
                purpose=purpose, currency=host.currency, host=host.pk, rail=import_string(rail).name
            )


def _waiting(application: Application) -> Application:
    """Lock an application that is not decided yet."""
    found = (
        Application.objects.select_for_update(of=("self",))
        .select_related("collective__place__parent", "host__party")
        .get(pk=application.pk)
    )
    if found.status not in {Application.Status.PENDING, Application.Status.ASKED}:
        raise AlreadyDecided
    return found


def _deciding(application: Application, by: Party) -> Application:
    if not policies.may_decide(by, application.host):
        raise NotAllowed
    return _waiting(application)


def _decided(
    application: Application, status: Application.Status, by: Party, note: str = ""
) -> Application:
    application.status, application.decided_at = status, clock.now()
    application.save(update_fields=["status", "answer", "decided_at"])
    _record(f"application.{status.value}", application.host, by, application, note=note)
    return application


def _words(typed: str) -> str:
    if not typed.strip():
        raise WordsMissing
    return typed.strip()


def _record(
    kind: str, host: Host, by: Party, application: Application | None = None, *, note: str = ""
) -> None:
    """Record a fact; what group and host write to each other is nobody else's news."""
    subject = f"application:{application.pk}" if application else f"party:{host.pk}"
    party = application.collective_id if application else host.pk
    public = kind in {"host.began", "application.approved"}
    activity.record(kind, subject=subject, party=party, by=by.pk, public=public, note=note)
