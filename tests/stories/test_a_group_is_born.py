"""The main job, end to end: on a phone, without scripts, each page checked by axe.

Bob starts a group and Commons House accepts it; a stranger gives 20 €; Alice is paid back for
seeds; and anybody sees both movements in the public ledger.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image

from browser.browsers import Reader
from commonweal.hosting import actions as hosting
from commonweal.people import actions as people
from commonweal.people.models import Role
from commonweal.places.models import Place

Arrives = Callable[..., Reader]


@pytest.fixture
def a_host(site: str) -> None:
    """Let there be a server with a host: Hana decides, Carol pays."""
    brussels = Place.objects.get(slug="brussels")
    login = people.set_up(
        name="Commonweal Brussels", admin_name="Hana Wouters",
        admin_email="hana@example.org", place=brussels,
    )  # fmt: skip
    house = people.create_organization(name="Commons House", by=login.person, place=brussels)
    hosting.become_host(
        organization=house, by=login.person, fee_ppm=50_000, iban="BE71096123456769",
        bic="GKCCBEBB", account_holder="Commons House VZW",
    )  # fmt: skip
    for name in ("Carol Belkacem", "Bob Haddad", "Alice Peeters"):
        person = people.sign_up(
            email=f"{name.split(maxsplit=1)[0].lower()}@example.org", name=name
        ).person
        if name.startswith("Carol"):
            people.grant(person=person, party=house, role=Role.ACCOUNTANT, by=login.person)


def signs_in(reader: Reader, email: str) -> None:
    """Type the address, read the code in the demo's mailbox, type the code."""
    reader.types(email=email)
    reader.presses("Send me a code")
    mailbox = Reader(reader.context, reader.watcher, reader.site)
    mailbox.goes_to(f"/mailbox?to={email}")
    mailbox.waits_for("is your code")
    code = re.search(r"\b[A-Z0-9]{3,4}-[A-Z0-9]{3,4}\b|\b\d{6}\b", mailbox.page.inner_text("main"))
    assert code is not None, mailbox.page.inner_text("main")
    mailbox.page.close()
    reader.types(code=code.group())
    reader.presses("Go in")


def slip() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (90, 120), "white").save(picture, "JPEG")
    return picture.getvalue()


@pytest.mark.usefixtures("a_host", "worker")
def test_a_group_is_born_is_given_to_and_pays_back(somebody: Arrives) -> None:
    bob = somebody()
    starts(bob)
    welcomes(somebody())
    gives(somebody())
    asks_back(somebody())
    agrees(bob)
    pays(somebody())

    anybody = somebody()
    anybody.goes_to("/roof-gardens/ledger")
    anybody.waits_for("Seeds")
    for words in ("Hanne Maes", "€20.00", "−€12.50"):
        anybody.reads(words)
    anybody.goes_to("/ledger")
    anybody.goes_to("/roof-gardens")
    anybody.goes_to("/")


def starts(bob: Reader) -> None:
    """Bob has a group that asks Commons House."""
    bob.goes_to("/")
    bob.goes_to("/start")
    bob.types(name="Roof Gardens", about="We grow food on roofs.", place="Ixelles")
    bob.page.locator('[name="theme"]').select_option(value="community-garden")
    bob.presses("Start")
    signs_in(bob, "bob@example.org")
    bob.reads("Here is what you typed.")
    bob.presses("Start")
    bob.reads("Roof Gardens exists now, as a draft.")

    bob.goes_to("/roof-gardens/apply")
    bob.page.get_by_label("Commons House").check()
    bob.types(message="Four neighbours and a roof.")
    bob.presses("Send the request")


def welcomes(hana: Reader) -> None:
    """Hana says yes for Commons House."""
    hana.goes_to("/sign-in")
    signs_in(hana, "hana@example.org")
    hana.goes_to("/commons-house/hosting")
    hana.reads("Roof Gardens")
    hana.presses("Say yes")


def gives(stranger: Reader) -> None:
    """Somebody nobody knows gives 20 € with the pretend card."""
    stranger.goes_to("/roof-gardens")
    stranger.presses("Give")
    stranger.types(own="20", name="Hanne Maes", email="hanne@example.org")
    stranger.page.locator('[name="way"][value="sandbox"]').check()
    stranger.presses("Show what it does")
    stranger.reads("€18.47")
    stranger.presses("Give")
    stranger.presses("Pay €20.00")
    stranger.reads("Thank you")


def asks_back(alice: Reader) -> None:
    """Alice sends the slip for the seeds."""
    alice.goes_to("/roof-gardens/expenses/new")
    signs_in(alice, "alice@example.org")
    alice.page.locator('[name="receipts"]').set_input_files(
        {"name": "slip.jpg", "mimeType": "image/jpeg", "buffer": slip()}
    )
    alice.types(line__0__what="Seeds", line__0__amount="12.50", iban="BE68 5390 0754 7034")
    alice.page.locator('[name="line-0-category"]').select_option(label="Plants and seeds")
    alice.presses("Send it to be agreed to")
    alice.reads("Seeds")


def agrees(bob: Reader) -> None:
    """Bob, who did not file it, agrees."""
    bob.goes_to("/roof-gardens/expenses/1")
    bob.presses("Agree to €12.50")


def pays(carol: Reader) -> None:
    """Carol takes the money out of the pot and says when the bank paid."""
    carol.goes_to("/sign-in")
    signs_in(carol, "carol@example.org")
    carol.goes_to("/commons-house/hosting")
    carol.goes_to("/roof-gardens/expenses/1/pay")
    carol.reads("BE68539007547034")
    carol.presses("Take €12.50 out of the pot")
    carol.types(reference="S-12")
    carol.presses("It is paid")
    carol.reads("paid it")
