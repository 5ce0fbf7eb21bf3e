"""What a first visit costs: bytes over the line, and nothing that jumps."""

from __future__ import annotations

import brotli
import pytest

from browser.browsers import Reader
from commonweal.people import actions as people
from commonweal.places.models import Place

MOST_BYTES = 150_000
MOST_WITHOUT_FONTS = 60_000
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""


@pytest.fixture
def set_up(site: str) -> None:
    """Let there be a server that is set up."""
    people.set_up(
        name="Commonweal Brussels", admin_name="Hana Wouters", admin_email="hana@example.org",
        place=Place.objects.get(slug="brussels"),
    )  # fmt: skip


@pytest.mark.usefixtures("set_up")
@pytest.mark.parametrize("address", ["/", "/explore", "/ledger", "/start", "/style"])
def test_a_first_visit_is_light_and_still(somebody, address):
    reader: Reader = somebody(scripts=True)
    sizes: dict[str, int] = {}

    def note(response):
        body = response.body()
        is_font = response.request.resource_type == "font"
        sizes[response.url] = len(body if is_font else brotli.compress(body, quality=5))

    reader.page.on("response", note)
    reader.page.goto(reader.site + address)
    reader.page.wait_for_load_state("networkidle")

    fonts = sum(size for url, size in sizes.items() if url.endswith(".woff2"))
    assert fonts > 0
    assert sum(sizes.values()) <= MOST_BYTES
    assert sum(sizes.values()) - fonts <= MOST_WITHOUT_FONTS
    assert reader.page.evaluate(SHIFTS) == 0
