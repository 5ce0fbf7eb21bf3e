"""Bank lines in words: why one was placed, and what is asked about another."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.banking import queries
from commonweal.banking.models import BankLine, Match
from commonweal.banking.queries import Said, Suggestion
from commonweal.banking.queries.offers import OpenRun
from commonweal.foundation.money import Money
from commonweal.web import formats

REASONS: dict[str, str | Promise] = {
    "reference": _("It carries the reference of this promise, and the amount fits."),
    "reference_other_amount": _(
        "It carries the reference of this promise. The amount is another one: what came is counted."
    ),
    "several_references": _("It carries the references of these promises, which add up to it."),
    "known_account": _("This account pays this promise, and the amount and the day fit."),
    "confirmed": _("Somebody confirmed this before the bank told. It is counted once."),
    "payout": _("It carries the key of this payment."),
    "payout_account": _("The account and the amount are those of this payment."),
    "sent_back": _("The account and the amount are those of a gift that goes back."),
    "came_back": _("The bank took this gift back from where it came."),
    "payout_came_back": _("This payment could not be made and came back."),
    "bank_fee": _("The bank says that this is its price."),
    "collected": _("The bank collected it, as we asked."),
    "pay_run": _("It is all that is open of this pay run, as one line."),
    "by_hand": _("A person said so."),
}
QUESTIONS: dict[str, str | Promise] = {
    "nothing": _("Nothing says what it is for."),
    "kept_already": _("It names a promise that was kept already. Is it one gift more?"),
    "too_soon": _("This promise was paid a few days ago. Is it one gift more?"),
    "ended": _("It names a promise that has ended."),
    "other_payer": _("It names one promise, but this account pays another one."),
    "several": _("More than one thing fits."),
    "other_amount": _("It seems to name a promise, but the amount is another one."),
    "sums_differ": _("It names several promises that do not add up to it."),
    "came_back": _("It came back, but what it was is not certain."),
    "went_out": _("Money left, and nothing says what for."),
    "collected_differs": _("It names a collection run, but not as much as is open there."),
    "run_differs": _("It seems to be a pay run, but its amount is another one."),
    "undone": _("Somebody took back what it was."),
}
KINDS: dict[str, str | Promise] = {
    "own": _("Our own"),
    "return": _("Send it back"),
    "exchange": _("Exchanged by us"),
}
_WHYS: dict[str, str | Promise] = {
    "asked": _("named in the message, or paid from this account"),
    "name_and_amount": _("the name and the amount fit"),
    "name": _("the name fits"),
    "amount": _("the amount fits"),
    "account": _("this account gave here before"),
}


@dataclass(frozen=True)
class Waiting:
    """A line that waits, with what the bank says, what is asked, and the best guess."""

    line: BankLine
    said: Said
    guess: Suggestion | None

    @property
    def amount(self) -> Money:
        """What moved."""
        return Money(self.line.amount_minor, self.line.currency)

    @property
    def question(self) -> str | Promise:
        """What is asked."""
        return QUESTIONS.get(self.line.question, "")

    @property
    def why(self) -> str | Promise:
        """Why the guess may be right."""
        return _WHYS[self.guess.why] if self.guess else ""

    @property
    def choice(self) -> str:
        """How the guess stands in the form."""
        return choice(self.guess) if self.guess else ""


def waiting(lines: list[BankLine]) -> list[Waiting]:
    """Return lines with their best guesses, in a few queries for all of them."""
    guesses = queries.suggestions(lines)
    return [
        Waiting(line, queries.said_of(line), next(iter(guesses.get(line.pk, [])), None))
        for line in lines
    ]


def choice(guess: Suggestion) -> str:
    """Return how a suggestion stands in the form."""
    if guess.contribution is not None:
        return f"gift-{guess.contribution.pk}"
    return f"group-{guess.collective.pk}"


def options(guesses: list[Suggestion]) -> list[tuple[str, Suggestion, str | Promise]]:
    """Return suggestions with their value in the form and the reason."""
    return [(choice(one), one, _WHYS[one.why]) for one in guesses]


def differences(line: BankLine, runs: list[OpenRun]) -> list[str]:
    """Return by how much a line that seems to be a pay run differs from what is open of it."""
    if line.question != "run_differs":
        return []
    return [_difference(line, one) for one in runs if one.run.number in line.about]


def _difference(line: BankLine, one: OpenRun) -> str:
    more = Money(-line.amount_minor, line.currency) - one.left
    told = {
        "number": one.run.number,
        "open": formats.amount(one.left),
        "difference": formats.amount(more, sign=True),
    }
    return (
        gettext("Of pay run %(number)s %(open)s is open. The difference is %(difference)s.") % told
    )


def reason(match: Match) -> str | Promise:
    """Return why a line became what it is."""
    return REASONS.get(match.reason, "")
