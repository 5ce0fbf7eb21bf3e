"""Each step of an expense: whether somebody may take it now, or why not and who may.

Actions refuse with what is said here, and pages show it instead of a button.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host
from commonweal.people.models import Membership, Party, Role
from commonweal.spending.models import Approval, Expense, ExpenseTerms
from commonweal.spending.policies.refusals import (
    AgreedAlready,
    ForAccountants,
    ForAdmins,
    ForAuthor,
    ForDeciders,
    ForPayers,
    InsideTheBooks,
    NoHost,
    NotNow,
    OnlyAdmin,
    OwnExpense,
    PaidByBank,
    PassedOn,
    ReceiptMissing,
    SignInFirst,
)
from commonweal.spending.rules import WAYS, Step, agreeing, may_follow
from commonweal.spending.rules.steps import Who

_NAMED = 3
# What a bank does is not done to what goes from pot to pot.
_BY_BANK: dict[Step, type[Refused]] = {
    "pay": InsideTheBooks, "choose": InsideTheBooks, "give_back": PassedOn, "return": PassedOn,
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """Somebody before an expense, and who is who to it. What is asked is asked once."""

    person: Party | None
    expense: Expense

    @cached_property
    def host(self) -> Host | None:
        """Who holds the group's money."""
        found = hosting.current(self.expense.collective)
        return found.host if found else None

    @cached_property
    def terms(self) -> agreeing.Terms:
        """What has to be so before it is paid."""
        return terms_of(self.expense.collective_id, self.host)

    @cached_property
    def admins(self) -> dict[int, Party]:
        """Admins of the group who neither filed it nor are paid by it, longest first."""
        return self._not_own(self._with(self.expense.collective_id, Role.ADMIN))

    @cached_property
    def payers(self) -> dict[int, Party]:
        """Who handles the host's money and does not gain by it."""
        return self._not_own(self._purse)

    @cached_property
    def accountants(self) -> dict[int, Party]:
        """Who may agree as an accountant: of the group, or of its host."""
        own = self._not_own(self._with(self.expense.collective_id, Role.ACCOUNTANT))
        return own | self.payers

    @cached_property
    def agreed(self) -> dict[int, Party]:
        """Who agreed to it as it stands."""
        found = Approval.objects.filter(expense=self.expense, version=self.expense.version)
        return {one.approver_id: one.approver for one in found.select_related("approver")}

    @property
    def is_own(self) -> bool:
        """Whether this person filed it or is paid by it."""
        return self.person is not None and self._gains(self.person.pk)

    @property
    def is_in_the_know(self) -> bool:
        """Whether this person asks, decides or pays, and so may see receipts."""
        if self.person is None:
            return False
        runs_it = self._with(self.expense.collective_id, Role.ADMIN)
        return self.is_own or self.person.pk in runs_it.keys() | self._purse.keys()

    @property
    def missing(self) -> agreeing.Missing | None:
        """Who still has to agree; None where it is agreed to."""
        return agreeing.still_missing(
            self.expense.amount_minor, self.terms, agreed=frozenset(self.agreed),
            admins=frozenset(self.admins), accountants=frozenset(self.accountants),
        )  # fmt: skip

    @property
    def approvers(self) -> dict[int, Party]:
        """Who may agree now: who did already may not once more."""
        may = {"admin": self.admins, "accountant": self.accountants}.get(self.missing or "")
        if may is None:
            may = self.admins
            if agreeing.accountant_wanted(self.expense.amount_minor, self.terms):
                may = may | self.accountants
        return {number: one for number, one in may.items() if number not in self.agreed}

    @property
    def _purse(self) -> dict[int, Party]:
        return self._with(self.host.pk if self.host else 0, Role.ADMIN, Role.ACCOUNTANT)

    def _gains(self, number: int) -> bool:
        if number in {self.expense.author_id, self.expense.payee_id}:
            return True
        payee = self.expense.payee
        return payee.kind != Party.Kind.PERSON and number in self._with(payee.pk, Role.ADMIN)

    def _not_own(self, people: dict[int, Party]) -> dict[int, Party]:
        return {number: one for number, one in people.items() if not self._gains(number)}

    def _with(self, party: int, *roles: Role) -> dict[int, Party]:
        return {
            one.person_id: one.person
            for one in self._members
            if one.party_id == party and one.role in roles
        }

    @cached_property
    def _members(self) -> list[Membership]:
        """Who runs the group, its host and whoever is paid, and who keeps their money."""
        about = {self.expense.collective_id, self.expense.payee_id}
        if self.host:
            about.add(self.host.pk)
        found = Membership.objects.filter(
            party__in=about, role__in=[Role.ADMIN, Role.ACCOUNTANT], until=None
        )
        return list(found.select_related("person").order_by("since", "pk"))


def why_not(step: Step, at: Standing) -> Refused | None:
    """Return why somebody may not take a step now; None where they may."""
    if not may_follow(step, at.expense.status):
        return NotNow()
    return why_not_who(step, at)


def why_not_who(step: Step, at: Standing) -> Refused | None:
    """Return why somebody may not take a step, wherever the expense stands."""
    if at.person is None:
        return SignInFirst()
    inside = is_inside(at.expense)
    if inside and step in _BY_BANK:
        return _BY_BANK[step]()
    if step == "pass_on" and not inside:
        return PaidByBank()
    return _ASKED[WAYS[step].who](at)


def is_inside(expense: Expense) -> bool:
    """Whether an expense goes from pot to pot: a grant to another group of the same host."""
    return expense.payee.kind == Party.Kind.COLLECTIVE


def terms_of(collective: int, host: Host | None) -> agreeing.Terms:
    """Return what counts in a group: the stricter of what its host and it ask."""
    asked = ExpenseTerms.objects.in_bulk([collective, *([host.pk] if host else [])])
    theirs = _told(asked.get(host.pk)) if host else agreeing.Terms()
    usual = agreeing.USUAL if theirs.receipt_from is None else agreeing.Terms()
    return agreeing.stricter(agreeing.stricter(theirs, usual), _told(asked.get(collective)))


def receipt_wanted(at: Standing) -> bool:
    """Whether an expense is paid only with a receipt; a grant is for what is still to come."""
    is_grant = at.expense.kind == Expense.Kind.GRANT
    return not is_grant and agreeing.receipt_wanted(at.expense.amount_minor, at.terms)


def lacks_receipt(at: Standing) -> bool:
    """Whether a receipt is wanted, and there is none."""
    return receipt_wanted(at) and not at.expense.receipts.exists()


def names(people: Iterable[Party]) -> str:
    """Return some of these people by name, and that there are more."""
    found = [one.name for one in people]
    return ", ".join(found[:_NAMED]) + (" …" if len(found) > _NAMED else "") or "–"


def _author(at: Standing) -> Refused | None:
    if at.person is not None and at.person.pk == at.expense.author_id:
        return None
    if at.expense.submitted_at is None:  # whose draft it is, nobody is told
        return NotAllowed()
    return ForAuthor(who=at.expense.author.name)


def _approver(at: Standing) -> Refused | None:
    assert at.person is not None
    if at.is_own:
        return OwnExpense(who=names(at.admins.values())) if at.admins else OnlyAdmin()
    if at.person.pk in at.approvers:
        return ReceiptMissing() if lacks_receipt(at) else None
    who = names(at.approvers.values())
    if at.person.pk in at.agreed:
        return AgreedAlready(who=who)
    return ForAccountants(who=who) if at.missing == "accountant" else ForAdmins(who=who)


def _payer(at: Standing) -> Refused | None:
    assert at.person is not None
    if at.host is None:
        return NoHost()
    if at.person.pk in at.payers:
        return None
    if at.is_own:
        return OwnExpense(who=names(at.payers.values()))
    return ForPayers(who=at.host.party.name)


def _decider(at: Standing) -> Refused | None:
    assert at.person is not None
    if at.person.pk in at.admins.keys() | at.payers.keys():
        return None
    who = names((at.admins | at.payers).values())
    return OwnExpense(who=who) if at.is_own else ForDeciders(who=who)


_ASKED: dict[Who, Callable[[Standing], Refused | None]] = {
    "author": _author, "approver": _approver, "payer": _payer, "decider": _decider,
}  # fmt: skip


def _told(asked: ExpenseTerms | None) -> agreeing.Terms:
    if asked is None:
        return agreeing.Terms()
    return agreeing.Terms(
        two_from=asked.two_from_minor,
        accountant_from=asked.accountant_from_minor,
        receipt_from=asked.receipt_from_minor,
        within_days=asked.within_days,
        categories=frozenset(asked.categories) or None,
    )
