"""The page of a gift that comes again: from a letter, in two clicks, without a login."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, tasks
from commonweal.giving.models import Standing
from commonweal.mail import reader

pytestmark = pytest.mark.django_db
MONTHLY = {"often": "month"}


@pytest.fixture
def letter(db):
    """Send what waits, and return the newest letter."""

    def newest():
        while reader.read():
            pass
        return mail.outbox[-1]

    return newest


@pytest.fixture
def by_card(give, newest):
    """Give each month by card as a guest; return the gift and the path of its page."""

    def make(card="works", **typed):
        give(way="sandbox", **MONTHLY, **typed)
        gift = newest()
        tasks.answer(gift, {"card": card})
        return newest(), f"/gifts/{queries.letter_token(gift)}"

    return make


def button(page, words):
    """Return the address that the form with this button sends to."""
    for form in re.findall(r"<form.*?</form>", page.text, re.DOTALL):
        if words in form:
            return re.search(r'action="([^"]+)"', form)[1]
    raise AssertionError(words)


def test_the_form_offers_a_rhythm_and_shows_the_sums_for_it(browse, gardens):
    page = browse().post(
        "/gardens/give", {"own": "1", "often": "month", "way": "transfer", "show": 1}
    )

    for shown in ("Every month", "every month, from today", "€1.00 a month", "two clicks"):
        assert shown in page.text


def test_a_monthly_tier_is_given_each_month_and_only_then(browse, gardens, bob, give, newest):
    tier = actions.add_tier(
        collective=gardens, name="A friend", amount=Money(1500, "EUR"), interval="month", by=bob
    )
    page = browse().get(f"/gardens/give?tier={tier.pk}")
    assert re.search(r'value="month"[^>]*checked', page.text)

    give(amount=f"tier-{tier.pk}", own="", **MONTHLY)
    assert (newest().tier, newest().interval) == (tier, "month")

    give(amount=f"tier-{tier.pk}", own="", often="once")
    assert (newest().tier, newest().interval) == (None, "once")


def test_the_page_after_promising_says_how_to_make_the_standing_order(give, newest, browse):
    page = browse().get(give(**MONTHLY).url)

    facts = queries.charge_of(newest()).next_step["facts"]
    day = clock.today().day
    for shown in (facts["account"], facts["reference"], f"on day {day}", '<svg class="qr"', "Copy"):
        assert shown in page.text


def test_a_guest_stops_a_monthly_gift_in_two_clicks_from_the_letter(by_card, letter, browse):
    gift, _ = by_card()
    address = re.search(r"https?://[^/]+(/gifts/\S+)", letter().body)[1]

    page = browse().get(address)
    assert "It goes on. The next is due on" in page.text
    assert queries.contribution(gift.secret).standing == Standing.ON
    done = browse().post(button(page, "Stop this gift"), follow=True)

    assert "You stopped it on" in done.text
    assert "Stop this gift" not in done.text
    assert queries.contribution(gift.secret).standing == Standing.ENDED
    assert "has stopped" in letter().subject


def test_looking_changes_nothing_and_only_buttons_do(by_card, browse):
    gift, path = by_card()

    for end in ("stop", "pause", "resume", "rail", "pay"):
        assert browse().get(f"{path}/{end}").status_code == 405
    browse().head(path)

    assert queries.contribution(gift.secret).standing == Standing.ON


def test_the_key_of_a_gift_opens_no_other(by_card, browse, give, newest):
    _, path = by_card()
    give()
    once = queries.letter_token(newest())

    for wrong in ("/gifts/x", path[:-1] + ("A" if path[-1] != "A" else "B"), f"/gifts/{once}"):
        assert browse().get(wrong).status_code == 404


def test_amount_and_day_are_changed_and_what_is_wrong_is_said(by_card, browse, letter):
    gift, path = by_card()
    wrong = browse().post(f"{path}/change", {"amount": "", "own": "0", "day": "32"})
    assert wrong.status_code == 422
    assert 'value="0"' in wrong.text

    done = browse().post(f"{path}/change", {"amount": "", "own": "12.50", "day": "28"}, follow=True)

    assert "€12.50 a month" in done.text
    assert queries.contribution(gift.secret).anchor_on.day == 28
    assert "You give €12.50 a month." in letter().body


def test_a_pause_ends_by_a_button_and_a_day_that_is_over_is_refused(by_card, browse, letter):
    _, path = by_card()
    assert browse().post(f"{path}/pause", {"until": "2020-01-01"}).status_code == 422
    until = clock.today() + timedelta(days=60)

    page = browse().post(f"{path}/pause", {"until": until.isoformat()}, follow=True)
    assert "It is paused until" in page.text
    assert "is paused" in letter().subject

    page = browse().post(button(page, "Go on with this gift"), follow=True)
    assert "It goes on." in page.text
    assert "goes on" in letter().subject


def test_a_card_that_said_no_is_told_kindly_and_another_one_is_used(by_card, browse, letter):
    gift, path = by_card("once")
    letter()
    with clock.moved_to(clock.now() + timedelta(days=31)):
        tasks.bill_due()
        told = letter()
        assert "Your card said no" in told.subject
        assert "We try again on" in told.body

        page = browse().get(path)
        page = browse().post(button(page, "Pay with another card"), follow=True)
        browse().post(button(page, "A card that works"), {"card": "works"})

        assert queries.contribution(gift.secret).received_minor == 2000
        assert queries.declined(gift) is None


def test_a_card_gift_becomes_a_standing_order_on_the_page(by_card, browse):
    gift, path = by_card()
    page = browse().get(path)

    page = browse().post(button(page, "instead"), {"rail": "transfer"}, follow=True)

    assert "Let your bank repeat it every month" in page.text
    assert queries.contribution(gift.secret).rail == "transfer"


def test_a_quiet_standing_order_gets_one_letter(give, newest, letter, browse):
    give(**MONTHLY)
    letter()
    for months in (2, 3, 4):
        with clock.moved_to(clock.now() + timedelta(days=31 * months)):
            tasks.bill_due()
            letter()

    assert [one.subject for one in mail.outbox].count("We miss your gift to Gardens") == 1
    page = browse().get(f"/gifts/{queries.letter_token(newest())}")
    assert "It is quiet: no money came lately." in page.text


def test_somebody_signed_in_sees_all_their_gifts_in_one_place(
    gift, browse, alice, django_assert_max_num_queries
):
    for _ in range(3):
        gift("settled", interval="month")
        gift("settled")
    browser = browse(alice)

    with django_assert_max_num_queries(8):
        page = browser.get("/settings/gifts")

    assert page.text.count("€20.00 a month") == 3
    assert browse().get("/settings/gifts").status_code == 302


def test_the_page_of_a_gift_costs_few_queries(by_card, browse, django_assert_max_num_queries):
    _, path = by_card()
    browser = browse()

    with django_assert_max_num_queries(10):
        assert browser.get(path).headers["Cache-Control"].startswith("max-age=0")
