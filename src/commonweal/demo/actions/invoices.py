"""An invoice written for programs, from a supplier who is no member of the demo city."""

from __future__ import annotations

from datetime import timedelta
from importlib import resources

from commonweal.demo import rules
from commonweal.demo.actions.city import City
from commonweal.demo.rules import SEED
from commonweal.foundation import clock
from commonweal.ledger.models import Chart
from commonweal.spending import actions as spending
from commonweal.spending import queries
from commonweal.spending.actions import papers
from commonweal.spending.models import Expense
from commonweal.spending.rules import Item
from commonweal.spending.rules.einvoice.proposing import proposed

_GROUP = "Repair Café Marolles"


def send_invoice(city: City) -> Expense | None:
    """Let somebody of the team send the invoice; None where the group is not in the city."""
    if _GROUP not in city.collectives:
        return None
    group, data = city.collectives[_GROUP], city.groups[_GROUP]
    author = city.resident(rules.team(data, city.names, SEED)[0])
    paper = papers.read(_invoice())
    found = paper.invoice
    assert found is not None
    supplier = spending.add_supplier(
        collective=group, name=found.supplier.name, number=found.supplier.vat_number,
        iban=found.iban, by=author,
    )  # fmt: skip
    items = [
        Item(
            one.name, found.issued_on, Chart.TOOLS_PARTS, one.amount,
            vat_rate=one.vat_rate, vat=one.vat,
        )
        for one in proposed(found)
    ]  # fmt: skip
    expense = spending.file(
        collective=group, kind=Expense.Kind.INVOICE, title=items[0].description, items=items,
        by=author, payee=supplier.party,
        payout_method=queries.payout_methods(supplier.party).first(),
        invoice_number=found.number, reference=found.reference, due_on=found.due_on,
    )  # fmt: skip
    spending.attach_paper(expense=expense, paper=paper, name="invoice.xml", by=author)
    return spending.submit(expense=expense, by=author)


def _invoice() -> bytes:
    text = resources.files("commonweal.demo").joinpath("data/invoice.xml").read_text("utf-8")
    issued = clock.today() - timedelta(days=2)
    due = issued + timedelta(days=30)
    return text.format(issued=issued.isoformat(), due=due.isoformat()).encode()
