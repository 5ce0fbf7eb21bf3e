"""A year of lines with what people get wrong: nothing placed wrongly, nearly all by itself."""

import io

import pytest
from django.db.models import Sum

from banking import year as made_up
from commonweal.banking import actions, queries
from commonweal.banking.models import BankLine, BankStatement, Match
from commonweal.ledger.models import Entry, Purpose, Transaction
from commonweal.ledger.queries import account_of


def became(line):
    """Return what a line was placed as by itself, in the words of the truth; () if it was asked."""
    matches = [one for one in line.matches.all() if one.undone_at is None]
    if not matches:
        return ()
    if matches[0].kind != Match.Kind.GIFT:
        return matches[0].kind
    return tuple(int(one.charge.subject.split(":")[1]) for one in matches)


def judged(year):
    """Return how many lines could be placed, how many were, and those that were placed wrongly."""
    could = placed = 0
    wrong = []
    lines = BankLine.objects.prefetch_related("matches__charge").order_by("pk")
    for line in lines:
        truth, found = year.truth[queries.said_of(line).bank_ref], became(line)
        could += bool(truth)
        placed += bool(truth) and found == truth
        if found not in {(), truth}:
            wrong.append((str(line), queries.said_of(line), truth, found))
    return could, placed, wrong


def in_the_bank(host, until):
    bank = account_of(Purpose.BANK, host=host.pk, currency="EUR", rail="transfer")
    entries = Entry.objects.filter(account=bank, transaction__effective_on__lte=until)
    return -entries.aggregate(total=Sum("amount"))["total"]


@pytest.mark.django_db
def test_a_year_of_lines_finds_what_it_is_for_and_nothing_is_placed_wrongly(commons, gardens):
    year = made_up.lived(made_up.promises(commons, [gardens], 60), months=5, seed=7)

    for name, content in made_up.statements(year):
        actions.take(host=commons, name=name, content=io.BytesIO(content), by=None)
        actions.place_new(host=commons, by=None)

    could, placed, wrong = judged(year)
    assert wrong == []
    assert BankLine.objects.count() == len(year.lines)
    assert placed >= 0.99 * could
    assert could > 0.85 * len(year.lines)
    assert queries.unexplained() == []
    for statement in BankStatement.objects.exclude(closing_minor=None):
        assert in_the_bank(commons, statement.to_on) == statement.closing_minor
        assert statement.gap_minor == 0
    posted = Transaction.objects.count()
    for name, content in made_up.statements(year):
        again = io.BytesIO(content + b" " if name.endswith("xml") else content)
        assert actions.take(host=commons, name=name, content=again, by=None).new == 0
        actions.place_new(host=commons, by=None)
    assert Transaction.objects.count() == posted
