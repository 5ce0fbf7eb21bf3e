"""Tables of the log. All but what peers told us are only ever added to, as `sql/` enforces."""

from django.db import models


class Leaf(models.Model):
    """One transaction as the log keeps it, at its position in the ledger's order."""

    position = models.BigIntegerField(primary_key=True)
    body = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        """Name the table for what it holds."""

        verbose_name_plural = "leaves"

    def __str__(self) -> str:
        """Show the position."""
        return f"leaf {self.position}"


class Tile(models.Model):
    """A whole tile: 256 hashes of subtrees of 256^level leaves, and the hash above them."""

    pk = models.CompositePrimaryKey("level", "n")
    level = models.SmallIntegerField()
    n = models.BigIntegerField()
    data = models.BinaryField()
    root = models.BinaryField()

    def __str__(self) -> str:
        """Show which tile it is."""
        return f"tile {self.level}/{self.n}"


class Checkpoint(models.Model):
    """A root that was signed: the log's word that its first `size` leaves are these."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Show the size."""
        return f"checkpoint of {self.size}"


class Key(models.Model):
    """A public key of this log. `handover` is the note by which the key before it names it."""

    number = models.SmallIntegerField(primary_key=True)
    verifier = models.TextField(unique=True)
    handover = models.TextField(default="")
    since = models.BigIntegerField(help_text="size of the last tree that the key before it signed")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Show the public key."""
        return self.verifier


class Witness(models.Model):
    """Another instance, or anyone, that we ask to cosign our checkpoints.

    `size` is the largest of our trees that it says it has seen; `trouble` what it said last when
    it did not sign.
    """

    verifier = models.TextField(unique=True)
    address = models.URLField()
    size = models.BigIntegerField(default=0)
    trouble = models.TextField(default="")
    asked_at = models.DateTimeField(null=True)

    class Meta:
        """Name the plural as people do."""

        verbose_name_plural = "witnesses"

    def __str__(self) -> str:
        """Show whose key it is."""
        return self.verifier.partition("+")[0]


class Cosignature(models.Model):
    """A witness's signature line under one of our checkpoints."""

    pk = models.CompositePrimaryKey("checkpoint", "witness")
    checkpoint = models.ForeignKey(
        Checkpoint, models.DO_NOTHING, db_index=False, related_name="cosignatures"
    )
    witness = models.ForeignKey(Witness, models.CASCADE)
    line = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Show who signed what."""
        return f"{self.witness_id} under {self.checkpoint_id}"


class Watched(models.Model):
    """Another log that we are a witness for: the last of its checkpoints that we cosigned."""

    verifier = models.TextField(unique=True)
    origin = models.TextField(unique=True)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField(default=b"")
    note = models.TextField(default="")
    at = models.DateTimeField(null=True)

    class Meta:
        """Name the plural as people do."""

        verbose_name_plural = "watched logs"

    def __str__(self) -> str:
        """Show which log it is, and how far we have seen it."""
        return f"{self.origin} up to {self.size}"
