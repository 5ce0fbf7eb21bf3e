"""Expenses, their items and files, approvals, where to pay, and pay runs."""

from commonweal.spending.models.expenses import Approval, Expense, ExpenseItem, Receipt, Unsent
from commonweal.spending.models.payees import AccountRequest, PayoutMethod, Supplier
from commonweal.spending.models.paying import Payment, PayRun, PayTerms, ReturnReason
from commonweal.spending.models.planning import BudgetLine, ExpenseTerms, Repeat, Repeated

__all__ = [
    "AccountRequest",
    "Approval",
    "BudgetLine",
    "Expense",
    "ExpenseItem",
    "ExpenseTerms",
    "PayRun",
    "PayTerms",
    "Payment",
    "PayoutMethod",
    "Receipt",
    "Repeat",
    "Repeated",
    "ReturnReason",
    "Supplier",
    "Unsent",
]
