"""What a host keeps of which gifts, on its page and in the giving form."""

import pytest

from commonweal.giving import queries
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Host

pytestmark = pytest.mark.django_db
PAGE = "/commons-house/hosting/fees"
FORM = {
    "rail_fee_by": "host", "losses_by": "host",
    "row-0-tier_kind": "ticket", "row-0-rail": "", "row-0-fee": "2,5",
    "row-1-tier_kind": "", "row-1-rail": "transfer", "row-1-fee": "0",
}  # fmt: skip


def test_an_admin_of_the_host_says_what_is_kept_and_others_are_refused(
    gardens, browse, hana, carol, django_assert_max_num_queries
):
    assert browse(carol).get(PAGE).status_code == 403
    assert browse(hana).post(PAGE, FORM)["Location"] == PAGE

    host = Host.objects.get()
    assert host.fees == [["ticket", "", 25_000], ["", "transfer", 0]]
    assert (host.rail_fee_by, host.losses_by) == ("host", "host")
    reader = browse(hana)
    with django_assert_max_num_queries(8):
        shown = reader.get(PAGE).text
    assert 'value="2.5"' in shown


@pytest.mark.parametrize(
    "typed",
    [
        {"row-0-fee": "31"},
        {"row-0-tier_kind": ""},
        {"row-1-tier_kind": "ticket", "row-1-rail": ""},
        {"losses_by": "nobody"},
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_typed_is_lost(gardens, browse, hana, typed):
    page = browse(hana).post(PAGE, FORM | typed)

    assert page.status_code == 422
    assert 'value="0"' in page.text
    assert not Host.objects.get().fees


def test_a_giver_pays_the_fees_on_top_and_sees_it_first(gardens, browse, alice):
    form = {"own": "20", "who": "me", "way": "sandbox", "covers_fees": "on"}

    shown = browse(alice).post("/gardens/give", form | {"show": "1"}).text
    assert "€21.63" in shown
    assert "€1.63 of it for the fees" in shown
    browse(alice).post("/gardens/give", form)

    found = Contribution.objects.get()
    assert (found.amount_minor, found.covers_fees) == (2163, True)
    assert queries.charge_of(found).amount_minor == 2163


def test_a_euro_by_transfer_costs_nothing_where_the_host_keeps_nothing(gardens, browse, hana):
    browse(hana).post(PAGE, FORM)
    form = {"own": "1", "way": "transfer", "covers_fees": "on", "show": "1"}

    shown = browse().post("/gardens/give", form).text

    assert "of it for the fees" not in shown
    assert "€1.00" in shown
    assert "€0.05" not in shown
