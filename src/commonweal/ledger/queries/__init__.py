"""Reading the ledger: balances, statements, sums, and whether the books are right."""

from commonweal.ledger.models import Scope
from commonweal.ledger.queries.activities import Moved, moved_for, moved_for_none
from commonweal.ledger.queries.audit import Discrepancy, discrepancies
from commonweal.ledger.queries.balances import Pot, account_of, balance, balances, held_at, pots
from commonweal.ledger.queries.figures import (
    CANCELLED,
    GROUP,
    WHOLE,
    Figure,
    figures,
    figures_query,
    position,
)
from commonweal.ledger.queries.lines import Line
from commonweal.ledger.queries.rates import exchangeable, exchanges, quoted
from commonweal.ledger.queries.statements import Filters, Statement, latest, statement
from commonweal.ledger.queries.sums import (
    Budget,
    CategorySum,
    MonthTotal,
    Totals,
    budget,
    by_category,
    by_month,
    many_bought,
    many_budgets,
    many_totals,
    totals,
    totals_of,
)
from commonweal.ledger.queries.transactions import (
    EntryView,
    Left,
    TransactionView,
    left_of,
    one_transaction,
)

__all__ = [
    "CANCELLED",
    "GROUP",
    "WHOLE",
    "Budget",
    "CategorySum",
    "Discrepancy",
    "EntryView",
    "Figure",
    "Filters",
    "Left",
    "Line",
    "MonthTotal",
    "Moved",
    "Pot",
    "Scope",
    "Statement",
    "Totals",
    "TransactionView",
    "account_of",
    "balance",
    "balances",
    "budget",
    "by_category",
    "by_month",
    "discrepancies",
    "exchangeable",
    "exchanges",
    "figures",
    "figures_query",
    "held_at",
    "latest",
    "left_of",
    "many_bought",
    "many_budgets",
    "many_totals",
    "moved_for",
    "moved_for_none",
    "one_transaction",
    "position",
    "pots",
    "quoted",
    "statement",
    "totals",
    "totals_of",
]
