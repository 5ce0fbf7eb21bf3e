from itertools import islice

import pytest
from django.urls import URLPattern, get_resolver
from hypothesis import given
from hypothesis import strategies as st

from commonweal.people import rules


def first_words(resolver, before=""):
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route.partition("/")[0]
        else:
            yield from first_words(entry, route)


def test_no_slug_can_hide_a_page_of_ours():
    fixed = {word.partition(".")[0] for word in first_words(get_resolver()) if "<" not in word}

    assert fixed - {""} <= rules.RESERVED


@given(st.text())
def test_every_name_has_slugs_that_fit(name):
    some = list(islice(rules.slugs_for(name), 3))

    assert all(rules.is_slug(word) for word in some)
    assert len(set(some)) == 3


@pytest.mark.parametrize("word", ["", "a", "Alice", "a--b", "-a", "2026", "ledger", "a" * 61, "é"])
def test_this_is_no_slug(word):
    assert not rules.is_slug(word)


def test_a_name_keeps_its_letters_and_loses_what_cannot_be_seen():
    assert rules.proper_name("  Zoë \u202e\x00  van\nDam ") == "Zoë van Dam"


@pytest.mark.parametrize("name", ["", "  ", "\x00"])
def test_an_empty_name_is_refused(name):
    with pytest.raises(rules.NameMissing):
        rules.proper_name(name)


def test_an_address_is_kept_in_small_letters():
    assert rules.proper_address(" Alice@Example.ORG ") == "alice@example.org"


@pytest.mark.parametrize(
    "text", ["", "alice", "alice@", "@example.org", "a@b", "a b@example.org", "a@b.org\nBcc: c@d.e"]
)
def test_this_is_no_address(text):
    with pytest.raises(rules.NotAnAddress):
        rules.proper_address(text)
