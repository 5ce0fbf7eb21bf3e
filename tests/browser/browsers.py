"""A real browser, as small as a phone and without scripts, that checks each page it opens."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import Settings

from commonweal.config import addresses

PATIENCE_MS = 10_000
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
SIDEWAYS = "e => e.scrollWidth - e.clientWidth"
VIOLATIONS = (
    "axe.run().then(r => r.violations.map(v =>"
    " `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(' | ')}`))"
)
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in the tests' thread
_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Reader:
    """Somebody with a browser of their own; every page they come to is checked by axe.

    Scripts are off in the page they use; axe looks at the same page in a second window.
    """

    context: BrowserContext
    watcher: BrowserContext
    site: str
    page: Page = field(init=False)
    checked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)

    def goes_to(self, address: str) -> None:
        """Type an address."""
        self.page.goto(self.site + address if address.startswith("/") else address)
        self.looks()

    def presses(self, name: str) -> None:
        """Press a button or follow a link by what it says."""
        button = self.page.get_by_role("main").get_by_role("button", name=name)
        found = button if button.count() else self.page.get_by_role("link", name=name)
        found.first.click()
        self.page.wait_for_load_state()
        self.looks()

    def types(self, **fields: str) -> None:
        """Fill fields by their names."""
        for name, value in fields.items():
            self.page.locator(f'[name="{name.replace("__", "-")}"]').last.fill(value)

    def looks(self) -> None:
        """Check that the page fits, and that axe finds nothing: by day and by night."""
        page = self.page
        wide = page.locator("html").evaluate(SIDEWAYS)
        assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"
        address = page.url.split("?", maxsplit=1)[0]
        if address not in self.checked:
            self.checked.add(address)
            assert violations(self.watcher, page.content(), self.site) == [], address

    def waits_for(self, words: str) -> None:
        """Reload the page until it has words: another process brings them."""
        end = time.monotonic() + PATIENCE_MS / 1000
        while words not in self.page.locator("body").inner_text() and time.monotonic() < end:
            self.page.wait_for_timeout(200)
            self.page.reload()
        self.reads(words)

    def reads(self, words: str) -> None:
        """See words on the page."""
        assert words in self.page.locator("body").inner_text(), (
            f"{words!r} is not on {self.page.url}:\n{self.page.locator('body').inner_text()}"
        )


def violations(context: BrowserContext, html: str, site: str) -> list[str]:
    """Return what axe finds wrong with a page by day and by night, each with where it is."""
    page = context.new_page()
    found = []
    try:
        page.goto(f"{site}/robots.txt")  # a page of the same origin, so that styles load
        page.set_content(html)
        page.evaluate(AXE.read_text())
        for size, scheme in ((PHONE, "light"), (DESK, "dark")):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += page.evaluate(VIOLATIONS)
            if page.evaluate(f"({SIDEWAYS})(document.documentElement)") > 0:
                found.append(f"scrolls sideways at {size['width']} px")
        return found
    finally:
        page.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the browser of this computer."""
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_QUIET)
        yield browser
        browser.close()


@pytest.fixture
def site(committed: str, settings: Settings) -> Iterator[str]:
    """Serve the pages from a database where commits are real; return the address."""
    settings.MAILERS = {"default": addresses.mailer("", demo=True)}  # tests replace it
    thread = LiveServerThread("localhost", _StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture
def worker(committed: str) -> Iterator[None]:
    """Let the real worker work beside the site: it sends letters and adds the ledger up."""
    process = subprocess.Popen(
        [sys.executable, "-m", "commonweal", "worker"], env=os.environ | {"DATABASE_URL": committed}
    )
    yield
    process.terminate()
    process.wait(30)


@pytest.fixture
def somebody(chromium: Browser, site: str) -> Iterator[type[Reader] | object]:
    """Return a way to give people browsers: `somebody()` is new here, on a phone, no scripts."""
    contexts: list[BrowserContext] = []

    def arrives(*, viewport: dict[str, int] | None = None, scripts: bool = False) -> Reader:
        size = viewport or PHONE
        own = chromium.new_context(
            viewport=size,
            java_script_enabled=scripts,
            locale="en-GB",  # type: ignore[arg-type]
        )
        watcher = chromium.new_context(
            viewport=size,
            bypass_csp=True,
            reduced_motion="reduce",  # axe must not look at colours half-way
            locale="en-GB",  # type: ignore[arg-type]
        )
        contexts.extend([own, watcher])
        return Reader(own, watcher, site)

    yield arrives
    for context in contexts:
        context.close()
