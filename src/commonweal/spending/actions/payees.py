"""Who is paid and does not sign in: suppliers, and guests who say by a link where to pay them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop as _

from commonweal.activity import actions as activity
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people import actions as people
from commonweal.people.models import Party
from commonweal.spending import policies, queries, rules
from commonweal.spending.actions.methods import add_payout_method, proper_iban
from commonweal.spending.models import AccountRequest, Expense, PayoutMethod, Supplier

_MOST_OPEN = 20
_ELSEWHERE = _(
    "This group pays %(name)s on %(mask)s. If that has changed, call %(name)s on a number you "
    "know; then an admin of the group changes the account."
)


class KnownElsewhere(Refused):
    """This group pays this supplier on another account. An admin of the group can change it."""

    status = 422


class TooManyRequests(Refused):
    """Twenty letters of yours wait for an answer. Wait until some are answered, then ask again."""


class NoSuchRequest(Refused):
    """This link was used or is too old. Ask for a new one."""

    status = 410


@transaction.atomic
def add_supplier(
    *, collective: Collective, name: str, iban: str, by: Party, number: str = ""
) -> Supplier:
    """Make a supplier known to a group with its account; one that is known is returned as it is.

    Another account than the known one is refused: a false invoice looks like a right one.
    """
    if not policies.may_file(by, collective):
        raise NotAllowed
    account, number = proper_iban(iban), rules.register_number(number)
    Collective.objects.select_for_update(of=("self",), no_key=True).get(pk=collective.pk)
    known = queries.supplier_like(collective, number=number, name=name)
    if known is not None:
        _refuse_elsewhere(known, account, by)
        return known
    party = people.add_party(
        model=Party, kind=Party.Kind.ORGANIZATION, name=name, language=by.language, by=by
    )
    supplier = Supplier.objects.create(
        party=party, collective_id=collective.pk, number=number, added_by=by, added_at=clock.now()
    )
    add_payout_method(party=party, holder=party.name, iban=account, by=by)
    activity.record(
        "supplier.added", subject=f"party:{party.pk}", party=collective.pk, by=by.pk, public=False
    )
    return supplier


def _refuse_elsewhere(known: Supplier, account: str, by: Party) -> None:
    method = queries.payout_methods(known.party).first()
    if method is None:
        add_payout_method(party=known.party, holder=known.party.name, iban=account, by=by)
    elif method.iban != account:
        raise KnownElsewhere(_ELSEWHERE, name=known.party.name, mask=method.mask)


@transaction.atomic
def ask_for_account(*, collective: Collective, name: str, email: str, by: Party) -> Party:
    """Ask somebody by letter where to pay them; whoever asks never sees more than the mask.

    Who has answered before is not asked again.
    """
    if not policies.may_file(by, collective):
        raise NotAllowed
    guest = people.ensure_guest(email=email, name=name, language=by.language, by=by)
    mine = AccountRequest.objects.filter(asked_by=by.pk, answered_at=None)
    waiting = mine.filter(expires_at__gt=clock.now())
    if waiting.filter(payee=guest, collective=collective.pk).exists():
        return guest
    if waiting.count() >= _MOST_OPEN:
        raise TooManyRequests
    now = clock.now()
    is_known = queries.payout_methods(guest).exists()
    request = AccountRequest.objects.create(
        payee=guest, collective_id=collective.pk, asked_by=by, created_at=now,
        expires_at=now + rules.REQUEST_LASTS, answered_at=now if is_known else None,
    )  # fmt: skip
    if not is_known:
        _tell("payout_method.asked", request, by)
    return guest


@transaction.atomic
def give_account(*, token: str, holder: str, iban: str, by: None = None) -> PayoutMethod:
    """Take the account of a guest who came by the link in our letter; it works once.

    What they are owed and has no account yet is paid to it.
    """
    found = queries.account_request(token)
    request = found and AccountRequest.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found is None or request is None or request.answered_at is not None:
        raise NoSuchRequest
    method = add_payout_method(party=found.payee, holder=holder, iban=iban, by=found.payee)
    request.answered_at = clock.now()
    request.save(update_fields=["answered_at"])
    Expense.objects.filter(payee=found.payee, payout_method=None).exclude(
        status__in=[Expense.Status.PAID, Expense.Status.WITHDRAWN]
    ).update(payout_method=method)
    _tell("payout_method.given", request, by)
    return method


def _tell(kind: str, request: AccountRequest, by: Party | None) -> None:
    activity.record(
        kind, subject=f"account_request:{request.pk}", party=request.collective_id,
        by=by.pk if by else None, public=False,
    )  # fmt: skip
