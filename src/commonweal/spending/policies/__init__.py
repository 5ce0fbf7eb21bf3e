"""Who may do what with expenses."""

from __future__ import annotations

from commonweal.collectives.models import Collective
from commonweal.hosting import policies as hosting
from commonweal.hosting.models import Host
from commonweal.people.models import Party, Role
from commonweal.people.policies import has_role, signs_in
from commonweal.people.policies import may_edit as may_edit_party
from commonweal.spending.models import (
    AccountRequest,
    Expense,
    PayoutMethod,
    PayRun,
    PayTerms,
    Supplier,
)
from commonweal.spending.policies import moves


def may_file(person: Party | None, collective: Collective) -> bool:
    """Whether this person may ask a collective for money: whoever is signed in, while it lives."""
    return collective.status == Collective.Status.ACTIVE and signs_in(person)


def may_name_payee(person: Party | None, payee: Party, collective: Collective) -> bool:
    """Whether this person may ask a group to pay somebody.

    Oneself and whom one speaks for, a supplier of the group, and a guest whom one has asked for
    an account.
    """
    if person is None:
        return False
    if may_edit_party(person, payee):
        return True
    if Supplier.objects.filter(party=payee.pk, collective=collective.pk).exists():
        return True
    return AccountRequest.objects.filter(payee=payee.pk, asked_by=person.pk).exists()


def may_say_where_paid(person: Party | None, party: Party) -> bool:
    """Whether this person may say on which account a party is paid.

    Oneself and whom one speaks for; of a supplier the admins of its group, and its first account
    whoever made it known.
    """
    if person is None:
        return False
    if may_edit_party(person, party):
        return True
    known = Supplier.objects.select_related("collective").filter(party=party.pk).first()
    if known is None:
        return False
    if has_role(person, known.collective, Role.ADMIN):
        return True
    return (
        known.added_by_id == person.pk and not PayoutMethod.objects.filter(party=party.pk).exists()
    )


def may_see(person: Party | None, expense: Expense) -> bool:
    """Whether this person may read it: its author, and everybody once it was handed in."""
    return expense.submitted_at is not None or may_edit(person, expense)


def is_own(person: Party | None, expense: Expense) -> bool:
    """Whether this person filed the expense or is paid by it."""
    if person is None:
        return False
    if person.pk in {expense.author_id, expense.payee_id}:
        return True
    return expense.payee.kind != Party.Kind.PERSON and has_role(person, expense.payee, Role.ADMIN)


def may_edit(person: Party | None, expense: Expense) -> bool:
    """Whether this person may change or withdraw it: its author."""
    return person is not None and person.pk == expense.author_id


def may_approve(person: Party | None, expense: Expense) -> bool:
    """Whether this person may agree to it: an admin, or also an accountant."""
    return moves.why_not_who("approve", moves.Standing(person, expense)) is None


def may_decline(person: Party | None, expense: Expense) -> bool:
    """Whether this person may say no: an admin, or whoever handles the host's money."""
    return moves.why_not_who("decline", moves.Standing(person, expense)) is None


def may_pay(person: Party | None, expense: Expense) -> bool:
    """Whether this person may pay it: who handles the host's money and does not gain by it."""
    return moves.why_not_who("pay", moves.Standing(person, expense)) is None


def may_see_private(person: Party | None, expense: Expense) -> bool:
    """Whether this person may see receipts and private comments."""
    return may_see(person, expense) and moves.Standing(person, expense).is_in_the_know


def may_prepare(person: Party | None, host: Host) -> bool:
    """Whether this person may choose what a host pays together: who handles its money."""
    return hosting.may_handle_money(person, host)


def may_release(person: Party | None, run: PayRun) -> bool:
    """Whether this person may let the money of a pay run go.

    Where the host wants two persons, it is another one than who prepared it.
    """
    if person is None or not hosting.may_handle_money(person, run.host):
        return False
    wants_two = PayTerms.objects.filter(host=run.host_id, second_person=True).exists()
    return person.pk != run.created_by_id or not wants_two


def may_set_terms(person: Party | None, host: Host) -> bool:
    """Whether this person may say how a host pays: its admins."""
    return hosting.may_decide(person, host)


def may_set_expense_terms(person: Party | None, party: Party) -> bool:
    """Whether this person may say what a host or a group asks before it pays: its admins."""
    return has_role(person, party, Role.ADMIN)
