"""Parties, logins, memberships and invitations."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from commonweal.people.managers import LoginManager
from commonweal.places.models import Place


class Party(models.Model):
    """Whoever can give, receive or hold money; its public page is its profile.

    `claimed_by` is the person who a guest turned out to be. A search finds a person only
    where `findable`; what is no person it always finds, once it is public. Organizations alone
    have a `legal_form`; those that were never asked have none. `rhythm` is how often a person
    hears from the groups they follow.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PERSON = "person"
        ORGANIZATION = "organization"
        COLLECTIVE = "collective"
        PROJECT = "project"
        EVENT = "event"

    class LegalForm(models.TextChoices):
        """What an organization is before the law."""

        COMPANY = "company"
        ASSOCIATION = "association"
        FOUNDATION = "foundation"
        PUBLIC_BODY = "public body"

    class Rhythm(models.TextChoices):
        """How often somebody hears."""

        AT_ONCE = "at_once"
        WEEKLY = "weekly"
        NEVER = "never"

    kind = models.TextField(choices=Kind)
    legal_form = models.TextField(choices=LegalForm, default="", blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.TextField()
    about = models.TextField(default="", blank=True)
    picture = models.ImageField(upload_to="pictures/", blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    website = models.URLField(blank=True, default="")
    language = models.CharField(max_length=8, default="en")
    findable = models.BooleanField(default=False)
    rhythm = models.TextField(choices=Rhythm, default=Rhythm.AT_ONCE)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="claimed"
    )

    class Meta:
        """Find those who hear once a week."""

        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(rhythm="weekly"), name="party_who_hears_weekly"
            )
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class OldSlug(models.Model):
    """A slug that a party had before it was renamed; its pages redirect to the new one."""

    slug = models.SlugField(max_length=80, unique=True)
    party = models.ForeignKey(Party, models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        """Show the slug."""
        return self.slug


class Contact(models.Model):
    """How to reach a party that has no login, such as a guest who gave. Private."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="contact")
    email = models.EmailField()

    class Meta:
        """Find the guests behind an address when its owner signs up."""

        indexes = [models.Index(Lower("email"), name="contact_by_email")]

    def __str__(self) -> str:
        """Show whose it is, never the address."""
        return f"contact of {self.party_id}"


class Login(AbstractBaseUser, PermissionsMixin):
    """Who signs in: an e-mail address that belongs to a person. It has no password."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Party, models.PROTECT, related_name="login")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    objects = LoginManager()

    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        """Show whose it is, never the address."""
        return f"login of {self.person_id}"


class Role(models.TextChoices):
    """What somebody is to a party."""

    ADMIN = "admin"
    MEMBER = "member"
    ACCOUNTANT = "accountant"
    HELPER = "helper"
    BACKER = "backer"
    FOLLOWER = "follower"


class Membership(models.Model):
    """A person's role in a collective or an organization, from `since` to `until`."""

    person = models.ForeignKey(Party, models.PROTECT, related_name="memberships")
    party = models.ForeignKey(Party, models.PROTECT, related_name="members")
    role = models.TextField(choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Hold a role once at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["person", "party", "role"],
                condition=models.Q(until=None),
                name="one_current_membership_for_each_role",
            )
        ]

    def __str__(self) -> str:
        """Show who is what."""
        return f"{self.person_id} is {self.role} of {self.party_id}"


class Invitation(models.Model):
    """A letter that asks somebody to take a role; its link works once, until it expires."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.TextField(choices=Role)
    invited_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Show which party asks, never the address."""
        return f"invitation to {self.party_id}"


class Instance(models.Model):
    """This server: its name, who runs it, and where it is at home. One row.

    `alarm` is what the last audit of the books found wrong, a sentence a line; pages show it.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.TextField()
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    run_by = models.TextField(default="", blank=True)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    alarm = models.TextField(default="", blank=True)
    alarm_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        """There is one instance."""

        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_instance")]

    def __str__(self) -> str:
        """Show the name."""
        return self.name
