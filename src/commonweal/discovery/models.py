"""What can be found, as a search reads it. All of it may be made anew from the other apps."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.foundation.fields import CurrencyField
from commonweal.knowledge.models import Playbook
from commonweal.people.models import Party
from commonweal.places.models import Place


class Listing(models.Model):
    """One thing that can be found, with the words that lead to it.

    `party` is whose it is: its own, or the group that does, tells or wrote it. `labels` are its
    themes, tags and place in all languages; `words` weighs name, labels and `about` for full-text
    search. Amounts are minor units of `currency`; `active_at` is when something last happened
    there, of an activity its first day.
    """

    class Kind(models.TextChoices):
        """What it is."""

        GROUP = "group"
        ACTIVITY = "activity"
        UPDATE = "update"
        PLAYBOOK = "playbook"
        HOST = "host"
        ORGANIZATION = "organization"
        PERSON = "person"

    subject = models.TextField(unique=True)
    kind = models.TextField(choices=Kind)
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    name = models.TextField()
    labels = models.TextField()
    about = models.TextField()
    words = models.GeneratedField(
        expression=models.Func(
            "name", "labels", "about", function="discovery_vector", output_field=SearchVectorField()
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    themes = ArrayField(models.TextField(), default=list)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    city = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    living = models.BooleanField(default=True)
    since = models.DateTimeField()
    active_at = models.DateTimeField()
    currency = CurrencyField(default="EUR")
    raised_minor = models.BigIntegerField(default=0)
    pot_minor = models.BigIntegerField(default=0)

    class Meta:
        """Serve words, themes, and each way of sorting."""

        indexes = [
            GinIndex(fields=["words"], name="listing_by_words"),
            GinIndex(fields=["themes"], name="listing_by_theme"),
            models.Index(fields=["kind", "-active_at", "-id"], name="listing_by_activity"),
            models.Index(fields=["kind", "-since", "-id"], name="listing_by_age"),
            models.Index(fields=["kind", "-pot_minor", "-id"], name="listing_by_pot"),
        ]

    def __str__(self) -> str:
        """Show what it is."""
        return self.subject


class Word(models.Model):
    """A word of something listed, in small letters without accents: what mistyped ones may mean."""

    word = models.TextField(primary_key=True)

    class Meta:
        """Find the words that begin so, and those that look so."""

        indexes = [
            models.Index(fields=["word"], name="word_by_beginning", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["word"], name="word_by_letters", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        """Show the word."""
        return self.word


class Costs(models.Model):
    """What was paid for something that is over, as figures read it.

    `paid` is in minor units of `currency` by category and `overhead` what hosts and payment
    services kept of it. `pending` says that an expense is neither paid nor refused yet. It counts
    from a day on, or not at all unless something changes.
    """

    collective = models.ForeignKey(Collective, models.CASCADE, related_name="+")
    city = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    closed_on = models.DateField()
    counts_from = models.DateField(null=True)
    pending = models.BooleanField()
    currency = CurrencyField()
    paid = models.JSONField(default=dict)
    overhead = models.BigIntegerField(default=0)

    class Meta:
        """Have no table of its own."""

        abstract = True


class ActivityCost(Costs):
    """A closed activity of a public group and what was paid for it.

    `given` is what came in kind, as lists of [quantity, unit] by category, and `not_needed` which
    categories it did without.
    """

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, related_name="+")
    attendance = models.IntegerField(null=True)
    given = models.JSONField(default=dict)
    not_needed = ArrayField(models.SmallIntegerField(), default=list)

    class Meta:
        """Serve all that are about a theme."""

        indexes = [models.Index(fields=["theme", "currency", "activity"], name="cost_by_theme")]

    def __str__(self) -> str:
        """Show of what."""
        return f"activity {self.activity_id}"


class Handover(models.Model):
    """What came along when a group started from another one, beside tiers, plan and goal.

    `checklist` and `roles` are those of a playbook; where there is none, `checklist` is what the
    other one last paid for and when, and `roles` how many people run it. `prices` say where each
    amount of the first plan came from, as `rules.Price`; `within` how far away the groups are.
    """

    collective = models.OneToOneField(
        Collective, models.CASCADE, primary_key=True, related_name="handover"
    )
    playbook = models.ForeignKey(Playbook, models.PROTECT, null=True, related_name="+")
    checklist = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    prices = models.JSONField(default=list)
    within = models.TextField(default="")

    def __str__(self) -> str:
        """Show to whom."""
        return f"handed to {self.collective_id}"


class YearCost(Costs):
    """A calendar year of a public group and what it paid then, without what was for activities."""

    year = models.SmallIntegerField()

    class Meta:
        """Keep each year of a group once."""

        constraints = [
            models.UniqueConstraint(fields=["collective", "year"], name="one_cost_of_a_year")
        ]

    def __str__(self) -> str:
        """Show whose and which."""
        return f"{self.year} of {self.collective_id}"


class Funding(models.Model):
    """How the gifts to a public group went: what figures of the funding side are made of.

    Whoever gave both by name and incognito counts as two givers; `withheld` are those who hid
    their names. `people_came` adds up who came to what the group closed and counted.
    """

    collective = models.OneToOneField(
        Collective, models.CASCADE, primary_key=True, related_name="+"
    )
    city = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    currency = CurrencyField()
    opened_on = models.DateField()
    first_gift_on = models.DateField(null=True)
    last_gift_on = models.DateField(null=True)
    goal_reached_on = models.DateField(null=True)
    gifts = models.IntegerField(default=0)
    givers = models.IntegerField(default=0)
    withheld = models.IntegerField(default=0)
    median_gift_minor = models.BigIntegerField(null=True)
    people_came = models.IntegerField(default=0)

    def __str__(self) -> str:
        """Show whose."""
        return f"gifts to {self.collective_id}"


class TracedPart(models.Model):
    """What a lot gave to a use: two lines of one pot, in minor units of its currency."""

    pk = models.CompositePrimaryKey("account_id", "lot", "use")
    account_id = models.BigIntegerField()
    lot = models.BigIntegerField()
    use = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        """Find the lots behind a use; the key finds the uses of a lot."""

        indexes = [models.Index(fields=["account_id", "use"], name="traced_by_use")]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="traced_above_zero")
        ]

    def __str__(self) -> str:
        """Show which lines."""
        return f"{self.account_id}: {self.lot} paid for {self.use}"


class TracedRest(models.Model):
    """What is left of a lot (positive), or of a use that nothing covers yet (negative).

    `activity` is the mark that it carries, or "".
    """

    pk = models.CompositePrimaryKey("account_id", "seq")
    account_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    activity = models.TextField(default="")
    amount = models.BigIntegerField()

    def __str__(self) -> str:
        """Show which line."""
        return f"{self.account_id}: {self.amount} of {self.seq}"


class TracedPot(models.Model):
    """How far a pot was followed: up to its line `seq`."""

    account_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        """Show how far."""
        return f"{self.account_id} up to {self.seq}"


class Tracer(models.Model):
    """How far the ledger was read to follow the euro: all before `position`. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)

    class Meta:
        """There is one reader at a time."""

        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_tracer")]

    def __str__(self) -> str:
        """Show how far."""
        return f"before position {self.position}"


class Stale(models.Model):
    """Something happened to a party, so what is listed of it is no longer true.

    The database itself adds the row, in the transaction of the fact; listing it anew deletes it.
    """

    fact_id = models.BigIntegerField(primary_key=True)
    party_id = models.BigIntegerField()

    def __str__(self) -> str:
        """Show whose."""
        return f"party {self.party_id}"
