"""The file that collects: valid by the official schemas, and read by others as we meant it."""

from __future__ import annotations

import io
from dataclasses import replace
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
from commonweal.payments.port import DebitBlock, DebitOrder, DebitRequest
from commonweal.payments.queries import debit_files
from commonweal.rails.sepa.characters import ALLOWED

SCHEMAS = Path(sepaxml.__file__).parent / "schemas"  # as ISO 20022 publishes them
VERSIONS = ["pain.008.001.02", "pain.008.001.08"]
OURS, IBANS = "BE71096123456769", ["BE68539007547034", "FR7630006000011234567890189"]
CREDITOR = "BE69ZZZ0123456789"
AT = datetime(2026, 11, 27, 16, 5, 9, tzinfo=UTC)
FIRST = DebitRequest(
    key=UUID(int=1), amount=Money(1000, "EUR"), name="Zoë Müller", iban=IBANS[0],
    mandate="CW-7K2M9", signed_on=date(2026, 11, 1), message="Gardens: Monthly",
)  # fmt: skip
NEXT = replace(FIRST, key=UUID(int=2), amount=Money(2550, "EUR"), name="Al", iban=IBANS[1])


def block(*batch: DebitRequest, number: int = 8, step: str = "FRST") -> DebitBlock:
    return DebitBlock(
        key=UUID(int=number), step=step, collect_on=date(2026, 12, 1), batch=batch or (FIRST,)
    )


def order(*blocks: DebitBlock, bic: str = "GKCCBEBB", as_one: bool = True) -> DebitOrder:
    return DebitOrder(
        key=UUID(int=7), holder="Commons House VZW", iban=OURS, bic=bic, creditor_id=CREDITOR,
        written_at=AT, blocks=blocks or (block(),), as_one=as_one,
    )  # fmt: skip


@cache
def official(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / f"{version}.xsd"))


@cache
def reader(version: str) -> xmlschema.XMLSchema:
    """Return a reader that knows the official schema and nothing of our writer."""
    return xmlschema.XMLSchema(SCHEMAS / f"{version}.xsd")


def read(version: str, one: DebitOrder) -> dict:
    """Return what a reader finds in a file that the official schema took."""
    file = debit_files()[version].write(one)
    official(version).assertValid(etree.fromstring(file))
    return reader(version).to_dict(io.BytesIO(file), decimal_type=str)["CstmrDrctDbtInitn"]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_says_who_collects_how_much_from_whom_by_which_mandate(version):
    told = read(version, order(block(FIRST), block(NEXT, number=9, step="RCUR")))
    old = version.endswith("02")
    first, second = told["PmtInf"]

    assert (told["GrpHdr"]["NbOfTxs"], told["GrpHdr"]["CtrlSum"]) == ("2", "35.50")
    assert told["GrpHdr"]["MsgId"] == UUID(int=7).hex
    assert (first["PmtInfId"], second["PmtInfId"]) == (UUID(int=8).hex, UUID(int=9).hex)
    assert first["PmtTpInf"] == {
        "SvcLvl": {"Cd": "SEPA"} if old else [{"Cd": "SEPA"}],
        "LclInstrm": {"Cd": "CORE"}, "SeqTp": "FRST",
    }  # fmt: skip
    assert second["PmtTpInf"]["SeqTp"] == "RCUR"
    assert (first["PmtMtd"], first["ReqdColltnDt"], first["CtrlSum"]) == (
        "DD", "2026-12-01", "10.00",
    )  # fmt: skip
    assert (first["Cdtr"], first["CdtrAcct"]) == (
        {"Nm": "Commons House VZW"}, {"Id": {"IBAN": OURS}},
    )  # fmt: skip
    assert first["CdtrAgt"] == {"FinInstnId": {"BIC" if old else "BICFI": "GKCCBEBB"}}
    assert first["CdtrSchmeId"] == {
        "Id": {"PrvtId": {"Othr": [{"Id": CREDITOR, "SchmeNm": {"Prtry": "SEPA"}}]}}
    }
    (one,) = first["DrctDbtTxInf"]
    assert one["PmtId"] == {"InstrId": UUID(int=1).hex, "EndToEndId": UUID(int=1).hex}
    assert one["InstdAmt"] == {"@Ccy": "EUR", "$": "10.00"}
    assert one["DrctDbtTx"] == {"MndtRltdInf": {"MndtId": "CW-7K2M9", "DtOfSgntr": "2026-11-01"}}
    assert (one["Dbtr"], one["DbtrAcct"]) == (
        {"Nm": "Zoe Muller"}, {"Id": {"IBAN": IBANS[0]}},
    )  # fmt: skip
    assert one["RmtInf"] == {"Ustrd": ["Gardens: Monthly"]}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("step", ["FRST", "RCUR", "OOFF", "FNAL"])
def test_each_step_of_a_mandate_is_valid_also_without_a_bic_and_with_a_reference(version, step):
    known = replace(FIRST, reference="RF18539007547034")
    (told,) = read(version, order(block(known, step=step), bic="", as_one=False))["PmtInf"]

    assert told["PmtTpInf"]["SeqTp"] == step
    assert told["BtchBookg"] is False
    assert told["CdtrAgt"] == {"FinInstnId": {"Othr": {"Id": "NOTPROVIDED"}}}
    (structured,) = told["DrctDbtTxInf"][0]["RmtInf"]["Strd"]
    assert structured["CdtrRefInf"]["Ref"] == "RF18539007547034"


@settings(max_examples=30, deadline=None)
@given(
    names=st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=4),
    amounts=st.lists(st.integers(1, 99_999_999_999), min_size=4, max_size=4),
    words=st.text(max_size=300),
    version=st.sampled_from(VERSIONS),
)
def test_whatever_people_are_called_the_file_is_valid_and_exact(names, amounts, words, version):
    batch = [
        replace(FIRST, amount=Money(amount, "EUR"), name=name, message=words)
        for name, amount in zip(names, amounts, strict=False)
    ]

    (told,) = read(version, order(block(*batch)))["PmtInf"]

    cents = [int(Decimal(one["InstdAmt"]["$"]) * 100) for one in told["DrctDbtTxInf"]]
    assert cents == [one.amount.minor for one in batch]
    assert Decimal(told["CtrlSum"]) * 100 == sum(cents)
    for one in told["DrctDbtTxInf"]:
        said = one["RmtInf"]["Ustrd"][0]
        assert 1 <= len(one["Dbtr"]["Nm"]) <= 70
        assert 1 <= len(said) <= 140
        assert set(one["Dbtr"]["Nm"] + said) <= ALLOWED


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"amount": Money(0, "EUR")}, "above zero"),
        ({"amount": Money(100_000_000_000, "EUR")}, "above zero"),
        ({"amount": Money(100, "USD")}, "euros"),
        ({"mandate": "M" * 36}, "35 letters"),
        ({"mandate": "é"}, "35 letters"),
        ({"mandate": ""}, "35 letters"),
    ],
)
def test_what_no_bank_takes_is_not_written(wrong, why):
    with pytest.raises(ValueError, match=why):
        debit_files()["pain.008.001.08"].write(order(block(replace(FIRST, **wrong))))


def test_an_empty_order_makes_no_file():
    for empty in (replace(order(), blocks=()), order(replace(block(), batch=()))):
        with pytest.raises(ValueError, match="somebody"):
            debit_files()["pain.008.001.02"].write(empty)


def test_the_same_order_makes_the_same_bytes():
    file = debit_files()["pain.008.001.08"]

    assert file.write(order()) == file.write(order())
