"""Mandates: signed, ended, and forgotten. Whoever calls has asked who may."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.ids import readable
from commonweal.hosting.models import Host
from commonweal.payments.models import Mandate
from commonweal.payments.queries import debits as queries
from commonweal.payments.rules import debits as rules
from commonweal.people import policies as people
from commonweal.people.models import Party

_LETTERS = 16


class NoCollecting(Refused):
    """This host cannot collect by direct debit yet. Choose another way of giving."""


class NameMissing(Refused):
    """Type your name: it stands for your signature."""

    status = 422


@transaction.atomic
def note_mandate(
    *,
    subject: str,
    host: Host,
    party: Party,
    holder: str,
    iban: str,
    signature: str,
    is_recurrent: bool,
    language: str,
    by: Party | None,
) -> Mandate:
    """Keep a mandate as it was signed just now; it takes the place of the one before."""
    if not host.creditor_id or not host.iban:
        raise NoCollecting
    if not signature.strip() or not holder.strip():
        raise NameMissing
    number = rules.proper_account(iban)
    end_mandates(subject=subject, by=by)
    now = clock.now()
    mandate = Mandate.objects.create(
        reference=f"CW-{readable(_LETTERS).upper()}", subject=subject, host=host, party=party,
        holder=holder.strip(), iban=number, mask=rules.masked(number), signature=signature.strip(),
        words=queries.words_of_mandate(host, is_recurrent=is_recurrent, language=language),
        text_version=queries.TEXT_VERSION, is_recurrent=is_recurrent, creditor_id=host.creditor_id,
        creditor_name=host.account_holder, notice_days=queries.terms(host).notice_days,
        signed_at=now, signed_on=clock.today(),
    )  # fmt: skip
    _tell("mandate.signed", mandate, by)
    return mandate


@transaction.atomic
def end_mandate(
    *, mandate: Mandate, state: Mandate.State, by: Party | None, code: str = ""
) -> Mandate:
    """Let nobody collect by a mandate any more; what the bank was asked before still comes."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.state != Mandate.State.ACTIVE:
        return mandate
    mandate.state, mandate.ended_at, mandate.code = state, clock.now(), code
    mandate.save(update_fields=["state", "ended_at", "code"])
    _tell(f"mandate.{state.replace(' ', '_')}", mandate, by)
    return mandate


@transaction.atomic
def end_mandates(*, subject: str, by: Party | None) -> None:
    """Let nobody collect any more for a promise that is over, or that is signed for anew."""
    for mandate in Mandate.objects.filter(subject=subject, state=Mandate.State.ACTIVE):
        end_mandate(mandate=mandate, state=Mandate.State.REVOKED, by=by)


@transaction.atomic
def expire_mandates(*, by: Party | None) -> int:
    """End the mandates that nobody collected by for three years; return how many."""
    old = queries.too_old(clock.today())
    for mandate in old:
        end_mandate(mandate=mandate, state=Mandate.State.EXPIRED, by=by)
    return len(old)


@transaction.atomic
def forget_mandates(*, person: Party, by: Party | None) -> None:
    """End a person's mandates, and delete those that nobody collected by.

    The others stay, encrypted: a host has to show them as long as a bank may ask for them.
    """
    if by is not None and not people.may_erase(by, person):
        raise NotAllowed
    own = Mandate.objects.filter(party=person.pk)
    own.filter(collections=None).delete()
    for mandate in own.filter(state=Mandate.State.ACTIVE):
        end_mandate(mandate=mandate, state=Mandate.State.REVOKED, by=by)


def _tell(kind: str, mandate: Mandate, by: Party | None) -> None:
    activity.record(
        kind, subject=f"mandate:{mandate.pk}", party=mandate.host_id,
        by=by.pk if by else None, public=False,
    )  # fmt: skip
