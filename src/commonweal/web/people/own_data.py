"""Everything that is kept about one person, to take along."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q

from commonweal.activity.models import Fact
from commonweal.conversations.models import Comment
from commonweal.giving.models import Contribution
from commonweal.knowledge.models import Ask, Update, Wish
from commonweal.knowledge.queries import answers_of, help_of
from commonweal.papers import queries as papers
from commonweal.payments.models import Mandate
from commonweal.people.models import Login, Membership, Party
from commonweal.spending.models import Expense, PayoutMethod, Unsent


def collect(login: Login) -> dict[str, Any]:
    """Return it in plain words and numbers, ready for JSON."""
    person = login.person
    return {
        "profile": _profile(person),
        "addresses": list(EmailAddress.objects.filter(user=login).values("email", "primary")),
        "signed_in": _rows(UserSession.objects.filter(user=login), "created_at ip user_agent"),
        "locks": _rows(Authenticator.objects.filter(user=login), "type created_at last_used_at"),
        "roles": _rows(
            Membership.objects.filter(person=person), "party__name party__slug role since until"
        ),
        "contributions": _contributions(person),
        "on_papers": _on_papers(person),
        "papers": _papers(person),
        "expenses": _expenses(person),
        "unsent_expenses": _rows(
            Unsent.objects.filter(person=person), "saved_at collective__name title typed"
        ),
        "bank_accounts": _bank_accounts(person),
        "mandates": _mandates(person),
        "comments": _rows(Comment.objects.filter(author=person), "at subject body public"),
        "updates": _rows(
            Update.objects.filter(author=person, removed_at=None),
            "created_at published_at edited_at collective__name title body",
        ),
        "answers": _rows(
            answers_of(person),
            "created_at call__collective__name call__title quantity words named status note",
        ),
        "help_given": _rows(help_of(person), "on collective__name kind quantity what named status"),
        "wish": _rows(
            Wish.objects.filter(party=person),
            "open from_whom within_km place__name gives themes sentence most_a_month shown",
        ),
        "asks": _asks(person),
        "did": _rows(Fact.objects.filter(by_id=person.pk), "at kind subject note"),
    }


def _profile(person: Party) -> dict[str, Any]:
    return {
        "name": person.name,
        "address": f"{settings.ADDRESS}/{person.slug}",
        "former_addresses": list(person.old_slugs.values_list("slug", flat=True)),
        "about": person.about,
        "website": person.website,
        "language": person.language,
        "others_find_me": person.findable,
        "letters_of_groups": person.rhythm,
        "picture": person.picture.name or None,
        "here_since": person.created_at,
    }


def _contributions(person: Party) -> list[dict[str, Any]]:
    given = Contribution.objects.filter(Q(contributor=person) | Q(given_by=person)).order_by("pk")
    names = (
        "public_id collective__name contributor__name amount_minor received_minor currency "
        "interval rail incognito message status standing next_due_on created_at settled_at "
        "ended_at"
    )
    return _rows(given, names)


def _on_papers(person: Party) -> dict[str, str]:
    """Return how somebody stands on papers; the one who reads it typed it."""
    said = papers.details(person)
    return {"name": said.name, "address": said.address, "number": said.number} if said else {}


def _papers(person: Party) -> list[dict[str, Any]]:
    return [
        {
            "number": papers.code(one),
            "host": one.host.party.name,
            "amount_minor": one.amount_minor,
            "currency": one.currency,
            "given_out": one.issued_at,
            "address": f"{settings.ADDRESS}/papers/{one.secret}.pdf",
        }
        for one in papers.papers_of([person])
    ]


def _expenses(person: Party) -> list[dict[str, Any]]:
    asked = Expense.objects.filter(Q(author=person) | Q(payee=person)).order_by("pk")
    names = "collective__name number kind status title amount_minor currency created_at paid_on"
    return _rows(asked, names)


def _asks(person: Party) -> list[dict[str, Any]]:
    """Return the letters somebody wrote for groups, got, or answered for an organization."""
    own = Q(author=person) | Q(addressee=person) | Q(answered_by=person)
    names = (
        "collective__name author__name addressee__name sent_at words answered_at answer "
        "refused_at reported_at"
    )
    return _rows(Ask.objects.filter(own).order_by("pk"), names)


def _bank_accounts(person: Party) -> list[dict[str, Any]]:
    return [
        {"holder": one.holder, "iban": one.iban, "since": one.created_at, "until": one.retired_at}
        for one in PayoutMethod.objects.filter(party=person)
    ]


def _mandates(person: Party) -> list[dict[str, Any]]:
    return [
        {
            "reference": one.reference, "to": one.creditor_name, "holder": one.holder,
            "iban": one.iban, "signed": one.signed_at, "text": one.words, "state": one.state,
        }
        for one in Mandate.objects.filter(party=person).order_by("pk")
    ]  # fmt: skip


def _rows(rows: Any, names: str) -> list[dict[str, Any]]:
    return list(rows.values(*names.split()))
