"""Collectives, what they are about and what they aim for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.fields import CurrencyField
from commonweal.ledger.models import Category
from commonweal.people.models import Party


class Theme(models.Model):
    """What collectives are about, from one shared list in several languages.

    `words` are other words, in all of them, that people type when they look for it.
    """

    slug = models.SlugField(primary_key=True)
    names = models.JSONField()
    words = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        """Show the slug."""
        return self.slug


class Collective(Party):
    """A group with a shared purpose (its `about`) and a public budget."""

    class Status(models.TextChoices):
        """Where it is on its way."""

        DRAFT = "draft"
        ACTIVE = "active"
        CLOSED = "closed"

    party = models.OneToOneField(Party, models.PROTECT, parent_link=True, primary_key=True)
    status = models.TextField(choices=Status, default=Status.DRAFT)
    currency = CurrencyField(default="EUR")
    themes = models.ManyToManyField(Theme, related_name="collectives", blank=True)
    tags = ArrayField(models.TextField(), default=list, blank=True)
    story = models.TextField(default="", blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """List the living ones quickly."""

        indexes = [models.Index(fields=["status", "-published_at"])]


class Goal(models.Model):
    """An amount that a collective wants to have raised: once, or each month or year.

    What had come before the goal was set does not count towards it.
    """

    class Per(models.TextChoices):
        """Over which time."""

        ONCE = "once"
        YEAR = "year"
        MONTH = "month"

    collective = models.ForeignKey(Collective, models.CASCADE, related_name="goals")
    title = models.TextField()
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    per = models.TextField(choices=Per, default=Per.ONCE)
    raised_before_minor = models.BigIntegerField(default=0)
    position = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        """Aim for something."""

        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="goal_above_zero")
        ]

    def __str__(self) -> str:
        """Show the title."""
        return self.title


class PlannedCost(models.Model):
    """What a collective plans to spend on a category in a year, in minor units."""

    collective = models.ForeignKey(Collective, models.CASCADE, related_name="plan")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()

    class Meta:
        """Plan each category once, the largest first."""

        ordering = ["-amount_minor", "category"]
        constraints = [
            models.UniqueConstraint(fields=["collective", "category"], name="plan_a_category_once"),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="planned_cost_above_zero"
            ),
        ]

    def __str__(self) -> str:
        """Show what for."""
        return f"{self.category_id} of {self.collective_id}"


class Lineage(models.Model):
    """A collective that was started from another one, its source."""

    collective = models.OneToOneField(
        Collective, models.PROTECT, primary_key=True, related_name="lineage"
    )
    source = models.ForeignKey(Collective, models.PROTECT, related_name="heirs")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Show who started from whom."""
        return f"{self.collective_id} from {self.source_id}"


class Activity(Party):
    """What a collective does: an event or a project, with money of its own in the group's pot.

    `attendance` is how many people came, None where nobody counted. `series` is what its editions
    have in common, `edition` which one it is. It is over, and nothing more is to come, from
    `closed_at` on.
    """

    party = models.OneToOneField(
        Party, models.PROTECT, parent_link=True, primary_key=True, related_name="activity"
    )
    organizer = models.ForeignKey(Collective, models.PROTECT, related_name="activities")
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="activities"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    attendance = models.IntegerField(null=True, blank=True)
    series = models.TextField(default="", blank=True)
    edition = models.IntegerField(null=True, blank=True)

    class Meta:
        """List those of a group and those about a theme by day."""

        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["organizer", "-starts_on"]),
            models.Index(fields=["theme", "-starts_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="activity_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(attendance__gte=0), name="attendance_not_below_zero"
            ),
        ]


class CategoryAnswer(models.Model):
    """What a group says of a category for which an activity paid nothing; without it: unknown.

    `quantity` counts the `unit`s of what was given in kind, where somebody counted.
    """

    class Answer(models.TextChoices):
        """Why nothing was paid."""

        IN_KIND = "in_kind", _("Given in kind")
        NOT_NEEDED = "not_needed", _("Not needed")

    class Unit(models.TextChoices):
        """What is counted: never money."""

        HOURS = "hours", _("hours")
        DAYS = "days", _("days")
        PIECES = "pieces", _("pieces")
        MEALS = "meals", _("meals")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="answers")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    answer = models.TextField(choices=Answer)
    quantity = models.IntegerField(null=True)
    unit = models.TextField(choices=Unit, default="", blank=True)

    class Meta:
        """Answer once for each category, in the order of the chart; count what was given."""

        ordering = ["category"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "category"], name="answer_a_category_once"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity=None, unit="")
                | models.Q(quantity__gt=0, unit__gt="", answer="in_kind"),
                name="count_what_was_given",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Show which category of what."""
        return f"{self.category_id} of {self.activity_id}"
