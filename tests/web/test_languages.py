import pytest

from commonweal.people.models import Instance

MOTTO = {
    "fr": "Dépensez-le au grand jour.",
    "nl": "Geef het open en bloot uit.",
    "en": "Spend it in the open.",
}


@pytest.fixture
def city(busy, brussels):
    busy.gift(300_00)
    Instance.objects.update_or_create(
        id=1, defaults={"name": "Brussels", "place": brussels, "created_at": "2026-01-01T00:00Z"}
    )


def in_language(text: str, language: str) -> bool:
    """Return whether a page is in a language from its first tag to its last line."""
    others = set(MOTTO.values()) - {MOTTO[language]}
    said = f'<html lang="{language}">' in text and MOTTO[language] in text
    return said and not any(motto in text for motto in others)


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("language", ["en", "fr", "nl"])
@pytest.mark.parametrize("address", ["/", "/explore", "/ledger", "/gardens", "/gardens/give"])
def test_pages_come_in_the_language_of_the_browser(client, language, address):
    page = client.get(address, headers={"Accept-Language": f"{language}-BE,en;q=0.5"})

    assert page.status_code == 200
    assert in_language(page.text, language)
    assert "Accept-Language" in page["Vary"]


@pytest.mark.usefixtures("city")
def test_a_choice_of_language_stays(client):
    client.get("/language/nl?next=/explore")

    assert in_language(client.get("/").text, "nl")


@pytest.mark.usefixtures("city")
def test_what_is_refused_is_told_in_the_readers_language(client):
    client.get("/language/fr")

    page = client.post("/gardens/give", {"amount": "own", "own": "0,50", "way": "transfer"})

    assert "Le plus petit montant est" in page.text
