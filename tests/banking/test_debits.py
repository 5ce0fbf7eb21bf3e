"""What the bank shows of direct debits: lumps, single lines, what it takes back or refuses."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from banking.conftest import EUR, HERS
from commonweal.banking import actions, queries
from commonweal.banking.actions import CannotBeUndone
from commonweal.banking.models import BankLine, Match
from commonweal.banking.queries import offers
from commonweal.banking.rules import answers
from commonweal.banking.rules.statements import Broken, TooLarge, WantsOtherFiles
from commonweal.foundation.errors import Refused
from commonweal.giving.models import Contribution
from commonweal.payments.models import Collection, Mandate
from debiting import can_collect, charge_of, out, signed, states

LUMP = "PMNT-IDDT-ESDD"
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"


@pytest.fixture
def gifts(commons, gardens, alice, dan, hana):
    """Return two gifts of 20.00 and 5.50 that were signed for."""
    can_collect(commons, hana)
    return [signed(gardens, alice, 2000), signed(gardens, dan, 550)]


@pytest.fixture
def run(commons, gifts, carol):
    """Return a run of the two that is at the bank; afterwards all money is explained."""
    yield out(commons, gifts, carol)
    assert queries.unexplained() == []


@pytest.fixture
def day(run):
    """Return the day on which the bank collects."""
    return run.collections.first().collect_on


def named(run, number=0):
    return run.collections.order_by("pk")[number].end_to_end


def received(gifts):
    return [Contribution.objects.get(pk=one.pk).received_minor for one in gifts]


def lump(line, day, amount="25.50", **said):
    return line(amount, on=day, iban="", name="", code=LUMP, **said)


@pytest.mark.parametrize("by", ["block", "run", "amount"])
def test_one_line_settles_all_that_the_bank_collected(bank, line, run, gifts, day, holds, by):
    text = {"block": run.collections.first().block, "run": run.uuid.hex, "amount": "COLLECTION"}

    bank(lump(line, day, text=text[by]))

    assert (received(gifts), states(run)) == ([2000, 550], ["come"] * 2)
    assert {one.reason for one in Match.objects.all()} == {"collected"}
    assert (holds("UNPLACED"), holds("BANK")) == (EUR("0"), EUR("-1025.50"))
    assert {charge_of(one).arrived_on for one in gifts} == {day}


def test_lines_of_their_own_settle_one_by_one(bank, line, run, gifts, day):
    for number, amount in enumerate(["20.00", "5.50"]):
        bank(line(amount, on=day, iban=HERS, end_to_end_id=named(run, number)))

    assert (received(gifts), states(run)) == ([2000, 550], ["come"] * 2)


@pytest.mark.parametrize(
    ("amount", "said", "days", "asks"),
    [
        ("25.00", {"text": "run"}, 0, "collected_differs"),
        ("25.50", {"text": "COLLECTION"}, 30, "nothing"),
        ("25.50", {"text": "COLLECTION"}, -3, "nothing"),
        ("20.00", {"end_to_end_id": "0" * 32}, 0, "nothing"),
    ],
)
def test_what_does_not_fit_is_asked(bank, line, run, gifts, day, amount, said, days, asks):
    said = {name: run.uuid.hex if text == "run" else text for name, text in said.items()}

    bank(lump(line, day + timedelta(days=days), amount, **said))

    assert (received(gifts), states(run)) == ([0, 0], ["asked"] * 2)
    assert BankLine.objects.get().question == asks


def test_two_lumps_of_as_much_are_asked_about(bank, line, run, gifts, commons, gardens, alice,
                                              dan, carol, day):  # fmt: skip
    others = [signed(gardens, alice, 2000), signed(gardens, dan, 550)]
    out(commons, others, carol)

    bank(lump(line, day))

    found = BankLine.objects.get()
    assert (received([*gifts, *others]), found.question) == ([0] * 4, "several")
    _, second = offers.debited(found)
    share = actions.Share("debit", 2550, collections=second.numbers)
    actions.place(line=found, shares=[share], by=carol)
    assert received([*gifts, *others]) == [0, 0, 2000, 550]
    with pytest.raises(CannotBeUndone):
        actions.undo(line=found, by=carol)


def test_a_line_that_a_transfer_of_a_neighbour_could_be_is_no_collection(bank, line, commons,
                                                                         gifts, carol):  # fmt: skip
    run = out(commons, gifts[:1], carol)

    bank(line("20.00", on=run.collections.get().collect_on, iban="", name="", text="hello"))

    assert (received(gifts), BankLine.objects.get().question) == ([0, 0], "nothing")


def test_what_the_bank_takes_back_leaves_the_pot_with_its_reason(bank, line, run, gifts, day,
                                                                 gardens, holds):  # fmt: skip
    bank(lump(line, day))
    back = day + timedelta(days=3)

    bank(line("-20.00", on=back, iban=HERS, is_return=True, reason="MD06",
              end_to_end_id=named(run)))  # fmt: skip

    assert (received(gifts), states(run)) == ([0, 550], ["back", "come"])
    assert holds("FUNDS", party=gardens) == EUR("5.22")  # less the host's five percent
    assert holds("UNPLACED") == EUR("0")
    first = run.collections.order_by("pk")[0]
    assert (first.code, first.mandate.state) == ("MD06", "at rest")
    assert Contribution.objects.get(pk=gifts[0].pk).status == "refunded"


def test_its_price_is_the_hosts_own_in_one_line_or_in_two(bank, line, run, gifts, day, holds):
    bank(lump(line, day))
    back = {"on": day + timedelta(days=3), "is_return": True, "iban": ""}

    bank(line("-23.25", reason="AM04", end_to_end_id=named(run), **back))
    bank(line("-5.50", reason="MS03", end_to_end_id=named(run, 1), **back))
    bank(line("-2.50", on=back["on"], iban="", name="", code="CHRG"))

    assert (received(gifts), states(run)) == ([0, 0], ["back"] * 2)
    assert holds("HOST_OWN") == EUR("-5.75")
    assert set(Mandate.objects.values_list("state", flat=True)) == {"active"}


def test_a_person_says_what_came_back_without_a_name(bank, line, run, gifts, day, carol):
    bank(lump(line, day))
    bank(line("-5.50", on=day + timedelta(days=2), iban="", name="", is_return=True, reason="MS02"))

    found = BankLine.objects.get(state="asked")
    (one,) = offers.debited(found)
    assert one.title == "Gardens: Gift"
    share = actions.Share("debit", -550, collections=one.numbers)
    actions.place(line=found, shares=[share], by=carol)

    assert (received(gifts), states(run)) == ([2000, 0], ["come", "back"])


def test_what_comes_back_before_it_came_is_asked(bank, line, run, gifts, day):
    bank(line("-20.00", on=day, iban=HERS, is_return=True, end_to_end_id=named(run)))

    assert (BankLine.objects.get().question, states(run)) == ("came_back", ["asked"] * 2)


def test_a_settled_lump_cannot_be_undone_by_hand(bank, line, run, gifts, day, carol):
    bank(lump(line, day))

    with pytest.raises(CannotBeUndone):
        actions.undo(line=BankLine.objects.get(), by=carol)
    assert received(gifts) == [2000, 550]


def answer(run, *lines, group=("",), block=("",)):
    """Return what a bank answers: to the file, to its block, to single collections."""

    def status(tag, said, code=""):
        why = f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf>" if code else ""
        return f"<{tag}>{said}</{tag}>{why}" if said else ""

    told = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{key}</OrgnlEndToEndId>{status('TxSts', said, code)}"
        "</TxInfAndSts>"
        for key, said, code in lines
    )
    about = run.collections.first().block
    return io.BytesIO(
        f'<?xml version="1.0"?><Document xmlns="{NAMESPACE}"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>A</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{run.uuid.hex}"
        f"</OrgnlMsgId>{status('GrpSts', *group)}</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>"
        f"<OrgnlPmtInfId>{about}</OrgnlPmtInfId>{status('PmtInfSts', *block)}{told}"
        f"</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>".encode()
    )


@pytest.mark.parametrize(
    ("code", "mandate", "says"),
    [("AM04", "active", "not enough"), ("AC04", "at rest", "closed"),
     ("ZZ99", "active", "did not collect")],
)  # fmt: skip
def test_a_collection_that_the_bank_refuses_fails_with_its_reason(
    run, gifts, commons, carol, code, mandate, says
):
    sent = answer(run, (named(run), "RJCT", code), (named(run, 1), "ACSP", ""))

    told = actions.take_answers(host=commons, content=sent, by=carol)

    assert (told.refused, told.new, states(run)) == (1, 1, ["refused", "asked"])
    first, second = (charge_of(one) for one in gifts)
    assert (first.state, second.state) == ("failed", "pending")
    assert says in first.failure
    assert run.collections.order_by("pk")[0].mandate.state == mandate
    sent.seek(0)
    assert actions.take_answers(host=commons, content=sent, by=carol).new == 0


def test_after_a_refusal_the_lump_is_what_is_left(run, gifts, commons, carol, bank, line, day):
    sent = answer(run, (named(run), "RJCT", "AC04"), group=("PART",))
    actions.take_answers(host=commons, content=sent, by=carol)

    bank(lump(line, day, "5.50", text=run.uuid.hex))

    assert (received(gifts), states(run)) == ([0, 550], ["refused", "come"])


@pytest.mark.parametrize("of", ["group", "block"])
def test_a_refused_file_or_block_refuses_all_of_it(run, commons, carol, of):
    sent = answer(run, **{of: ("RJCT", "FF01")})

    assert actions.take_answers(host=commons, content=sent, by=carol).new == 2
    assert states(run) == ["refused"] * 2


def test_an_accepted_file_changes_nothing_and_another_hosts_answer_neither(
    run, commons, carol, dan
):
    told = actions.take_answers(host=commons, content=answer(run, group=("ACTC",)), by=carol)
    assert (told.refused, states(run)) == (0, ["asked"] * 2)

    with pytest.raises(Refused):
        actions.take_answers(host=commons, content=answer(run, group=("RJCT",)), by=dan)
    Collection.objects.update(end_to_end="")
    told = actions.take_answers(host=commons, content=answer(run, group=("RJCT",)), by=carol)
    assert told.refused == 0


HOSTILE = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<Document><CstmrPmtStsRpt>&x;</CstmrPmtStsRpt></Document>"
)


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", answers.NotAnAnswer),
        (b"%PDF-1.7", answers.NotAnAnswer),
        (b"<Document/>", answers.NotAnAnswer),
        (b'<Document xmlns="urn:x"><CstmrPmtStsRpt/></Document>', answers.NotAnAnswer),
        (b"<Document><CstmrPmtStsRpt/></Document>", Broken),
        (b"<Document><CstmrPmtStsRpt>", Broken),
        (HOSTILE, WantsOtherFiles),
        (b"<" * (answers.LARGEST_BYTES + 1), TooLarge),
    ],
    ids=["empty", "pdf", "nothing", "stranger", "no group", "cut", "hostile", "large"],
)
def test_what_is_no_answer_of_a_bank_is_refused_in_words(raw, refusal):
    with pytest.raises(refusal):
        answers.read(io.BytesIO(raw))
