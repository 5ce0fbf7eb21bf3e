import pytest


def test_groups_are_found_by_word_theme_and_place(busy, signed_out, django_assert_max_num_queries):
    for query in ("", "?q=gardens", "?theme=community-garden", "?place=brussels", "?sort=pot"):
        with django_assert_max_num_queries(7):
            assert 'href="/gardens"' in signed_out(f"/explore{query}")


@pytest.mark.parametrize(
    "query",
    ["q=zzz", "theme=no-such", "place=paris", "q=%00", "sort=upside-down&after=x", "after=1.x"],
)
def test_odd_questions_are_answered_calmly(gardens, signed_out, query):
    signed_out(f"/explore?{query}")


def test_a_search_without_an_answer_says_what_to_do(gardens, signed_out):
    assert "Nobody does that here yet" in signed_out("/explore?q=zzz")


def test_a_draft_is_not_listed(seedlings, signed_out):
    assert 'href="/seedlings"' not in signed_out("/explore")


def test_htmx_gets_the_part_it_asks_for(gardens, client):
    page = client.get("/explore", headers={"HX-Request": "true", "HX-Request-Type": "partial"})

    assert page.text.lstrip().startswith('<section id="found"')
    assert "HX-Request" in page["Vary"]
