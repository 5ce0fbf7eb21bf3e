"""The file for the bank: valid by the official schemas, and read by others as we meant it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest
import sepaxml
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from commonweal.foundation.money import Money
from commonweal.payments.port import PayoutOrder, PayoutRequest
from commonweal.payments.queries import payout_files
from commonweal.rails.sepa.characters import ALLOWED, cut, plain

SCHEMAS = Path(sepaxml.__file__).parent / "schemas"  # as ISO 20022 publishes them
VERSIONS = ["pain.001.001.03", "pain.001.001.09"]
PAYER, IBANS = "BE71096123456769", ["BE68539007547034", "FR7630006000011234567890189"]
AT = datetime(2026, 11, 27, 16, 5, 9, tzinfo=UTC)


def order(*batch: PayoutRequest, bic: str = "GKCCBEBB", as_one: bool = True) -> PayoutOrder:
    return PayoutOrder(
        key=UUID(int=7), holder="Commons House VZW", iban=PAYER, bic=bic, as_one=as_one,
        execute_on=date(2026, 11, 30), written_at=AT, batch=batch,
    )  # fmt: skip


def payment(
    number: int = 1, minor: int = 1250, name: str = "Alice Peeters", reference: str = "Gardens, 1"
) -> PayoutRequest:
    return PayoutRequest(
        key=UUID(int=number), amount=Money(minor, "EUR"), name=name,
        iban=IBANS[number % 2], reference=reference,
    )  # fmt: skip


@cache
def official(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / f"{version}.xsd"))


@cache
def reader(version: str) -> xmlschema.XMLSchema:
    """Return a reader that knows the official schema and nothing of our writer."""
    return xmlschema.XMLSchema(SCHEMAS / f"{version}.xsd")


def read(version: str, file: bytes) -> dict:
    return reader(version).to_dict(io.BytesIO(file), decimal_type=str)["CstmrCdtTrfInitn"]


def block_of(version: str, one: PayoutOrder) -> dict:
    """Return the block of a file that a reader finds after the official schema took the file."""
    file = payout_files()[version].write(one)
    official(version).assertValid(etree.fromstring(file))
    return read(version, file)["PmtInf"][0]


def message_of(version: str, reference: str) -> dict:
    return block_of(version, order(payment(reference=reference)))["CdtTrfTxInf"][0]["RmtInf"]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_says_who_pays_whom_how_much_when_and_why(version):
    file = payout_files()[version].write(order(payment(1), payment(2, 99_999_999_999, "Bob")))
    official(version).assertValid(etree.fromstring(file))
    told = read(version, file)
    block, old = told["PmtInf"][0], version.endswith("03")

    assert told["GrpHdr"]["MsgId"] == block["PmtInfId"] == UUID(int=7).hex
    assert told["GrpHdr"]["CreDtTm"] == "2026-11-27T16:05:09"
    for sums in (told["GrpHdr"], block):
        assert (sums["NbOfTxs"], sums["CtrlSum"]) == ("2", "1000000012.49")
    assert block["PmtTpInf"] == {"InstrPrty": "NORM", "SvcLvl": _code("SEPA", old=old)}
    assert block["ReqdExctnDt"] == ("2026-11-30" if old else {"Dt": "2026-11-30"})
    assert (block["Dbtr"], block["DbtrAcct"]) == (
        {"Nm": "Commons House VZW"}, {"Id": {"IBAN": PAYER}},
    )  # fmt: skip
    assert block["DbtrAgt"] == {"FinInstnId": {"BIC" if old else "BICFI": "GKCCBEBB"}}
    assert (block["BtchBookg"], block["ChrgBr"]) == (True, "SLEV")
    first, second = block["CdtTrfTxInf"]
    assert first["PmtId"] == {"InstrId": UUID(int=1).hex, "EndToEndId": UUID(int=1).hex}
    assert first["Amt"] == {"InstdAmt": {"@Ccy": "EUR", "$": "12.50"}}
    assert (first["Cdtr"], first["CdtrAcct"]) == (
        {"Nm": "Alice Peeters"}, {"Id": {"IBAN": IBANS[1]}},
    )  # fmt: skip
    assert first["RmtInf"] == {"Ustrd": ["Gardens, 1"]}
    assert second["Amt"]["InstdAmt"]["$"] == "999999999.99"


def _code(code: str, *, old: bool) -> dict | list:
    return {"Cd": code} if old else [{"Cd": code}]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_account_without_a_bic_and_lines_booked_singly_are_valid_too(version):
    block = block_of(version, order(payment(), bic="", as_one=False))

    assert block["DbtrAgt"] == {"FinInstnId": {"Othr": {"Id": "NOTPROVIDED"}}}
    assert block["BtchBookg"] is False


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("reference", "issuer", "digits"),
    [
        ("+++090/9337/55493+++", "BBA", "090933755493"),
        ("***090/9337/55493***", "BBA", "090933755493"),
        ("RF18 5390 0754 7034", "ISO", "RF18539007547034"),
    ],
)
def test_a_reference_with_check_digits_is_told_as_one(version, reference, issuer, digits):
    (structured,) = message_of(version, reference)["Strd"]

    assert structured["CdtrRefInf"] == {
        "Tp": {"CdOrPrtry": {"Cd": "SCOR"}, "Issr": issuer}, "Ref": digits,
    }  # fmt: skip


@pytest.mark.parametrize(
    "reference", ["+++090/9337/55494+++", "RF19539007547034", "090933755493", "Invoice 7"]
)
def test_what_has_no_right_check_digits_stays_words(reference):
    assert message_of("pain.001.001.09", reference) == {"Ustrd": [plain(reference)]}


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=5),
    amounts=st.lists(st.integers(1, 99_999_999_999), min_size=5, max_size=5),
    reference=st.text(max_size=300),
    version=st.sampled_from(VERSIONS),
)
def test_whatever_people_are_called_the_file_is_valid_and_exact(names, amounts, reference, version):
    batch = [payment(number, amounts[number], name, reference) for number, name in enumerate(names)]

    block = block_of(version, order(*batch))

    found = block["CdtTrfTxInf"]
    assert [int(Decimal(one["Amt"]["InstdAmt"]["$"]) * 100) for one in found] == [
        one.amount.minor for one in batch
    ]
    assert Decimal(block["CtrlSum"]) * 100 == sum(one.amount.minor for one in batch)
    assert [one["PmtId"]["EndToEndId"] for one in found] == [one.key.hex for one in batch]
    for one in found:
        assert 1 <= len(one["Cdtr"]["Nm"]) <= 70
        assert set(one["Cdtr"]["Nm"]) <= ALLOWED
        words = one["RmtInf"].get("Ustrd", ["a"])[0]
        assert 1 <= len(words) <= 140
        assert set(words) <= ALLOWED


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Zoë Müller-Åström", "Zoe Muller-Astrom"),
        ("Straße & Söhne", "Strasse + Sohne"),
        ("Œuvre d’Ælfric, “Łódź”", "OEuvre d'AElfric, 'Lodz'"),
        ("Ελένη Θεοδώρου", "Eleni Theodoroy"),
        ("Юлия Щербакова", "Yuliya Shterbakova"),
        ("a@b.org_c", "a(at)b.org-c"),
        ("//code//word/", "code/word/"),
        ("  two \n lines ", "two lines"),
        ("李雷", ".."),
        ("", "."),
    ],
)
def test_letters_become_those_that_every_bank_takes(typed, sent):
    assert plain(typed) == sent


def test_a_text_is_cut_without_a_space_at_its_end():
    assert cut("a" * 69 + " bcd", 70) == "a" * 69


@pytest.mark.parametrize("minor", [0, 100_000_000_000])
def test_an_amount_no_bank_takes_is_no_transfer(minor):
    with pytest.raises(ValueError, match="above zero"):
        payout_files()["pain.001.001.09"].write(order(payment(minor=minor)))


def test_other_money_than_euros_is_no_transfer():
    dollars = PayoutRequest(UUID(int=1), Money(100, "USD"), "Al", IBANS[0], "x")
    with pytest.raises(ValueError, match="euros"):
        payout_files()["pain.001.001.09"].write(order(dollars))


def test_an_empty_order_makes_no_file():
    with pytest.raises(ValueError, match="somebody"):
        payout_files()["pain.001.001.03"].write(order())


def test_the_same_order_makes_the_same_bytes():
    file = payout_files()["pain.001.001.09"]

    assert file.write(order(payment())) == file.write(order(payment()))
