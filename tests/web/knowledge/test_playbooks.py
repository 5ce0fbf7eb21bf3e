"""Playbooks on pages: written, drafted from the books, taken along, and started from."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commonweal.collectives.models import Collective, PlannedCost
from commonweal.knowledge import rules
from commonweal.knowledge.actions import edit_playbook, write_playbook
from commonweal.knowledge.models import Playbook
from commonweal.ledger.models import Chart
from commonweal.spending import actions as spending
from doings import finished
from knowledge.test_playbooks import SWAP
from spending.conftest import filed, item, put_in_the_pot


@pytest.fixture
def swap(gardens, bob) -> Playbook:
    return write_playbook(collective=gardens, document=SWAP, by=bob)


def typed(page: str) -> dict[str, str]:
    """Return what a browser would send of the big form, untouched."""
    form = page[page.index('<form class="flow host-top"') :]
    form = form[: form.index("</form>")]
    sent = dict(re.findall(r'<input type="(?:text|hidden)" name="([^"]+)" value="([^"]*)"', form))
    texts = r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>'
    sent |= dict(re.findall(texts, form, re.DOTALL))
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        sent[name] = chosen.group(1) if chosen else ""
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def test_a_playbook_reads_well(swap, signed_out, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = signed_out("/playbooks/seed-swap")

    for sight in (
        "Seeds for all", "30 days before", "1 day after", "2 people, 4 h each", "For 40 people.",
        "€60.00", "€0.50", "€40.00", "€100.00", "Pots", "BE", "Label the seeds.", "CC-BY-4.0",
        "/start?playbook=seed-swap",
    ):  # fmt: skip
        assert sight in page, sight
    assert "Seed swap" in signed_out("/playbooks")
    assert "Seed swap" in signed_out("/gardens/playbooks")


def test_out_in_and_out_again_gives_identical_bytes(swap, gardens, bob, browse, signed_out):
    first = browse().get("/playbooks/seed-swap.json").content
    swap.removed_at = swap.created_at
    swap.save()

    upload = SimpleUploadedFile("swap.json", first, content_type="application/json")
    answer = browse(bob).post("/gardens/playbooks/import", {"file": upload})

    assert answer.status_code == 302
    assert browse().get(f"{answer.url}.json").content == first
    json.loads(signed_out("/playbooks/schema/1.json"))


def test_a_file_that_is_none_is_refused_in_words(gardens, bob, browse):
    upload = SimpleUploadedFile("swap.json", b"<html>", content_type="application/json")

    answer = browse(bob).post("/gardens/playbooks/import", {"file": upload})

    assert answer.status_code == 422
    assert "Choose its .json file." in answer.text
    assert not Playbook.objects.exists()


def test_saving_what_was_not_changed_makes_no_version(swap, bob, browse):
    page = browse(bob).get("/playbooks/seed-swap/edit").text

    answer = browse(bob).post("/playbooks/seed-swap/edit", typed(page))

    swap.refresh_from_db()
    assert answer.status_code == 302, answer.text
    assert swap.latest == 1


def test_a_row_is_added_another_removed_and_both_are_told(swap, bob, browse, signed_out):
    page = browse(bob).get("/playbooks/seed-swap/edit").text
    sent = typed(page) | {
        "budget-1-DELETE": "on",
        "budget-2-what": "Labels", "budget-2-category": "materials", "budget-2-quantity": "3",
        "budget-2-unit_price": "1,20", "budget-2-driver": "fixed", "changed": "No tea",
    }  # fmt: skip

    answer = browse(bob).post("/playbooks/seed-swap/edit", sent)

    assert answer.status_code == 302, answer.text
    page = signed_out("/playbooks/seed-swap")
    assert "€63.60" in page
    assert "Tea" not in page
    history = signed_out("/playbooks/seed-swap/history")
    assert "No tea" in history
    assert re.search(r"<ins>.*Labels", history)
    assert re.search(r"<del>.*Tea", history)
    assert "There is a newer version." in signed_out("/playbooks/seed-swap?version=1")
    signed_out("/playbooks/seed-swap?version=9", status=404)


def test_a_wrong_row_is_refused_and_nothing_typed_is_lost(swap, bob, browse):
    sent = typed(browse(bob).get("/playbooks/seed-swap/edit").text)

    answer = browse(bob).post(
        "/playbooks/seed-swap/edit", sent | {"budget-0-unit_price": "much", "lessons": "Water them"}
    )

    assert answer.status_code == 422
    assert 'value="much"' in answer.text
    assert "Water them" in answer.text


def test_who_was_overtaken_is_told(swap, bob, browse):
    sent = typed(browse(bob).get("/playbooks/seed-swap/edit").text)
    edit_playbook(playbook=swap, document=SWAP | {"people": 41}, seen=1, by=bob)

    answer = browse(bob).post("/playbooks/seed-swap/edit", sent | {"title": "Mine"})

    assert answer.status_code == 422
    assert "Somebody else saved a new version meanwhile." in answer.text
    assert 'value="Mine"' in answer.text


def test_the_books_of_what_is_over_make_a_draft(gardens, alice, bob, carol, browse):
    put_in_the_pot(gardens, 100_00)
    activity = finished(gardens, bob, attendance=34)
    expense = filed(gardens, alice, item(12_50, Chart.MATERIALS), title="Labels and pots")
    expense.activity = activity
    expense.save()
    expense = spending.approve(expense=spending.submit(expense=expense, by=alice), by=bob)
    expense = spending.pay(expense=expense, by=carol)
    spending.mark_paid(expense=expense, on=activity.starts_on, reference="S-1", by=carol)

    page = browse(bob).get(f"/gardens/playbooks/new?activity={activity.pk}").text

    sent = typed(page)
    assert (sent["budget-0-what"], sent["budget-0-unit_price"]) == ("Labels and pots", "12.50")
    assert (sent["budget-0-category"], sent["people"]) == ("materials", "34")
    assert alice.name not in page
    answer = browse(bob).post("/gardens/playbooks/new", sent)
    assert answer.status_code == 302, answer.text
    assert rules.costs_by_category(
        Playbook.objects.get().versions.get().document, 34
    ) == {"materials": 12_50}  # fmt: skip


def test_a_group_starts_from_a_playbook(swap, gardens, alice, browse):
    page = browse(alice).get("/start?playbook=seed-swap").text
    assert "What Gardens hands on" in page
    assert len(re.findall(r"<(?:input|textarea|select)(?![^>]*hidden)[^>]* name=", page)) <= 12

    answer = browse(alice).post(
        "/start?playbook=seed-swap",
        {"name": "Roofs", "about": "We swap.", "place": "Brussels", "theme": "community-garden",
         "size": "200", "tiers": ["0"]},
    )  # fmt: skip

    assert answer.url == "/roofs/desk"
    made = Collective.objects.get(slug="roofs")
    assert made.lineage.source == gardens
    assert [(tier.name, tier.amount_minor) for tier in made.tiers.all()] == [("Seed", 5_00)]
    planned = dict(
        PlannedCost.objects.filter(collective=made).values_list("category", "amount_minor")
    )
    assert planned == {Chart.VENUE: 60_00, Chart.FOOD_DRINK: 80_00}
    assert made.goals.get().amount_minor == 140_00


def test_what_a_draft_group_wrote_is_hidden(seedlings, bob, dan, browse):
    write_playbook(collective=seedlings, document=SWAP, by=bob)

    for address in ("/playbooks/seed-swap", "/playbooks/seed-swap.json", "/seedlings/playbooks"):
        assert browse(dan).get(address).status_code == 404
        assert browse(bob).get(address).status_code == 200
    assert browse(dan).get("/playbooks/seed-swap/edit").status_code == 404


def test_removing_asks_once_more(swap, bob, dan, browse):
    assert browse(dan).get("/playbooks/seed-swap/remove").status_code == 403
    assert "Take Seed swap away?" in browse(bob).get("/playbooks/seed-swap/remove").text

    browse(bob).post("/playbooks/seed-swap/remove")

    assert browse(bob).get("/playbooks/seed-swap").status_code == 404
