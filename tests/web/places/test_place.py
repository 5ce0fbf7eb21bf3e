import csv
import io
import json

from django.db import connection

from commonweal.collectives.actions import close_activity
from commonweal.ledger import actions
from commonweal.ledger.models import Chart, Kind, Purpose
from commonweal.places.models import Place
from doings import tell


def test_a_city_shows_its_open_book(busy, gardens, bob, signed_out, django_assert_max_num_queries):
    busy.gift(300_00, what="City grant", category=Chart.GRANTS)
    busy.gift(80_00, what="Cake", category=Chart.TICKETS_SALES)
    tell(gardens, bob)

    with django_assert_max_num_queries(19):
        page = signed_out("/places/brussels")

    for sight in (
        "Gardens", "Commons House", "in grants", "for tickets", "By theme", "In, out and balance",
        "Tomato feast", "Who hosts whom", "python figures.py", "WITH here AS",
    ):  # fmt: skip
        assert sight in page, sight


def test_what_is_over_or_elsewhere_is_not_coming_up(gardens, bob, brussels, signed_out):
    tell(gardens, bob)
    feast = gardens.activities.get()
    assert "Tomato feast" in signed_out("/places/brussels")
    assert "Tomato feast" not in signed_out("/places/gent")

    close_activity(activity=feast, attendance=9, by=bob)
    assert "Tomato feast" not in signed_out("/places/brussels")


def test_the_page_and_its_files_say_the_same(busy, client, signed_out):
    page = client.get("/places/brussels").context
    said = json.loads(signed_out("/places/brussels/figures.json"))
    rows = list(csv.DictReader(io.StringIO(signed_out("/places/brussels/figures.csv"))))

    sums = page["totals"]
    assert said["totals"]["EUR"] == {
        "raised": str(sums.raised.minor), "spent": str(sums.spent.minor),
    }  # fmt: skip
    came, went = (
        sum(int(row[name]) for row in rows) for name in ("incoming_minor", "outgoing_minor")
    )
    assert came - went == sums.balance.minor
    assert page["position"] == said["position"] == int(rows[0]["position"])
    with connection.cursor() as cursor:
        cursor.execute(said["query"])
        assert {row[0] for row in cursor.fetchall()} == {said["position"]}


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
