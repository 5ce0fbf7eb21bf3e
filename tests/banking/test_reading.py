"""Every format says the same of the same movements, and a wrong file is refused with its reason."""

import io
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from banking import dialects
from commonweal.banking.rules import coda, reading, statements, swift, table
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt
from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money

EUR = partial(Money.parse, currency="EUR")
OURS = "BE71096123456769"
HERS = "BE68539007547034"
DAY = date(2026, 3, 2)
SAMPLES = Path(__file__).resolve().parents[2].parent / "shared/data/camt"
LINES = [
    Line(
        amount=EUR("20.00"), booked_on=DAY, value_on=DAY, name="Zoé Peeters & zn", iban=HERS,
        reference="+++090/9337/55493+++", bank_ref="R1",
    ),
    Line(
        amount=EUR("-1234.56"), booked_on=DAY, value_on=DAY, name="Seed Shop", iban=HERS,
        text="invoice 12", end_to_end_id="0196c1d2e3f47a5b8c9d0e1f2a3b4c5d", bank_ref="R2",
    ),
    Line(
        amount=EUR("1234.56"), booked_on=date(2026, 3, 3), value_on=date(2026, 3, 3),
        name="Seed Shop", iban=HERS, text="account closed", reason="AC04", is_return=True,
        bank_ref="R3",
    ),
]  # fmt: skip
FORMATS = {
    "camt.053 version 2": camt(LINES, account=OURS, opening=EUR("100")),
    "camt.053 version 8": camt(LINES, account=OURS, opening=EUR("100"), version=8),
    "camt.053 version 13": camt(LINES, account=OURS, opening=EUR("100"), version=13),
    "camt.052": camt(LINES, account=OURS, opening=EUR("100"), kind="052", version=6),
    "camt.054": camt(LINES, account=OURS, opening=None, kind="054", version=4),
    "MT940": dialects.mt940(LINES, account=OURS, opening=EUR("100")),
    "CODA": dialects.coda(LINES, account=OURS, opening=EUR("100")),
    "CSV": dialects.table(LINES),
}


def read(content, which=None):
    return reading.read(io.BytesIO(content), which=which, account=OURS, currency="EUR")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_the_same(form):
    (found,) = read(FORMATS[form])

    told = [
        (one.amount, one.booked_on, one.iban, one.name.replace("&", ""), bool(one.reason))
        for one in found.lines
    ]
    knows_reasons = form != "CSV"
    assert told == [
        (
            one.amount,
            one.booked_on,
            HERS,
            one.name.replace("&", ""),
            bool(one.reason) and knows_reasons,
        )
        for one in LINES
    ]
    said = f"{found.lines[0].reference}{found.lines[0].text}"
    assert said.strip("+").replace("/", "") == "090933755493"
    assert "invoice 12" in found.lines[1].text
    assert found.account == OURS
    if form not in {"CSV", "camt.054"}:
        assert found.opening.amount == EUR("100")
        assert found.closing.amount == EUR("120")
        assert [one.is_return for one in found.lines] == [False, False, True]
        assert [one.bank_ref for one in found.lines] == ["R1", "R2", "R3"]
        assert found.lines[1].end_to_end_id == LINES[1].end_to_end_id


BATCH = camt(LINES[:1], account=OURS, opening=EUR("0")).decode()


def test_a_booking_of_several_gifts_is_read_as_each_of_them_where_they_add_up():
    two = "".join(
        f'<TxDtls><Amt Ccy="EUR">{amount}</Amt><RltdPties><Dbtr><Nm>{who}</Nm></Dbtr></RltdPties>'
        "</TxDtls>"
        for amount, who in [("5.00", "Ann"), ("15.00", "Ben")]
    )
    start, end = BATCH.index("<TxDtls>"), BATCH.index("</NtryDtls>")

    (found,) = read((BATCH[:start] + two + BATCH[end:]).encode())
    (whole,) = read((BATCH[:start] + two.replace("5.00", "6.00", 1) + BATCH[end:]).encode())

    assert [(one.name, one.amount, one.bank_ref) for one in found.lines] == [
        ("Ann", EUR("5"), "R1/1"), ("Ben", EUR("15"), "R1/2"),
    ]  # fmt: skip
    assert {one.entry_ref for one in found.lines} == {"R1"}
    assert [one.amount for one in whole.lines] == [EUR("20")]


def test_details_of_a_booking_have_references_and_currencies_of_their_own():
    part = (
        "<TxDtls><Refs><AcctSvcrRef>{ref}</AcctSvcrRef></Refs>{amount}"
        '<AmtDtls><InstdAmt><Amt Ccy="USD">11.00</Amt></InstdAmt></AmtDtls></TxDtls>'
    )
    euros = '<Amt Ccy="EUR">{}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'.format
    both = part.format(ref="A", amount=euros("5.00")) + part.format(ref="B", amount=euros("15.00"))
    start, end = BATCH.index("<TxDtls>"), BATCH.index("</NtryDtls>")

    (found,) = read((BATCH[:start] + both + BATCH[end:]).encode())
    (whole,) = read((BATCH[:start] + part.format(ref="A", amount="") * 2 + BATCH[end:]).encode())

    assert [(one.bank_ref, one.original) for one in found.lines] == [
        ("A", "11.00 USD"), ("B", "11.00 USD"),
    ]  # fmt: skip
    assert [(one.bank_ref, one.amount) for one in whole.lines] == [("R1", EUR("20"))]


def test_coda_knows_old_account_numbers_and_references_of_other_countries():
    text = FORMATS["CODA"].decode("latin-1")
    old = text.replace(f"12001{OURS:<34}EUR", f"10001{'096123456769':<13}EUR{' ' * 21}")
    creditor = text.replace("1101090933755493", "1100RF1509093375", 1)

    (found,) = coda.read(old)
    (other,) = coda.read(creditor)

    assert (found.account, found.currency) == ("096123456769", "EUR")
    assert other.lines[0].reference == "RF1509093375"


def test_rows_without_anything_are_skipped_in_a_csv():
    (found,) = read(FORMATS["CSV"] + b"\r\n;;;;\r\n")

    assert len(found.lines) == len(LINES)


def test_what_a_bank_only_announces_is_counted_and_not_read():
    (found,) = read(
        BATCH.replace("BOOK", "PDNG")
        .replace(
            '<Amt Ccy="EUR">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt>',
            '<Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt>',
        )
        .encode()
    )

    assert (found.lines, found.pending) == ((), 1)


def changed(old, new, content=None):
    content = content or FORMATS["camt.053 version 2"]
    assert old.encode() in content
    return content.replace(old.encode(), new.encode(), 1)


ENTITIES = '<!DOCTYPE Document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
WRONG = {
    "a photograph": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, statements.NotAStatement),
    "a letter": (b"Dear accountant,\n", statements.NotAStatement),
    "another XML": (b"<html></html>", statements.NotAStatement),
    "a payment order": (changed("camt.053.001.02", "pain.001.001.03"), statements.NotAStatement),
    "a cut file": (FORMATS["camt.053 version 2"][:900], statements.Broken),
    "entities": (changed("<Document", ENTITIES + "<Document"), statements.WantsOtherFiles),
    "another file": (
        changed("<Document", '<!DOCTYPE D SYSTEM "file:///etc/passwd"><Document'),
        statements.WantsOtherFiles,
    ),
    "too deep": (changed("<Ustrd>", "<a>" * 400 + "<Ustrd>"), statements.Broken),
    "no amount": (changed(">1234.56<", ">much<"), statements.Broken),
    "no side": (changed("<CdtDbtInd>DBIT", "<CdtDbtInd>OUT"), statements.Broken),
    "no day": (changed("<BookgDt><Dt>2026-03-02", "<BookgDt><Dt>2026-13-02"), statements.Broken),
    "no account": (FORMATS["camt.052"].replace(b"Acct>", b"Konto>"), statements.Refused),
    "another currency": (changed('<Amt Ccy="EUR">1234', '<Amt Ccy="USD">1234'), statements.Broken),
    "a booking without an amount": (
        changed('<Ntry><Amt Ccy="EUR">20.00</Amt>', "<Ntry>"), statements.Broken
    ),
    "a booking without any day": (
        changed("<BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-02</Dt></ValDt>", ""),
        statements.Broken,
    ),
    "a missing line": (changed(">20.00<", ">21.00<"), statements.DoesNotAddUp),
    "an empty file": (b"", statements.NotAStatement),
    "MT940 without a balance": (
        changed(":60F:", ":60X:", FORMATS["MT940"]), statements.Refused
    ),
    "MT940 with a wrong amount": (
        changed("D1234,56", "D12x4,56", FORMATS["MT940"]), statements.Refused
    ),
    "CODA with a wrong sum": (
        changed("000000001234560", "000000001234570", FORMATS["CODA"]), statements.Refused
    ),
    "MT940 with a strange line": (
        changed(":61:2603020302C20,00", ":61:2603020302C", FORMATS["MT940"]), statements.Refused
    ),
    "MT940 with a thirteenth month": (
        changed(":61:260302", ":61:261302", FORMATS["MT940"]), statements.Broken
    ),
    "MT940 in a strange currency": (
        FORMATS["MT940"].replace(b"EUR", b"XQX"), statements.Broken
    ),
    "CODA that only ends": (
        b"\n".join(FORMATS["CODA"].split(b"\n")[::len(FORMATS["CODA"].split(b"\n")) - 1]),
        statements.Broken,
    ),
    "CODA with a wrong number of records": (
        changed(" 000011", " 000012", FORMATS["CODA"]), statements.Broken
    ),
    "CODA with parts of a cent": (
        changed("0000000000020000", "0000000000020001", FORMATS["CODA"]), statements.Broken
    ),
    "CODA that ends early": (FORMATS["CODA"][:900], statements.Broken),
    "CODA without a beginning": (
        b"\n".join([FORMATS["CODA"].split(b"\n")[0], *FORMATS["CODA"].split(b"\n")[2:]]),
        statements.Broken,
    ),
    "CODA with a strange record": (changed("\n22", "\n7x", FORMATS["CODA"]), statements.Broken),
    "CODA with a lonely record": (changed("\n2300", "\n2900", FORMATS["CODA"]), statements.Broken),
    "CODA with no day": (changed("020326", "320326", FORMATS["CODA"]), statements.Broken),
    "CODA with no amount": (
        changed("1000000001234560", "x000000001234560", FORMATS["CODA"]), statements.Broken
    ),
    "CSV with a cell without end": (
        b"Date;Amount;Name\n1;2;" + b"x" * 200_000, statements.NotAStatement
    ),
    "CSV with strange columns": (
        dialects.table(LINES, headers="Een;Twee;Drie;Vier;Vijf"), table.ColumnsUnknown
    ),
    "CSV with no day": (changed("02/03/2026", "2 March", FORMATS["CSV"]), statements.Broken),
    "CSV with no amount": (changed("20,00", "twenty", FORMATS["CSV"]), statements.Broken),
    "CSV without lines": (dialects.table([]), statements.NotAStatement),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_file_is_refused_with_its_reason(what):
    content, refusal = WRONG[what]

    with pytest.raises(Refused) as refused:
        read(content)

    assert isinstance(refused.value, refusal)
    assert refused.value.status == 422


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_BYTES", 1000)
    monkeypatch.setattr(reading, "LARGEST_TEXT_BYTES", 400)

    for form in ("camt.053 version 2", "MT940"):
        with pytest.raises(statements.TooLarge):
            read(FORMATS[form])


@pytest.mark.parametrize(
    ("module", "form"),
    [("camt", "camt.052"), ("swift", "MT940"), ("coda", "CODA"), ("table", "CSV")],
)
def test_a_file_with_too_many_lines_is_not_read(monkeypatch, module, form):
    monkeypatch.setattr(f"commonweal.banking.rules.{module}.MOST_LINES", 1)

    with pytest.raises(statements.TooManyLines):
        read(FORMATS[form])


SAMPLE = {"camt053.v2.minimal.xml": "", "camt053.v3.xml": "X" * 22 + "EUR",
          "camt053.v4.xml": "AAAASESS-FP-CN_98765/01"}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLE)
def test_a_published_sample_is_read_without_loss(name):
    if not (SAMPLES / name).exists():
        pytest.skip(f"the published sample {name} is not on this computer")

    (found,) = read((SAMPLES / name).read_bytes())

    assert found.account == "NL26VAYB8060476890"
    assert [(one.code, str(one.amount)) for one in found.balances] == [
        ("OPBD", "18.15 EUR"), ("CLBD", "-27.00 SEK"), ("OPAV", "35.00 CHF"), ("CLAV", "-2700 JPY"),
    ]  # fmt: skip
    (line,) = found.lines
    assert (line.amount, line.booked_on, line.value_on) == (
        EUR("8.85"), date(2014, 12, 31), date(2015, 1, 2),
    )  # fmt: skip
    assert (line.name, line.iban) == ("NAME NAME", "NL56AGDH9619008421")
    assert (line.reference, line.bank_ref) == ("4654654654654654", SAMPLE[name])


def test_the_wrong_published_sample_is_refused():
    name = "camt053.v2.wrong.xml"
    if not (SAMPLES / name).exists():
        pytest.skip(f"the published sample {name} is not on this computer")

    with pytest.raises(statements.NotAStatement):
        read((SAMPLES / name).read_bytes())


GERMAN = """:20:STARTUMS
:25:12030000/1234567890
:28C:00001/001
:60F:C260301EUR100,00
:61:2603020302CR20,00NTRFNONREF
:86:166?00GUTSCHRIFT?20EREF+ABC-1?21SVWZ+Spende RF18 0909?22337554 danke?30GENODE
?31DE02120300000000202051?32ALICE MARIA VON DER LANGENF?33ELD
:61:2603020302DR5,00NCHGNONREF
:86:808?00ENTGELT?20Kontofuehrung
:61:2603020302RD7,00NTRFNONREF
:86:109?00RETOURE?20SVWZ+zurueck
:62F:C260302EUR122,00
-"""
DUTCH = """:20:P1
:25:NL44RABO0123456789 EUR
:28C:00002
:60F:C260301EUR0,00
:61:2603020302C20,00NTRFEREF//0001
:86:/EREF/E-1//CNTP/NL26VAYB8060476890/VAYBNL2A/A PEETERS/ADAM///REMI/USTD//+++090/93
37/55493+++/
:61:2603020302C1,00NTRFNONREF//0002
:86:betaling van NL26VAYB8060476890 IBAN dank
:62F:C260302EUR21,00
-"""


def test_each_country_writes_its_own_details_in_mt940():
    (german,) = swift.read(GERMAN)
    (dutch,) = swift.read(DUTCH)

    gift, cost, back = german.lines
    assert (gift.name, gift.iban) == ("ALICE MARIA VON DER LANGENFELD", "DE02120300000000202051")
    assert (gift.text, gift.end_to_end_id) == ("Spende RF18 0909337554 danke", "ABC-1")
    assert (cost.amount, cost.text, cost.iban) == (EUR("-5"), "Kontofuehrung", "")
    assert (back.amount, back.is_return, back.reason) == (EUR("7"), True, "109")
    first, second = dutch.lines
    assert (first.name, first.iban) == ("A PEETERS", "NL26VAYB8060476890")
    assert (first.text, first.end_to_end_id) == ("+++090/9337/55493+++", "E-1")
    assert second.iban == ""


def test_a_sum_of_several_movements_in_coda_is_read_as_each_of_them():
    records = FORMATS["CODA"].decode("latin-1").split("\n")
    first = records[2]
    parts = [
        first[:6] + f"000{n}" + first[10:31] + f"0{minor:014}0" + first[47:]
        for n, minor in [(1, 500), (2, 1500)]
    ]
    count = int(records[-1][16:22]) + 2
    records[-1] = records[-1][:16] + f"{count:06}" + records[-1][22:]

    (found,) = coda.read("\n".join([*records[:5], *parts, *records[5:]]))

    assert [one.amount for one in found.lines[:2]] == [EUR("5"), EUR("15")]
    assert [one.bank_ref for one in found.lines[:2]] == ["R1/0001", "R1/0002"]


def test_columns_that_a_person_named_are_remembered_by_their_headers():
    content = dialects.table(LINES, headers="Een;Twee;Drie;Vier;Vijf")
    named = table.Columns("Een", "Twee", name="Drie", iban="Vier", text="Vijf")

    (found,) = read(content, which=named)
    names = table.headers(content.decode("cp1252"))

    assert [one.amount for one in found.lines] == [one.amount for one in LINES]
    assert table.columns(named.kept(), names) == named
    with pytest.raises(table.ColumnsUnknown):
        table.columns({"booked_on": "Zes"}, names)
    assert table.signature(names) != table.signature(names[:-1])
