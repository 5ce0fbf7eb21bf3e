"""Becoming a host, asking one, being accepted, leaving."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from commonweal.activity import actions as activity
from commonweal.collectives import actions as collectives
from commonweal.collectives import policies as collective_policies
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting import policies, queries
from commonweal.hosting.models import Application, Host, Hosting
from commonweal.ledger import actions as ledger
from commonweal.ledger import queries as ledger_queries
from commonweal.ledger.models import Purpose
from commonweal.people import policies as people
from commonweal.people.models import Party, Role

ONE_EACH = (Purpose.HOST_FUNDS, Purpose.HOST_FEES, Purpose.BACKERS, Purpose.PAYEES)
ONE_FOR_EACH_RAIL = (Purpose.BANK, Purpose.CHARGES, Purpose.PAYOUTS, Purpose.PROCESSOR_FEES)


class AlreadyAsked(Refused):
    """You already asked a host. Wait for its answer, or take the question back first."""


class HostIsFull(Refused):
    """This host takes no new groups at the moment. Ask another one."""


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
    host = Host.objects.create(
        party=organization,
        currency=currency,
        fee_ppm=fee_ppm,
        iban=iban,
        bic=bic,
        account_holder=account_holder,
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
    host.fee_ppm, host.terms, host.open_to_applications = fee_ppm, terms, open_to_applications
    host.iban, host.bic, host.account_holder = iban, bic, account_holder
    host.save()
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
    if not host.open_to_applications:
        raise HostIsFull
    application = Application.objects.create(
        collective=collective, host=host, message=message, applied_by=by, created_at=clock.now()
    )
    _record("application.sent", host, by, application)
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
    application.status, application.answer = Application.Status.ASKED, question
    application.save(update_fields=["status", "answer"])
    _record("application.asked", application.host, by, application, note=question)
    return application


@transaction.atomic
def answer(*, application: Application, message: str, by: Party) -> Application:
    """Answer what the host asked."""
    application = _waiting(application)
    if not collective_policies.may_run(by, application.collective):
        raise NotAllowed
    application.status = Application.Status.PENDING
    application.message = f"{application.message}\n\n{message}".strip()
    application.save(update_fields=["status", "message"])
    _record("application.answered", application.host, by, application, note=message)
    return application


@transaction.atomic
def approve(*, application: Application, by: Party, fee_ppm: int | None = None) -> Hosting:
    """Accept a collective: open its account and publish its page."""
    application = _deciding(application, by)
    _decided(application, Application.Status.APPROVED, by)
    hosting = Hosting.objects.create(
        collective=application.collective, host=application.host, fee_ppm=fee_ppm,
        since=clock.now(),
    )  # fmt: skip
    collective, host = hosting.collective, hosting.host
    city = collective.place.city.pk if collective.place else None
    ledger.open_account(
        purpose=Purpose.FUNDS, currency=collective.currency, party=collective.pk, host=host.pk,
        place=city,
    )  # fmt: skip
    if collective.status == Collective.Status.DRAFT:
        collectives.publish(collective=collective, by=by)
    return hosting


@transaction.atomic
def decline(*, application: Application, reason: str, by: Party) -> Application:
    """Say no, and why."""
    application = _deciding(application, by)
    application.answer = reason
    return _decided(application, Application.Status.DECLINED, by, note=reason)


@transaction.atomic
def agree_fee(*, hosting: Hosting, fee_ppm: int | None, by: Party) -> Hosting:
    """Give one collective a fee of its own; None goes back to the host's usual one."""
    if not policies.may_decide(by, hosting.host):
        raise NotAllowed
    hosting.fee_ppm = fee_ppm
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


def _record(
    kind: str, host: Host, by: Party, application: Application | None = None, *, note: str = ""
) -> None:
    subject = f"application:{application.pk}" if application else f"party:{host.pk}"
    party = application.collective_id if application else host.pk
    activity.record(kind, subject=subject, party=party, by=by.pk, note=note)
