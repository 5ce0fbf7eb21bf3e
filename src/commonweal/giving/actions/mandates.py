"""Mandates of promises: signed by who gives, taken back by them, and what a bank's no means."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.giving import policies, queries
from commonweal.giving.actions.changing import stop
from commonweal.giving.actions.pledging import cancel, fail
from commonweal.giving.actions.records import locked, write_down
from commonweal.giving.models import Contribution, Interval, Standing
from commonweal.payments import actions as payments
from commonweal.payments.models import Charge, DebitReason, Mandate
from commonweal.payments.queries import debits
from commonweal.payments.rules import debits as rules
from commonweal.people.models import Party


class NothingToSign(Refused):
    """This gift needs no mandate, or it is over. Give again if you like."""


class NoMandate(Refused):
    """There is no mandate that could be taken back."""


@transaction.atomic
def sign_mandate(
    *, contribution: Contribution, holder: str, iban: str, signature: str, language: str,
    by: Party | None,
) -> Mandate:  # fmt: skip
    """Sign that what was promised may be collected; `giving.tasks.begin` then goes on with it."""
    contribution = locked(contribution.pk)
    if not policies.may_cancel(by, contribution):
        raise NotAllowed
    charge = queries.charge_of(contribution)
    if not queries.wants_mandate(charge):
        raise NothingToSign
    return payments.note_mandate(
        subject=charge.subject, host=charge.host, party=contribution.given_by, holder=holder,
        iban=iban, signature=signature, is_recurrent=contribution.interval != Interval.ONCE,
        language=language, by=by,
    )  # fmt: skip


@transaction.atomic
def revoke_mandate(*, contribution: Contribution, by: Party | None) -> Mandate:
    """Take a mandate back, and end what was promised with it.

    What the bank was asked for before still comes.
    """
    contribution = locked(contribution.pk)
    if not policies.may_cancel(by, contribution):
        raise NotAllowed
    mandate = debits.mandate_of(queries.subject_of(contribution))
    if mandate is None:
        raise NoMandate
    # Charges before mandates, as whoever lets a run go locks them.
    waits = debits.asked_for(queries.charge_of(contribution)) is None
    if contribution.standing not in {Standing.NONE, Standing.ENDED}:
        stop(contribution=contribution, by=by)
    elif contribution.status == Contribution.Status.PLEDGED and waits:
        cancel(contribution=contribution, by=by)
    payments.end_mandates(subject=mandate.subject, by=by)
    return Mandate.objects.get(pk=mandate.pk)


@transaction.atomic
def fail_debit(*, charge: Charge, code: str, by: Party | None) -> Contribution:
    """Record that a bank refuses to collect, in words for the giver."""
    found = queries.contribution_of(charge)
    assert found is not None, f"{charge.subject} is not a contribution"
    reason = _in_words(code, found.given_by.language)
    return fail(charge=charge, reason=reason, by=by, again=rules.may_try_again(code))


@transaction.atomic
def rest_debit(*, charge: Charge, by: Party | None) -> None:
    """Ask for nothing more where a mandate is at rest, until its giver signs again."""
    found = queries.id_in(charge.subject)
    assert found is not None, f"{charge.subject} is not a contribution"
    contribution = locked(found)
    is_dead = debits.mandate_of(charge.subject) is None
    if contribution.standing == Standing.ON and is_dead:
        contribution.standing = Standing.QUIET
        contribution.save(update_fields=["standing"])
        write_down("put_to_rest", contribution, by=by)


def _in_words(code: str, language: str) -> str:
    with translation.override(language):
        if code in DebitReason.values:
            return str(DebitReason(code).label)
        return _("The bank did not collect it.")
