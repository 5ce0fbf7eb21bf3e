"""News from rails about charges for contributions."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from commonweal.foundation.money import Money
from commonweal.giving.actions.arrivals import take_away
from commonweal.giving.actions.pledging import fail
from commonweal.ledger.models import Purpose
from commonweal.payments import actions as payments
from commonweal.payments.models import Charge, InboxItem
from commonweal.people.models import Party


@transaction.atomic
def hear(*, item: InboxItem, by: Party | None) -> Charge | None:
    """Act on one piece of news, once; return the charge it is about, or None if there is none.

    What came is in clearing afterwards; sharing it out is the next step.
    """
    item = InboxItem.objects.select_for_update().get(pk=item.pk)
    news = item.payload
    charge = Charge.objects.filter(uuid=news["key"], rail=item.rail).first()
    if charge is None or item.read_at is not None:
        return charge
    amount = Money(news["amount_minor"], news["currency"])
    on = date.fromisoformat(news["on"])
    if item.kind == "captured":
        fee = Money(news["fee_minor"], news["currency"])
        payments.capture(charge=charge, amount=amount, fee=fee, on=on, by=by)
    elif item.kind == "failed":
        fail(charge=charge, reason=news["reason"], by=by)
    elif item.kind == "refunded":
        payments.confirm_back(charge=charge, total=amount, on=on, by=by)
    elif item.kind == "taken_back":
        take_away(charge=charge, on=on, reason=news["reason"], by=by, target=Purpose.BANK)
    payments.mark_read(item=item, by=by)
    return charge
