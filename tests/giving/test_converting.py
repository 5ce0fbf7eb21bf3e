"""Gifts in another currency than the group's."""

from datetime import timedelta
from functools import partial

import pytest

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, rules, tasks
from commonweal.giving.actions.many import OneByOne
from commonweal.giving.models import Conversion, Support
from commonweal.hosting import actions as hosting
from commonweal.hosting import queries as hosting_queries
from commonweal.hosting.models import Host
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Account, Purpose, Rate
from commonweal.ledger.queries import balances, discrepancies
from commonweal.payments import queries as payments
from commonweal.payments.models import Charge

pytestmark = pytest.mark.django_db
EUR = partial(Money.parse, currency="EUR")
USD = partial(Money.parse, currency="USD")


@pytest.fixture
def dollars(commons, hana):
    """Let Commons House take dollars, of which 1.10 were a euro yesterday."""
    day = clock.today() - timedelta(days=1)
    Rate.objects.filter(currency="USD").delete()
    Rate.objects.create(currency="USD", day=day, numerator=11, denominator=10)
    hosting.set_fees(
        host=commons, fees=[], rail_fee_by="group", losses_by="group", currencies=["USD"], by=hana
    )


@pytest.fixture
def given(gardens, alice):
    """Give dollars to Gardens with the pretend card."""

    def give(amount="20.00", **more):
        found = actions.pledge(
            collective=gardens, amount=USD(amount), rail="sandbox", contributor=alice,
            given_by=alice, by=alice, **more,
        )  # fmt: skip
        tasks.begin(found)
        tasks.answer(found, {"card": "works"})
        return queries.contribution(found.secret)

    return give


def held():
    """Return what is held, by purpose and currency."""
    accounts = list(Account.objects.all())
    amounts = balances([one.pk for one in accounts])
    return {
        (Purpose(one.purpose).name, one.currency): amounts[one.pk].minor
        for one in accounts
        if amounts[one.pk]
    }


def nothing_is_wrong():
    while ledger.advance():
        pass
    assert not [*discrepancies(), *payments.unexplained(), *queries.misconverted()]


def test_a_gift_in_dollars_is_exchanged_at_the_rate_of_the_day(dollars, given, commons):
    contribution = given("20.00")

    # 0.53 is the card's; 19.47 are worth 17.70, 20.00 are worth 18.18, of which 0.91 the host's.
    assert held() == {
        ("BANK", "USD"): -2000, ("PROCESSOR_FEES", "USD"): 53, ("TRADING", "USD"): 1947,
        ("TRADING", "EUR"): -1770, ("FUNDS", "EUR"): 1679, ("HOST_FEES", "EUR"): 91,
    }  # fmt: skip
    kept = Conversion.objects.get()
    assert (kept.paid_minor, kept.worth_minor) == (2000, 1818)
    assert contribution.received_minor == Support.objects.get().total_minor == 1818
    nothing_is_wrong()
    euro, dollar = hosting_queries.custodies(Host.objects.get())
    assert euro.adds_up
    assert dollar.adds_up
    assert (dollar.bank, dollar.exchanged) == (USD("19.47"), USD("19.47"))
    assert euro.exchanged == EUR("-17.70")
    assert hosting_queries.rate_difference(commons, clock.today()) == EUR("0")


def test_what_the_rate_does_afterwards_is_the_hosts(dollars, given, commons):
    given("20.00")

    Rate.objects.create(currency="USD", day=clock.today(), numerator=1, denominator=1)

    assert hosting_queries.rate_difference(commons, clock.today()) == EUR("1.77")


def test_parts_of_it_go_back_in_dollars_until_nothing_is_left(dollars, given, hana):
    contribution = given("20.00")

    for amount in ("0.01", "6.66", "6.66", "6.67"):
        actions.refund(contribution=contribution, amount=USD(amount), by=hana)
        tasks.give_back(contribution)

    contribution.refresh_from_db()
    assert (contribution.status, contribution.received_minor) == ("refunded", 0)
    assert held() == {}
    assert Support.objects.get().total_minor == 0
    nothing_is_wrong()


def test_a_wrong_exchange_is_found(dollars, given):
    given("20.00")
    Conversion.objects.update(numerator=1, denominator=1)

    assert "Invariant 22" in queries.misconverted()[0]


def test_dollars_on_the_bank_account_go_the_same_way(dollars, gardens, alice, holds):
    charge = actions.take_in(
        collective=gardens, contributor=alice, amount=USD("11.00"), incognito=False, by=None
    )
    with pytest.raises(OneByOne):
        actions.receive_all(
            arrivals=[actions.Arrival(queries.id_in(charge.subject), USD("11"), clock.today())],
            host=charge.host_id, by=None,
        )  # fmt: skip

    actions.receive(charge=Charge.objects.get(), amount=USD("11.00"), on=clock.today(), by=None)

    assert holds("FUNDS", party=gardens) == EUR("9.50")


def test_only_what_the_host_takes_and_has_a_rate_can_be_given(dollars, given, gardens, bob, hana):
    tier = actions.add_tier(collective=gardens, name="A tree", amount=EUR("20"), by=bob)
    with pytest.raises(rules.NotThisTier):
        given("20.00", tier=tier)
    Rate.objects.filter(currency="USD").delete()
    with pytest.raises(queries.NoRate):
        given("20.00")
    hosting.set_fees(
        host=Host.objects.get(), fees=[], rail_fee_by="group", losses_by="group", currencies=[],
        by=hana,
    )  # fmt: skip
    with pytest.raises(rules.WrongAmount):
        given("20.00")
    assert not Charge.objects.exists()


def test_the_form_takes_dollars_and_every_page_says_what_they_were_worth(
    dollars, gardens, browse, alice
):
    form = {"own": "20", "currency": "USD", "who": "me", "way": "sandbox"}
    assert "US Dollar" in browse(alice).get("/gardens/give").text

    shown = browse(alice).post("/gardens/give", form | {"show": "1"}).text
    for part in ("US$20.00", "The group gets about", "0.909091 EUR", "€16</", "€0.91"):
        assert part.replace("</", "") in shown
    wrong = browse(alice).post("/gardens/give", form | {"way": "transfer"})
    assert (wrong.status_code, "does not know this currency" in wrong.text) == (422, True)
    wrong = browse(alice).post("/gardens/give", form | {"own": "", "amount": "10.00"})
    assert (wrong.status_code, "Write the amount in this currency" in wrong.text) == (422, True)
    browse(alice).post("/gardens/give", form)
    charge = Charge.objects.get()
    browse().post(f"/contributions/{queries.contribution_of(charge).secret}/pay", {"card": "works"})

    page = browse().get(f"/contributions/{queries.contribution_of(charge).secret}").text
    assert "US$20.00" in page
    assert "0.909091 EUR" in page
    page = browse().get(f"/ledger/{queries.settlement_key(charge)}").text
    assert "US$19.47 → €17.70" in page


def test_the_desk_shows_what_is_exchanged_and_what_rates_did(
    dollars, given, browse, carol, django_assert_max_num_queries
):
    given("20.00")
    Rate.objects.create(currency="USD", day=clock.today(), numerator=1, denominator=1)

    page = browse(carol).get("/commons-house/hosting").text

    assert "Exchanged on the books" in page
    assert "+€1.77" in page
