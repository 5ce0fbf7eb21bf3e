"""What can be found, as a search reads it. All of it may be made anew from the other apps."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.foundation.fields import CurrencyField
from commonweal.people.models import Party
from commonweal.places.models import Place


class Listing(models.Model):
    """One thing that can be found, with the words that lead to it.

    `labels` are its themes, tags and place in all languages; `words` weighs name, labels and
    `about` for full-text search. Amounts are minor units of `currency`; `active_at` is when
    something last happened there.
    """

    class Kind(models.TextChoices):
        """What it is."""

        GROUP = "group"
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


class ActivityCost(models.Model):
    """A closed activity of a public group and what was paid for it: what figures are made of.

    `paid` is in minor units of `currency` by category and `overhead` what hosts and payment
    services kept of it. `pending` says that an expense is neither paid nor refused yet. It counts
    from a day on, or not at all unless something changes.
    """

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="+")
    collective = models.ForeignKey(Collective, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, related_name="+")
    city = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    attendance = models.IntegerField(null=True)
    closed_on = models.DateField()
    counts_from = models.DateField(null=True)
    pending = models.BooleanField()
    currency = CurrencyField()
    paid = models.JSONField(default=dict)
    overhead = models.BigIntegerField(default=0)

    class Meta:
        """Serve all that are about a theme."""

        indexes = [models.Index(fields=["theme", "currency", "activity"], name="cost_by_theme")]

    def __str__(self) -> str:
        """Show of what."""
        return f"activity {self.activity_id}"


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
