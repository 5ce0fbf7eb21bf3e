"""Who bears what: fees that rails keep, gifts that go back in parts, money that is taken away."""

from functools import partial

import pytest

from commonweal.activity.models import Fact
from commonweal.discovery.actions import trace, trace_anew
from commonweal.discovery.queries import untraced
from commonweal.foundation import clock, ids
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, tasks
from commonweal.giving.models import Contribution, Support
from commonweal.hosting import actions as hosting
from commonweal.hosting import queries as hosting_queries
from commonweal.hosting.rules import FeeRule
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Account, Entry, Kind, Purpose
from commonweal.ledger.queries import account_of, discrepancies
from commonweal.ledger.rules import Draft, Posting
from commonweal.payments import actions as payments
from commonweal.payments import queries as payment_queries
from commonweal.payments.models import Charge
from commonweal.payments.port import RailEvent

pytestmark = pytest.mark.django_db
EUR = partial(Money.parse, currency="EUR")
NOTHING = EUR("0")


@pytest.fixture
def bears(commons, hana):
    """Say who bears what at Commons House, and what it keeps of which gifts."""

    def say(*, rail_fee="group", losses="group", fees=()):
        hosting.set_fees(
            host=commons, fees=fees, rail_fee_by=rail_fee, losses_by=losses, currencies=[], by=hana
        )

    return say


@pytest.fixture
def spend(gardens, commons):
    """Let Gardens spend an amount."""

    def pay(amount):
        pot = account_of(Purpose.FUNDS, party=gardens.pk, host=commons.pk, currency="EUR")
        payees = account_of(Purpose.PAYEES, host=commons.pk, currency="EUR")
        legs = [(pot, -EUR(amount).minor), (payees, EUR(amount).minor)]
        ledger.post(
            Draft(
                key=ids.uuid7(), kind=Kind.EXPENSE, category=20, effective_on=clock.today(),
                host=commons.pk, postings=tuple(Posting(*leg, Kind.EXPENSE) for leg in legs),
            )
        )  # fmt: skip

    return pay


@pytest.fixture
def right(db):
    """Put everything in order, and find nothing wrong with it, traced by steps or at once."""

    def check():
        while ledger.advance():
            pass
        while trace():
            pass
        assert not untraced()
        trace_anew()
        assert not [*untraced(), *discrepancies(), *payment_queries.unexplained()]

    return check


def charge_of(contribution):
    return Charge.objects.get(pk=queries.charge_of(contribution).pk)


def take_away(contribution):
    charge = charge_of(contribution)
    return actions.take_away(
        charge=charge, on=clock.today(), reason="Taken back", by=None, target=Purpose.BANK
    )


@pytest.mark.parametrize("bearer", ["group", "host"])
@pytest.mark.parametrize("rail", ["sandbox", "keeper"])
def test_parts_give_back_what_the_whole_would(
    promised, hana, gardens, holds, bears, settings, right, bearer, rail
):
    settings.PAYMENT_RAILS = [*settings.PAYMENT_RAILS, "giving.rails.KeepingCard"]
    bears(rail_fee=bearer)
    gifts = []
    for _ in range(2):
        gift = promised("20.00", rail=rail)
        tasks.begin(gift)
        tasks.answer(gift, {"card": "works"})
        gifts.append(gift)
    promised("50.00")
    places = [("FUNDS", gardens, ""), ("HOST_FEES", None, ""), ("PROCESSOR_FEES", None, rail)]
    places += [("HOST_OWN", None, "")] if bearer == "host" else []
    pots = lambda: [holds(name, party=party, rail=way) for name, party, way in places]  # noqa: E731
    if rail == "keeper" and bearer == "group":  # else the pot could not pay what the rail keeps
        _fill(gardens, hana, promised)
    before = pots()

    whole, charge = gifts[0], charge_of(gifts[0])
    told = queries.shares_back(charge, EUR("20.00"))
    actions.refund(contribution=whole, by=hana)
    tasks.give_back(whole)
    after = pots()
    assert told.pot == before[0] - after[0]
    for amount in ("0.01", "6.66", "6.66", "6.67"):
        actions.refund(contribution=gifts[1], amount=EUR(amount), by=hana)
        tasks.give_back(gifts[1])

    assert [was - now for was, now in zip(before, after, strict=True)] == [
        was - now for was, now in zip(after, pots(), strict=True)
    ]
    assert {one.status for one in Contribution.objects.filter(rail=rail)} == {"refunded"}
    right()


def _fill(gardens, hana, promised):
    gift = promised("30.00")
    actions.confirm_transfer(
        contribution=gift, amount=EUR("30.00"), arrived_on=clock.today(), by=hana
    )


def test_a_gift_of_which_a_part_went_back_still_stands(arrived, carol, right):
    contribution = arrived("20.00")

    contribution = actions.refund(contribution=contribution, amount=EUR("5.00"), by=carol)

    assert (contribution.status, contribution.received_minor) == ("settled", 1500)
    assert (Support.objects.get().total_minor, Support.objects.get().times) == (1500, 1)
    right()


@pytest.mark.parametrize(
    ("bearer", "spent", "left", "of_host"),
    [
        ("group", "0", "0", "0"),
        ("group", "15.00", "0", "-15.00"),
        ("host", "15.00", "4.00", "-19.00"),
        ("host", "0", "19.00", "-19.00"),
    ],
)
def test_money_taken_back_after_it_was_spent_is_borne_as_the_host_has_set(
    arrived, bears, spend, gardens, holds, right, bearer, spent, left, of_host
):
    bears(losses=bearer)
    contribution = arrived("20.00")
    if EUR(spent):
        spend(spent)

    contribution = take_away(contribution)

    assert contribution.status == Contribution.Status.REFUNDED
    assert not Support.objects.get().total_minor
    assert holds("FUNDS", party=gardens) == EUR(left)
    assert holds("HOST_FEES") == holds("BANK", rail="transfer") == NOTHING
    own = Entry.objects.filter(account__purpose=Purpose.HOST_OWN)
    assert sum(one.amount for one in own) == EUR(of_host).minor
    assert {one.transaction.kind for one in own} <= {Kind.COVER}
    told = Fact.objects.get(kind="contribution.lost").data
    assert told["of_host_minor"] == -EUR(of_host).minor
    with pytest.raises(actions.NotGiven):
        take_away(contribution)
    right()


def test_money_taken_back_from_a_group_that_left_is_borne_by_the_host(
    arrived, spend, gardens, hana, holds, right
):
    contribution = arrived("20.00")
    spend("19.00")
    hosted = hosting_queries.current(gardens)
    hosting.leave(hosting=hosted, by=hana)

    take_away(contribution)

    assert holds("FUNDS", party=gardens) == NOTHING
    assert holds("HOST_OWN") == EUR("-19.00")
    assert Account.objects.get(purpose=Purpose.FUNDS, party_id=gardens.pk).frozen
    right()


def test_what_waits_to_be_sent_back_or_shared_out_can_be_taken_away_too(
    arrived, promised, carol, gardens, holds, right
):
    half = actions.refund(contribution=arrived("20.00"), amount=EUR("5.00"), by=carol)
    stuck = promised("8.00")
    payments.capture(
        charge=charge_of(stuck), amount=EUR("8.00"), fee=NOTHING, on=clock.today(), by=None
    )

    assert {take_away(half).status, take_away(stuck).status} == {"refunded"}

    assert holds("FUNDS", party=gardens) == holds("CHARGES", rail="transfer") == NOTHING
    assert holds("BANK", rail="transfer") == NOTHING
    right()


def test_a_card_company_tells_that_it_took_a_payment_back(paid_by_card, gardens, holds):
    contribution = paid_by_card("20.00")
    news = RailEvent(
        kind="taken_back", key=charge_of(contribution).uuid, object_id="dispute-1",
        amount=EUR("20.00"), fee=NOTHING, on=clock.today(), reason="Not me",
    )  # fmt: skip
    payments.receive(rail="sandbox", news=[news], by=None)

    tasks.hear(payment_queries.unread_news().get())

    assert charge_of(contribution).state == Charge.State.REFUNDED
    assert holds("FUNDS", party=gardens) == NOTHING


def test_the_most_specific_fee_is_agreed_when_it_is_promised(promised, bears, gardens, bob, holds):
    tier = actions.add_tier(collective=gardens, name="A tree", amount=EUR("20"), by=bob)
    first = promised("20.00")
    bears(
        rail_fee="host", fees=[FeeRule("donation", "sandbox", 10_000), FeeRule("", "transfer", 0)]
    )

    later = [promised("20.00"), promised("20.00", rail="sandbox"), promised("20", tier=tier)]

    assert [one.host_fee_ppm for one in [first, *later]] == [50_000, 0, 10_000, 0]
    assert [one.host_bears_rail_fee for one in [first, *later]] == [False, True, True, True]
    card = later[1]
    tasks.begin(card)
    tasks.answer(card, {"card": "works"})
    assert holds("FUNDS", party=gardens) == EUR("19.80")
    assert holds("HOST_OWN") == EUR("-0.53")
    assert holds("PROCESSOR_FEES", rail="sandbox") == EUR("0.53")
    quote = queries.quote_of(card, charge_of(card))
    assert (quote.net, quote.rail_fee, quote.host_pays) == (EUR("19.80"), NOTHING, EUR("0.53"))
    assert holds("HOST_FEES") == EUR("0.20")


def test_covering_the_fees_gives_the_group_the_whole_gift(paid_by_card, gardens, bob, holds):
    tier = actions.add_tier(collective=gardens, name="A tree", amount=EUR("20"), by=bob)

    contribution = paid_by_card("20.00", tier=tier, covers_fees=True)

    assert contribution.amount_minor == charge_of(contribution).amount_minor == 2163
    assert contribution.covers_fees
    assert holds("FUNDS", party=gardens) == EUR("20.00")


def test_where_nothing_is_kept_there_is_nothing_to_cover(promised, bears):
    bears(fees=[FeeRule("", "transfer", 0)])

    contribution = promised("1.00", covers_fees=True)

    assert (contribution.amount_minor, contribution.covers_fees) == (100, False)
