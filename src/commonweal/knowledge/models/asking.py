"""Wishes to be asked for help, and what groups ask."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from commonweal.collectives.models import Collective
from commonweal.people.models import Party
from commonweal.places.models import Place


class Wish(models.Model):
    """What a person or an organization would like to be asked for, by which groups, how often.

    Only while it is `open` may anybody ask. Where it is `shown`, their profile says so. Groups that
    are near lie within so many km of `place`, which is nobody's business.
    """

    class FromWhom(models.TextChoices):
        """Which groups may ask."""

        NEAR = "near"
        THEMES = "themes"
        ANY = "any"

    class Gives(models.TextChoices):
        """What for."""

        MONEY = "money"
        TIME = "time"
        THINGS = "things"
        SKILLS = "skills"

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="wish")
    open = models.BooleanField(default=False)
    from_whom = models.TextField(choices=FromWhom, default=FromWhom.THEMES)
    within_km = models.SmallIntegerField(default=10)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    gives = ArrayField(models.TextField(choices=Gives), default=list)
    themes = ArrayField(models.TextField(), default=list, blank=True)
    sentence = models.TextField(default="", blank=True)
    most_a_month = models.SmallIntegerField(default=1)
    shown = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        """Keep limits limits."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(most_a_month__gt=0, within_km__gt=0), name="wish_above_zero"
            )
        ]

    def __str__(self) -> str:
        """Show whose it is."""
        return f"wish of {self.party_id}"


class Ask(models.Model):
    """A letter in which a group asks somebody who wishes it, and their answer. Private.

    Whoever refused hears no more from this group. A reported letter was refused too.
    """

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="asks")
    addressee = models.ForeignKey(Party, models.PROTECT, related_name="asked")
    author = models.ForeignKey(Party, models.PROTECT, related_name="+")
    words = models.TextField()
    sent_at = models.DateTimeField()
    answer = models.TextField(default="", blank=True)
    answered_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """List those of a group and those to somebody, newest first."""

        indexes = [
            models.Index(fields=["collective", "-sent_at"], name="ask_by_group"),
            models.Index(fields=["addressee", "-sent_at"], name="ask_by_addressee"),
        ]

    def __str__(self) -> str:
        """Show who asks whom, never what."""
        return f"{self.collective_id} asks {self.addressee_id}"


class AskingPause(models.Model):
    """A time in which a group may not ask anybody: too many reports began it, or its host did."""

    collective = models.ForeignKey(Collective, models.CASCADE, related_name="asking_pauses")
    since = models.DateTimeField()
    by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Pause once at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["collective"], condition=models.Q(until=None), name="one_asking_pause"
            )
        ]

    def __str__(self) -> str:
        """Show whose."""
        return f"pause of {self.collective_id}"
