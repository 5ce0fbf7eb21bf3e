"""Letters on their way, news not yet read, and the mailbox of the demo."""

from django.db import models


class News(models.Model):
    """A fact of the activity journal that no letter was written about yet.

    The database itself adds the row, in the transaction of the fact; reading deletes it in the
    transaction of the letters. So nothing is missed or told twice, whenever who commits.
    """

    fact_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        """Show which fact."""
        return f"news {self.fact_id}"


class Letter(models.Model):
    """A letter to one address. What it says and to whom is forgotten once it is sent."""

    kind = models.TextField()
    fact_id = models.BigIntegerField(null=True)
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="en")
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    stop = models.TextField(blank=True, default="")
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """Serve the letters that wait."""

        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(next_try_at__isnull=False),
                name="letter_waiting",
            )
        ]

    def __str__(self) -> str:
        """Show what it is about, never whom it is for."""
        return f"letter about {self.kind}"


class Digest(models.Model):
    """Somebody was told of the week that begins on a Monday, or it had nothing to tell.

    The row is written in the transaction of the letter, so that there are both or neither.
    """

    person_id = models.BigIntegerField()
    monday = models.DateField()

    class Meta:
        """Tell each week once."""

        constraints = [
            models.UniqueConstraint(fields=["person_id", "monday"], name="each_week_told_once")
        ]

    def __str__(self) -> str:
        """Show which week."""
        return f"the week of {self.monday} for {self.person_id}"


class Delivered(models.Model):
    """A letter as the mailbox of the demo shows it."""

    public_id = models.TextField(unique=True)
    address = models.EmailField()
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        """Newest first, also for one address."""

        indexes = [models.Index(fields=["address", "-id"])]

    def __str__(self) -> str:
        """Show the subject."""
        return self.subject
