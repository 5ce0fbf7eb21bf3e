from commonweal.ledger import actions
from commonweal.ledger.models import Chart, Kind, Purpose
from commonweal.places.models import Place


def test_a_city_shows_its_open_book(busy, signed_out, django_assert_max_num_queries):
    busy.gift(300_00, what="City grant", category=Chart.GRANTS)

    with django_assert_max_num_queries(16):
        page = signed_out("/places/brussels")

    for sight in ("Gardens", "Commons House", "in grants", "By theme", "In, out and balance"):
        assert sight in page, sight


def test_a_transfer_between_groups_of_the_city_is_not_raised_by_it(till, brussels, client):
    till.gift(100_00)
    other = actions.open_account(
        purpose=Purpose.FUNDS, currency="EUR", party=4711, host=till.host.pk, place=brussels.pk
    ).pk
    before = client.get("/places/brussels").context["totals"]

    till.post(Kind.TRANSFER, None, Chart.TRANSFERS_OUT, [],
              (till.funds(), -20_00, Kind.TRANSFER), (other, 20_00, Kind.TRANSFER))  # fmt: skip

    after = client.get("/places/brussels").context["totals"]
    assert after == before
    assert after.raised.minor == 100_00


def test_a_district_has_a_page_and_an_unknown_place_has_none(db, brussels, signed_out, client):
    district = Place.objects.filter(parent=brussels).first()

    assert 'href="/places/brussels"' in signed_out(f"/places/{district.slug}")
    assert client.get("/places/nowhere-at-all").status_code == 404


def test_the_first_page_and_a_group_lead_to_their_place(gardens, signed_out):
    assert 'href="/places/brussels"' in signed_out("/gardens")
    assert 'href="/places/brussels"' in signed_out("/explore?place=brussels")
    assert "/places/" not in signed_out("/explore?place=a/b")
