"""Importing a history: whole, exact, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from commonweal.activity.models import Fact
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.giving.models import Contribution, Support
from commonweal.hosting.models import Host, Hosting
from commonweal.importing.actions import homes, import_open_collective_csv
from commonweal.importing.models import History, Profile
from commonweal.importing.rules.export import read
from commonweal.importing.rules.problems import WrongFile
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Account, Entry, Kind, PrivateFact, Purpose, Transaction
from commonweal.people.models import Membership, Party, Role
from commonweal.spending.models import Expense
from importing.exports import BILL, GIFT, histories, write

REAL = Path(__file__).resolve().parents[2].parent / "shared/data/open-collective-transactions-1.csv"
WHEN = datetime(2024, 6, 1, tzinfo=UTC)
MONTHLY = replace(GIFT, description="Monthly financial contribution to Gardens", interval="month")

pytestmark = pytest.mark.django_db


def party(name, kind=Party.Kind.PERSON):
    return Party.objects.create(kind=kind, slug=name.lower(), name=name, created_at=WHEN)


@pytest.fixture
def host():
    keeper = party("Keeper", Party.Kind.ORGANIZATION)
    return Host.objects.create(party=keeper, currency="USD", since=WHEN)


@pytest.fixture
def carol(host):
    carol = party("Carol")
    Membership.objects.create(person=carol, party=host.party, role=Role.ADMIN, since=WHEN)
    return carol


def bring(lines, *, into="gardens", host="keeper", by=None, **options):
    file = lines if isinstance(lines, bytes) else write(lines)
    with clock.moved_to(WHEN):
        return import_open_collective_csv(file=file, collective=into, host=host, by=by, **options)


def funds(slug="gardens"):
    return Account.objects.get(purpose=Purpose.FUNDS, party_id=Party.objects.get(slug=slug).pk)


def balances(slug="gardens"):
    entries = Entry.objects.filter(account=funds(slug)).order_by("seq")
    return list(entries.values_list("balance_after", flat=True))


def stored():
    tables = (Party, Transaction, Entry, Contribution, Expense, Support, History, Profile, Fact)
    return [table.objects.count() for table in tables]


slugs = count()
in_one_database = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@in_one_database
@given(lines=histories())
def test_the_balance_after_every_row_is_the_one_in_the_file(host, lines):
    slug = f"group-{next(slugs)}"
    running = [sum(line.net for line in lines[: end + 1]) for end in range(len(lines))]

    report = bring(lines, into=slug)

    assert report.balance.minor == running[-1] == funds(slug).balance
    assert balances(slug) == [after for after, line in zip(running, lines, strict=True) if line.net]
    assert ledger.discrepancies() == []


@in_one_database
@given(lines=histories(), later=histories())
def test_a_longer_export_adds_its_new_rows_alone(host, lines, later):
    slug = f"group-{next(slugs)}"
    start = lines[-1].minute + 1
    longer = [*lines, *(replace(line, minute=line.minute + start) for line in later)]
    bring(lines, into=slug)

    report = bring(longer, into=slug)
    again = bring(longer, into=slug)
    shorter = bring(lines, into=slug)

    assert sum(report.new.values()) == len(later)
    assert not again.new
    assert not shorter.new
    assert len(balances(slug)) == sum(line.net != 0 for line in longer)
    assert funds(slug).balance == sum(line.net for line in longer)


@in_one_database
@given(lines=histories(longest=5), data=st.data())
def test_a_damaged_file_stores_nothing(host, lines, data):
    whole = write(lines)
    start = whole.index(b"\r\n")
    place = data.draw(st.integers(start, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.sampled_from([b"", b"7", b",", b'"', b"\n"]))
    damaged += whole[place + 1 :]
    before = stored()

    try:
        bring(damaged, into="gardens", dry_run=True)
    except WrongFile:
        assert stored() == before
    else:
        assume(False)


def test_a_file_with_one_wrong_row_stores_nothing(host):
    before = stored()

    with pytest.raises(WrongFile, match=r"Line 3: (.|\n)*Nothing was stored\."):
        bring(write([GIFT, BILL, GIFT]).replace(b"-12.62", b"-12.61"))

    assert stored() == before


def test_a_dry_run_does_everything_and_keeps_nothing(host):
    before = stored()

    report = bring([GIFT, BILL], dry_run=True)

    assert (report.made, sum(report.new.values()), report.people) == (True, 2, 2)
    assert stored() == before


def test_a_missing_collective_is_made_at_its_host_and_led_by_its_admins(host, carol):
    bring([MONTHLY])

    gardens = Collective.objects.get(slug="gardens")
    assert (gardens.name, gardens.status, gardens.currency) == ("Gardens", "active", "USD")
    assert Hosting.objects.get(collective=gardens, until=None).host == host
    assert Membership.objects.get(party=gardens.party, role=Role.ADMIN).person == carol


def test_fees_are_entries_of_their_own(host):
    bring([GIFT])

    contribution = Transaction.objects.get(kind=Kind.CONTRIBUTION)
    moved = {
        (entry.account.purpose, entry.kind): entry.amount
        for entry in contribution.entries.select_related("account")
    }
    assert moved == {
        (Purpose.FUNDS, Kind.CONTRIBUTION): 1712,
        (Purpose.BACKERS, Kind.CONTRIBUTION): -2000,
        (Purpose.HOST_FEES, Kind.HOST_FEE): 100,
        (Purpose.PLATFORM_FEES, Kind.PLATFORM_FEE): 100,
        (Purpose.PROCESSOR_FEES, Kind.PROCESSOR_FEE): 88,
    }
    assert contribution.effective_on.isoformat() == "2021-03-01"


def test_a_contribution_shows_on_the_wall_and_in_the_ledger_under_its_giver(host):
    bring([MONTHLY, replace(MONTHLY, minute=44_000)])

    nora = Party.objects.get(name="Nora")
    gift = Contribution.objects.filter(contributor=nora).latest("settled_at")
    support = Support.objects.get(contributor=nora)
    assert (gift.status, gift.interval, gift.received_minor) == ("settled", "month", 2000)
    assert (support.total_minor, support.times) == (4000, 2)
    posted = Transaction.objects.get(refs={"contribution": gift.public_id})
    facts = dict(PrivateFact.objects.filter(transaction=posted).values_list("field", "value"))
    assert facts == {"description": MONTHLY.description, "counterparty": "Nora"}


def test_an_expense_is_paid_on_its_day_in_its_category(host):
    bring([GIFT, BILL])

    expense = Expense.objects.get()
    assert (expense.number, expense.status, expense.amount_minor) == (1, "paid", 1250)
    assert (expense.title, expense.payee.name) == ("Seeds and soil", "Bob")
    assert expense.items.get().category.slug == "materials"
    assert Transaction.objects.get(refs={"expense": "1"}).kind == Kind.EXPENSE


def test_a_refund_takes_the_contribution_back(host):
    back = replace(
        GIFT, amount=-2000, host_fee=100, platform_fee=100, processor_fee=0,
        description=f"Refund of {GIFT.description}", minute=9,
    )  # fmt: skip

    bring([GIFT, back])

    gift = Contribution.objects.get()
    support = Support.objects.get()
    assert (gift.status, gift.received_minor) == ("refunded", 0)
    assert (support.total_minor, support.times) == (0, 0)
    assert Transaction.objects.get(kind=Kind.REFUND).refs == {"contribution": gift.public_id}
    assert funds().balance == -88


def test_a_refund_in_a_later_export_finds_the_contribution_of_the_earlier_one(host):
    back = replace(GIFT, amount=-2000, description=f"Refund of {GIFT.description}", minute=9)
    bring([GIFT])

    bring([GIFT, back])

    gift = Contribution.objects.get()
    assert gift.status == "refunded"
    assert Transaction.objects.get(kind=Kind.REFUND).refs == {"contribution": gift.public_id}


def test_an_expense_that_came_back_is_less_spent(host):
    back = replace(BILL, amount=1250, description="Refund of Seeds and soil", minute=9)
    bring([BILL, back])

    returned = Transaction.objects.latest("pk")
    assert (returned.kind, returned.refs) == (Kind.EXPENSE, {"expense": "1"})
    assert funds().balance == -24


def test_one_profile_is_one_party_in_all_exports_whatever_its_name(host):
    bring([GIFT])
    bring([replace(GIFT, name="Nora B.", minute=4)], into="kitchen")

    assert Support.objects.values_list("contributor__name", flat=True).distinct().get() == "Nora"


def test_namesakes_without_a_profile_stay_apart_from_those_elsewhere(host):
    nameless = replace(GIFT, profile="")
    bring([nameless, nameless])
    bring([nameless], into="kitchen")

    assert Party.objects.filter(name="Nora").count() == 2


@pytest.mark.parametrize("name", ["", "Incognito"])
def test_a_giver_without_a_name_stays_unnamed(host, name):
    bring([replace(GIFT, name=name)])

    assert Contribution.objects.get().incognito
    assert Support.objects.get().incognito
    assert not PrivateFact.objects.filter(field="counterparty").exists()


def test_twins_are_both_kept(host):
    bring([GIFT, GIFT])
    assert balances() == [1712, 3424]


def test_money_that_was_owed_for_a_while_is_told_as_it_was(host):
    bring([BILL, GIFT])

    assert balances() == [-1262, 450]
    assert funds().floor == 0


def test_a_history_that_ends_in_debt_lets_nobody_spend_more(host):
    bring([GIFT, BILL, replace(BILL, minute=3)])
    assert (funds().balance, funds().floor) == (-812, -812)


def test_a_row_that_moves_nothing_is_counted_and_not_posted(host):
    free = replace(GIFT, amount=0, host_fee=0, platform_fee=0, processor_fee=0)

    bring([free, GIFT])
    report = bring([free, GIFT, replace(GIFT, minute=1)])

    assert sum(report.new.values()) == 1
    assert Transaction.objects.count() == 2


def test_fees_without_a_gift_leave_no_contribution(host):
    bring([replace(GIFT, amount=0)])

    assert balances() == [-288]
    assert not Contribution.objects.exists()
    assert not Expense.objects.exists()


def test_another_history_is_refused(host):
    bring([GIFT, BILL])
    before = stored()

    with pytest.raises(WrongFile, match="was not in the history that was imported before"):
        bring([replace(GIFT, minute=3), BILL, GIFT])

    assert stored() == before


def test_a_name_changed_since_does_not_make_it_another_history(host):
    bring([GIFT, BILL])
    renamed = [replace(GIFT, name="Nora B."), BILL, replace(GIFT, minute=2)]
    assert sum(bring(renamed).new.values()) == 1


def test_it_is_written_down_who_brought_it(host, carol):
    bring([GIFT, BILL], by=carol)

    fact = Fact.objects.get(kind="history.imported")
    assert (fact.by_id, fact.data["rows"]) == (carol.pk, 2)


def test_only_an_admin_of_the_host_may_bring_a_history(host):
    with pytest.raises(NotAllowed):
        bring([GIFT], by=party("Dan"))


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"host": "nobody"}, homes.NoSuchHost),
        ({"into": "keeper"}, homes.NameTaken),
        ({"into": "No slug"}, homes.NameTaken),
        ({"into": "ledger"}, homes.NameTaken),
    ],
)
def test_a_place_it_cannot_go_to_is_refused(host, options, refusal):
    before = stored()

    with pytest.raises(refusal):
        bring([GIFT], **options)

    assert stored() == before


def test_the_only_host_need_not_be_named(host):
    bring([GIFT], host="")

    assert Hosting.objects.get().host == host


def test_among_several_hosts_one_must_be_named(host):
    Host.objects.create(party=party("Other", Party.Kind.ORGANIZATION), since=WHEN)

    with pytest.raises(homes.HostNeeded, match="Here are: keeper, other"):
        bring([GIFT], host="")


def test_a_collective_that_is_elsewhere_is_left_alone(host):
    other = Host.objects.create(party=party("Other", Party.Kind.ORGANIZATION), since=WHEN)
    bring([GIFT])

    with pytest.raises(homes.OtherHost):
        bring([GIFT], host=other.party.slug)
    with pytest.raises(homes.OtherCurrency):
        bring(write([GIFT], currency="EUR"))


def test_a_draft_has_no_host_to_bring_a_history_to(host):
    Collective.objects.create(
        kind=Party.Kind.COLLECTIVE, slug="gardens", name="Gardens", currency="USD", created_at=WHEN
    )
    with pytest.raises(homes.NotHosted):
        bring([GIFT])


def test_progress_is_told_up_to_the_end(host):
    told = []
    bring([GIFT, BILL], progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (2, 2)]


@pytest.mark.skipif(not REAL.exists(), reason="the real export is not beside this project")
def test_a_real_history_of_2699_rows_is_exact(host):
    file = REAL.read_bytes()
    expected = [row.balance for row in read(file, today=WHEN.date()).rows]

    bring(file, into="obs")
    again = bring(file, into="obs")

    assert balances("obs") == expected
    assert (len(expected), expected[-1]) == (2699, 12_595_321)
    assert not again.new
    assert Transaction.objects.count() == 2699
    assert ledger.discrepancies() == []
