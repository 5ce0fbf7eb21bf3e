"""Calls for help, the answers to them, and what was given in kind."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.collectives.models import Activity, Collective
from commonweal.people.models import Party
from commonweal.places.models import Place


class HelpKind(models.TextChoices):
    """What can be given that is not money; `rules.UNITS` says what each is counted in."""

    TIME = "time", _("Time")
    KNOW_HOW = "know_how", _("Know-how")
    THING = "thing", _("A thing")
    ROOM = "room", _("A room")
    VEHICLE = "vehicle", _("A vehicle")


class Call(models.Model):
    """A group needs so much of something by a day; after that day it is over by itself.

    `promised` is what the accepted answers add up to, `words` everything a search looks at.
    """

    class Status(models.TextChoices):
        """Where it is on its way."""

        OPEN = "open"
        FILLED = "filled"
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="calls")
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="calls"
    )
    title = models.TextField()
    details = models.TextField(default="", blank=True)
    kind = models.TextField(choices=HelpKind)
    quantity = models.IntegerField()
    promised = models.IntegerField(default=0)
    skills = ArrayField(models.TextField(), default=list, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    needed_by = models.DateField()
    status = models.TextField(choices=Status, default=Status.OPEN)
    words = models.TextField(default="")
    by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        """List the calls of a group, and the open ones of all by day; find them by word."""

        indexes = [
            models.Index(fields=["collective", "-needed_by", "-id"]),
            models.Index(
                fields=["needed_by", "id"], condition=models.Q(status="open"), name="call_open"
            ),
            GinIndex(fields=["words"], name="call_by_words", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="call_for_something"),
            models.CheckConstraint(condition=models.Q(promised__gte=0), name="promised_not_below"),
        ]

    def __str__(self) -> str:
        """Show what is needed."""
        return self.title


class Answer(models.Model):
    """What somebody offers to a call. Private: the team and the `helper` read it.

    Until a guest has proved their address there is no helper, and the group sees nothing; `name`,
    `email` and `language` stand here for that time alone.
    """

    class Status(models.TextChoices):
        """Where it is on its way."""

        UNPROVED = "unproved"
        WAITING = "waiting"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        TAKEN_BACK = "taken back"

    call = models.ForeignKey(Call, models.PROTECT, related_name="answers")
    helper = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.TextField(default="", blank=True)
    email = models.EmailField(default="", blank=True)
    language = models.CharField(max_length=8, default="", blank=True)
    words = models.TextField(default="", blank=True)
    quantity = models.IntegerField()
    named = models.BooleanField(default=False)
    status = models.TextField(choices=Status)
    note = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Answer a call once at a time; list those of a call and those that wait."""

        indexes = [models.Index(fields=["call", "status"])]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "helper"],
                condition=models.Q(status__in=["waiting", "accepted"]),
                name="one_answer_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(status="unproved", helper=None)
                | (models.Q(helper__isnull=False, email="") & ~models.Q(status="unproved")),
                name="answer_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        """Show to what, never whose it is."""
        return f"answer to call {self.call_id}"


class HelpGiven(models.Model):
    """What somebody gave in kind; it counts once the giver and another one, of the team, say so.

    `name`, `email` and `language` are those of somebody whom the team thanks, until they confirm.
    """

    class Status(models.TextChoices):
        """Where it is on its way."""

        WAITING = "waiting"
        COUNTED = "counted"
        DECLINED = "declined"
        TAKEN_BACK = "taken back"

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="help_given")
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="help_given"
    )
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, related_name="help_given"
    )
    helper = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.TextField(default="", blank=True)
    email = models.EmailField(default="", blank=True)
    language = models.CharField(max_length=8, default="", blank=True)
    kind = models.TextField(choices=HelpKind)
    quantity = models.IntegerField()
    on = models.DateField()
    what = models.TextField(default="", blank=True)
    named = models.BooleanField(default=False)
    status = models.TextField(choices=Status, default=Status.WAITING)
    recorded_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    helper_confirmed_at = models.DateTimeField(null=True, blank=True)
    team_confirmed_at = models.DateTimeField(null=True, blank=True)
    team_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        """Add up what counts by group and by activity; nobody confirms alone."""

        indexes = [
            models.Index(fields=["collective", "status", "-on", "-id"]),
            models.Index(fields=["activity"], condition=models.Q(status="counted"), name="in_kind"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="help_above_zero"),
            models.CheckConstraint(
                condition=~models.Q(team_by=models.F("helper")), name="team_is_not_the_helper"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="counted")
                | models.Q(
                    helper__isnull=False, email="", helper_confirmed_at__isnull=False,
                    team_confirmed_at__isnull=False, team_by__isnull=False,
                ),
                name="help_counts_when_two_confirmed",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Show to whom, never whose it is."""
        return f"help given to {self.collective_id}"


class HelpLettersStopped(models.Model):
    """Somebody of a team who wants no letters about who answers and who helped."""

    person = models.ForeignKey(Party, models.CASCADE, related_name="+")
    collective = models.ForeignKey(Collective, models.CASCADE, related_name="+")

    class Meta:
        """Stop once."""

        constraints = [
            models.UniqueConstraint(fields=["person", "collective"], name="help_letters_once")
        ]

    def __str__(self) -> str:
        """Show whose and about which group."""
        return f"{self.person_id} about {self.collective_id}"
