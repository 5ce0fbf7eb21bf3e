"""What is asked before something is paid, what was planned, and what comes again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from commonweal.collectives.models import Activity
from commonweal.foundation.fields import CurrencyField
from commonweal.ledger.models import Category
from commonweal.people.models import Party
from commonweal.spending.models.expenses import Expense


class ExpenseTerms(models.Model):
    """What a host or a group asks before it pays; of both the stricter counts. No row: nothing.

    None and an empty list: no limit. Amounts are in minor units of `currency`.
    """

    party = models.OneToOneField(
        Party, models.PROTECT, primary_key=True, related_name="expense_terms"
    )
    currency = CurrencyField()
    two_from_minor = models.BigIntegerField(null=True, blank=True)
    accountant_from_minor = models.BigIntegerField(null=True, blank=True)
    receipt_from_minor = models.BigIntegerField(null=True, blank=True)
    within_days = models.IntegerField(null=True, blank=True)
    categories = ArrayField(models.SmallIntegerField(), default=list, blank=True)

    def __str__(self) -> str:
        """Show whose they are."""
        return f"what {self.party_id} asks"


class BudgetLine(models.Model):
    """What an activity is to cost in a category. What a year is to cost: `collectives`."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="budget")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()

    class Meta:
        """Plan each category once."""

        constraints = [
            models.UniqueConstraint(
                fields=["activity", "category"], name="budget_a_category_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="budget_line_above_zero"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Show what for."""
        return f"{self.category_id} of {self.activity_id}"


class Repeat(models.Model):
    """An expense that is filed again: a draft like `expense` on each `next_on`, for its author.

    Nothing is handed in by itself. `ended_at` is when somebody, or the server, stopped it.
    """

    class Every(models.TextChoices):
        """How often."""

        MONTH = "month"
        QUARTER = "quarter"
        YEAR = "year"

    expense = models.OneToOneField(Expense, models.CASCADE, related_name="repeat")
    every = models.TextField(choices=Every)
    first_on = models.DateField()
    next_on = models.DateField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Find those that are due."""

        indexes = [models.Index(fields=["next_on"], condition=models.Q(ended_at=None), name="due")]

    def __str__(self) -> str:
        """Show what is repeated."""
        return f"expense {self.expense_id} each {self.every}"


class Repeated(models.Model):
    """The draft that a repeat made for one day: there is never a second one."""

    repeat = models.ForeignKey(Repeat, models.CASCADE, related_name="made")
    due_on = models.DateField()
    expense = models.OneToOneField(Expense, models.CASCADE, related_name="repeated")

    class Meta:
        """Make each once."""

        constraints = [
            models.UniqueConstraint(fields=["repeat", "due_on"], name="repeat_a_day_once")
        ]

    def __str__(self) -> str:
        """Show which one it is."""
        return f"repeat {self.repeat_id} of {self.due_on}"
