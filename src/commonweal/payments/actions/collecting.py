"""Collection runs: many charges collected with one file. Each step is whole or not at all.

No money moves here: it is in the books when the bank shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Many
from collections.abc import Iterable
from datetime import date
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from commonweal.activity import actions as activity
from commonweal.foundation import clock, ids
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.payments import policies, queries
from commonweal.payments.models import Charge, Collection, CollectRun, CollectTerms, Mandate
from commonweal.payments.port import DebitBlock, DebitOrder, DebitRequest, Step
from commonweal.payments.queries import debits
from commonweal.payments.rules import debits as rules
from commonweal.people.models import Party

MOST_COLLECTIONS = 500
CURRENCY = "EUR"
_OPEN = (CollectRun.Status.PREPARED, CollectRun.Status.RELEASED)


class NothingChosen(Refused):
    """Choose at least one gift to collect."""

    status = 422


class TooMany(Refused):
    """One file holds 500 collections at most. Choose fewer, and collect the others after."""

    status = 422


class ChosenElsewhere(Refused):
    """Something you chose has moved on, or is in another collection run. Reload and look."""


class CannotCollect(Refused):
    """To collect, this host needs a bank account and a creditor identifier. Add them first."""


class MandatesStand(Refused):
    """Givers signed for the identifier that you have. It can change when no mandate lives."""


class RunMovedOn(Refused):
    """This collection run has moved on. Reload the page to see where it stands."""


class SecondPerson(NotAllowed):
    """Two persons collect here: somebody else than who prepared it lets it go."""


class NothingFits(Refused):
    """Nothing of it can be collected now; the list says why. Nobody was told."""


class FileClosed(Refused):
    """The bank has begun with this file, so it cannot be taken again: nobody pays twice."""


@transaction.atomic
def set_collect_terms(
    *,
    host: Host,
    creditor_id: str,
    address: str,
    lead_days: int,
    notice_days: int,
    second_person: bool,
    second_lock: bool,
    file_kind: str,
    as_one: bool,
    by: Party,
) -> CollectTerms:
    """Say under which identifier a host collects, how long before, and which file its bank takes.

    Mandates keep the days and the identifier they were signed with.
    """
    if not policies.may_set_terms(by, host):
        raise NotAllowed
    number = rules.proper_creditor_id(creditor_id)
    if debits.living_for_others(host, number):
        raise MandatesStand
    Host.objects.filter(pk=host.pk).update(creditor_id=number)
    terms, _ = CollectTerms.objects.update_or_create(
        host=host,
        defaults={
            "address": " ".join(address.split()), "lead_days": rules.proper_days(lead_days),
            "notice_days": rules.proper_days(notice_days), "second_person": second_person,
            "second_lock": second_lock, "file_kind": debits.file_kind(file_kind),
            "as_one": as_one,
        },
    )  # fmt: skip
    activity.record(
        "collect_terms.set", subject=f"host:{host.pk}", party=host.pk, by=by.pk, public=False,
        second_person=second_person, second_lock=second_lock,
    )  # fmt: skip
    return terms


@transaction.atomic
def prepare_collection(*, host: Host, charges: Many[int], by: Party) -> CollectRun:
    """Choose what to collect together. Nobody is told yet; each charge is in one run at a time."""
    if not policies.may_collect(by, host):
        raise NotAllowed
    if not charges:
        raise NothingChosen
    if len(set(charges)) > MOST_COLLECTIONS:
        raise TooMany
    Host.objects.select_for_update(of=("self",), no_key=True).get(pk=host.pk)
    _lock_charges(charges)
    chosen = [one for one in debits.due(host, among=charges) if one.charge.currency == CURRENCY]
    if len(chosen) != len(set(charges)):
        raise ChosenElsewhere
    highest = CollectRun.objects.filter(host=host).aggregate(top=Max("number"))["top"]
    run = CollectRun.objects.create(
        uuid=ids.uuid7(), host=host, number=(highest or 0) + 1, created_by=by,
        created_at=clock.now(),
    )  # fmt: skip
    Collection.objects.bulk_create(
        Collection(
            run=run, charge=one.charge, mandate=one.mandate, collect_on=one.collect_on,
            amount_minor=one.charge.amount_minor, currency=one.charge.currency,
        )
        for one in chosen
    )  # fmt: skip
    _tell("collect_run.prepared", run, by)
    return run


@transaction.atomic
def release_collection(*, run: CollectRun, by: Party) -> CollectRun:
    """Write the file, and write down for each giver what is collected on which day.

    What cannot be collected any more stays behind, each with its reason.
    """
    run = _locked(run, CollectRun.Status.PREPARED)
    if not policies.may_collect(by, run.host):
        raise NotAllowed
    if not policies.may_release(by, run):
        raise SecondPerson
    if not run.host.iban or not run.host.creditor_id:
        raise CannotCollect
    terms = debits.terms(run.host)
    asked = [one for one in _lock_collections(run) if _is_asked(one, run, terms)]
    if not asked:
        raise NothingFits
    run.status, run.released_by, run.released_at = CollectRun.Status.RELEASED, by, clock.now()
    _write_file(run, asked, terms)
    run.save()
    for one in asked:
        activity.record(
            "collection.announced", subject=f"collection:{one.pk}", party=run.host_id, by=by.pk,
            public=False,
        )  # fmt: skip
    _tell("collect_run.released", run, by)
    return run


@transaction.atomic
def take_collection_file(*, run: CollectRun, by: Party) -> tuple[str, bytes]:
    """Return the kind and the bytes of the file, the same each time; from then on it is sent."""
    run = _locked(run, CollectRun.Status.RELEASED, CollectRun.Status.SENT)
    if not policies.may_collect(by, run.host):
        raise NotAllowed
    others = run.collections.exclude(state=Collection.State.LEFT_OUT)
    if others.exclude(state=Collection.State.ASKED).exists():
        raise FileClosed
    if run.status == CollectRun.Status.RELEASED:
        run.status, run.sent_at = CollectRun.Status.SENT, clock.now()
        run.save(update_fields=["status", "sent_at"])
    _tell("collect_run.file_taken", run, by)
    return run.file_kind, run.file.encode()


@transaction.atomic
def cancel_collection(*, run: CollectRun, by: Party) -> CollectRun:
    """Give up a run whose file nobody has: its charges can be chosen again, its givers are told."""
    run = _locked(run, *_OPEN)
    if not policies.may_collect(by, run.host):
        raise NotAllowed
    for one in run.collections.filter(state=Collection.State.ASKED):
        activity.record(
            "collection.called_off", subject=f"collection:{one.pk}", party=run.host_id, by=by.pk,
            public=False,
        )  # fmt: skip
    run.collections.filter(state__in=debits.LIVING).update(
        state=Collection.State.FREED, end_to_end=""
    )
    run.status = CollectRun.Status.CANCELLED
    run.save(update_fields=["status"])
    _tell("collect_run.cancelled", run, by)
    return run


@transaction.atomic
def mark_collected(*, collections: Iterable[Collection], by: Party | None) -> None:
    """Record that the bank shows the money of some collections; call it with their settling."""
    numbers = [one.pk for one in collections]
    Collection.objects.filter(pk__in=numbers).update(state=Collection.State.COME)


@transaction.atomic
def mark_uncollected(
    *, collection: Collection, state: Collection.State, code: str, by: Party | None
) -> Collection:
    """Record that a bank refused a collection or took it back, and why.

    Where the reason says so, nobody collects by its mandate any more. Its giver gets a letter.
    """
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    collection.state, collection.code = state, code
    collection.save(update_fields=["state", "code"])
    mandate = collection.mandate
    if rules.ends_mandate(code) and mandate.state == Mandate.State.ACTIVE:
        mandate.state, mandate.ended_at, mandate.code = Mandate.State.AT_REST, clock.now(), code
        mandate.save(update_fields=["state", "ended_at", "code"])
    activity.record(
        f"collection.{state}", subject=f"collection:{collection.pk}",
        party=collection.run.host_id, by=by.pk if by else None, public=False, code=code,
    )  # fmt: skip
    return collection


def _locked(run: CollectRun, *statuses: CollectRun.Status) -> CollectRun:
    """Return a run as it stands, locked until the transaction ends, if it is where it must be.

    Who locks a run locks its charges after it, in order of their number.
    """
    found = CollectRun.objects.select_for_update(of=("self",)).select_related("host__party")
    locked = found.get(pk=run.pk)
    if locked.status not in statuses:
        raise RunMovedOn
    return locked


def _lock_charges(numbers: Iterable[int]) -> list[Charge]:
    found = Charge.objects.select_for_update(of=("self",)).filter(pk__in=list(numbers))
    return list(found.order_by("pk"))


def _lock_collections(run: CollectRun) -> list[Collection]:
    """Return what a run is about to collect; neither charges nor mandates change meanwhile."""
    chosen = run.collections.filter(state=Collection.State.CHOSEN)
    _lock_charges(chosen.values_list("charge", flat=True))
    mandates = Mandate.objects.select_for_update().filter(collections__in=chosen)
    list(mandates.order_by("pk"))
    return list(chosen.select_related("charge", "mandate").order_by("pk"))


def _is_asked(one: Collection, run: CollectRun, terms: CollectTerms) -> bool:
    """Say when and by which step of its mandate one charge is collected, or why it stays behind."""
    charge, mandate = one.charge, one.mandate
    why = _why_not(charge, mandate, one)
    if why:
        one.state, one.code = Collection.State.LEFT_OUT, why
        one.save(update_fields=["state", "code"])
        return False
    one.step = rules.step_of(is_recurrent=mandate.is_recurrent, is_used=debits.is_used(mandate))
    one.collect_on = debits.day_of(charge, mandate, terms, on=clock.today())
    one.block = ids.key("collect", run.uuid, one.step, one.collect_on).hex
    one.end_to_end = _name_of(charge).hex
    one.state = Collection.State.ASKED
    one.save()
    mandate.last_used_on = max(mandate.last_used_on or one.collect_on, one.collect_on)
    mandate.save(update_fields=["last_used_on"])
    return True


def _why_not(charge: Charge, mandate: Mandate, one: Collection) -> str:
    if charge.state != Charge.State.PENDING or charge.amount_minor != one.amount_minor:
        return "moved on"
    if mandate.state != Mandate.State.ACTIVE:
        return "no mandate"
    if rules.ends_on(mandate.signed_on, mandate.last_used_on) <= clock.today():
        return "too old"
    return ""


def _name_of(charge: Charge) -> UUID:
    """Return what the bank names a charge by: its own key, another one for each later try."""
    tries = Collection.objects.filter(charge=charge).exclude(end_to_end="").count()
    return charge.uuid if not tries else ids.key("collection", charge.uuid, tries)


def _write_file(run: CollectRun, asked: list[Collection], terms: CollectTerms) -> None:
    """Write the file while the transaction still can undo everything, and keep it encrypted."""
    run.file_kind = debits.file_kind(terms.file_kind)
    blocks: dict[tuple[date, str, str], list[Collection]] = defaultdict(list)
    for one in asked:
        assert one.collect_on is not None, "what is asked for has a day"
        blocks[one.collect_on, one.step, one.block].append(one)
    order = DebitOrder(
        key=run.uuid, holder=run.host.account_holder, iban=run.host.iban, bic=run.host.bic,
        creditor_id=run.host.creditor_id, written_at=clock.now(),
        blocks=[_block(*which, many) for which, many in sorted(blocks.items(), key=_by_day)],
        as_one=terms.as_one,
    )  # fmt: skip
    run.file = queries.debit_files()[run.file_kind].write(order).decode()


def _by_day(one: tuple[tuple[date, str, str], list[Collection]]) -> tuple[date, str, str]:
    return one[0]


def _block(collect_on: date, step: str, key: str, many: list[Collection]) -> DebitBlock:
    return DebitBlock(
        key=UUID(key), step=cast("Step", step), collect_on=collect_on,
        batch=[_request(one) for one in many],
    )  # fmt: skip


def _request(one: Collection) -> DebitRequest:
    return DebitRequest(
        key=UUID(one.end_to_end),
        amount=Money(one.amount_minor, one.currency),
        name=one.mandate.holder,
        iban=one.mandate.iban,
        mandate=one.mandate.reference,
        signed_on=one.mandate.signed_on,
        message=one.charge.description,
    )


def _tell(kind: str, run: CollectRun, by: Party) -> None:
    activity.record(
        kind, subject=f"collect_run:{run.pk}", party=run.host_id, by=by.pk, public=False,
        number=run.number,
    )  # fmt: skip
