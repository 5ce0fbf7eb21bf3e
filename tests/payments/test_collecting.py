"""Collection runs: chosen, let go, given to the bank; nobody is collected from twice."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
import sepaxml
import xmlschema
from django.db import IntegrityError, connection, transaction

from commonweal.activity.models import Fact
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.giving import actions as giving
from commonweal.payments import actions, queries
from commonweal.payments.actions import collecting as refusals
from commonweal.payments.models import Charge, Collection, CollectRun, Mandate
from commonweal.payments.queries import debits
from debiting import ACCOUNT, CREDITOR, can_collect, charge_of, chosen, out, signed, states

SCHEMA = Path(sepaxml.__file__).parent / "schemas" / "pain.008.001.08.xsd"
MONDAY = date(2026, 11, 30)


@pytest.fixture
def host(commons, hana):
    """Return Commons House, which may collect and tells two days before."""
    return can_collect(commons, hana)


@pytest.fixture
def gifts(host, gardens, alice, dan):
    """Return two gifts that were signed for."""
    return [signed(gardens, alice, 2000), signed(gardens, dan, 550)]


@pytest.fixture
def run(host, gifts, carol):
    """Return a run of the two, as Carol prepared it."""
    return chosen(host, gifts, carol)


def in_file(file: bytes) -> list[dict]:
    """Return the blocks of a file, as an independent reader finds them."""
    told = xmlschema.XMLSchema(SCHEMA).to_dict(io.BytesIO(file), decimal_type=str)
    return told["CstmrDrctDbtInitn"]["PmtInf"]


def test_a_run_goes_from_chosen_to_sent_and_moves_no_money(run, gifts, carol):
    assert (run.number, run.status, states(run)) == (1, "prepared", ["chosen"] * 2)

    run = actions.release_collection(run=run, by=carol)
    assert (run.status, states(run)) == ("released", ["asked"] * 2)

    kind, _ = actions.take_collection_file(run=run, by=carol)
    run.refresh_from_db()
    assert (kind, run.status) == ("pain.008.001.08", "sent")
    assert {charge_of(one).state for one in gifts} == {"pending"}
    assert not queries.unexplained()


def test_the_file_says_from_whom_how_much_by_which_mandate(run, gifts, carol):
    _, file = actions.take_collection_file(
        run=actions.release_collection(run=run, by=carol), by=carol
    )
    (block,) = in_file(file)

    assert block["PmtTpInf"]["SeqTp"] == "OOFF"
    assert block["CdtrSchmeId"]["Id"]["PrvtId"]["Othr"][0]["Id"] == CREDITOR
    asked = Collection.objects.order_by("pk")
    assert [
        (
            one["PmtId"]["EndToEndId"], one["InstdAmt"]["$"], one["DbtrAcct"]["Id"]["IBAN"],
            one["DrctDbtTx"]["MndtRltdInf"]["MndtId"],
        )
        for one in block["DrctDbtTxInf"]
    ] == [
        (charge_of(gift).uuid.hex, amount, ACCOUNT, one.mandate.reference)
        for gift, amount, one in zip(gifts, ["20.00", "5.50"], asked, strict=True)
    ]  # fmt: skip
    assert {one.block for one in asked} == {block["PmtInfId"]}
    told = date.fromisoformat(block["ReqdColltnDt"])
    assert told >= clock.today() + timedelta(days=2)
    assert {one.mandate.last_used_on for one in asked} == {told}


def test_each_day_and_step_is_a_block_of_its_own(host, gardens, alice, dan, carol):
    now, later = signed(gardens, alice), signed(gardens, dan)
    monthly = signed(gardens, alice, 700)
    Charge.objects.filter(pk=charge_of(later).pk).update(
        due_on=clock.today() + timedelta(days=20), period="2026-12"
    )
    Mandate.objects.filter(subject=charge_of(monthly).subject).update(is_recurrent=True)

    _, file = actions.take_collection_file(
        run=actions.release_collection(run=chosen(host, [now, later, monthly], carol), by=carol),
        by=carol,
    )

    found = [(one["ReqdColltnDt"], one["PmtTpInf"]["SeqTp"]) for one in in_file(file)]
    assert [step for _, step in found] == ["FRST", "OOFF", "OOFF"]
    assert found[0][0] == found[1][0] < found[2][0]
    assert len({one["PmtInfId"] for one in in_file(file)}) == 3


def test_the_file_is_the_same_each_time_and_stands_encrypted(run, carol):
    run = actions.release_collection(run=run, by=carol)

    with clock.moved_to(clock.now() + timedelta(hours=1)):
        first = actions.take_collection_file(run=run, by=carol)
    assert actions.take_collection_file(run=run, by=carol) == first
    with connection.cursor() as cursor:
        cursor.execute("SELECT file FROM payments_collectrun")
        files = cursor.fetchall()
        cursor.execute("SELECT iban, holder, signature FROM payments_mandate")
        stored = str([*files, *cursor.fetchall()])
    assert "Document" not in stored
    assert not [one for one in (ACCOUNT, "Alice") if one in stored]


def test_a_charge_is_in_one_living_run(run, host, gifts, carol, hana):
    with pytest.raises(refusals.ChosenElsewhere):
        chosen(host, gifts[:1], hana)
    first = Collection.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Collection.objects.create(
            run=run, charge=first.charge, mandate=first.mandate, amount_minor=1, currency="EUR"
        )

    actions.cancel_collection(run=run, by=carol)

    assert chosen(host, gifts, hana).number == 2


def test_a_released_run_can_be_given_up_until_somebody_has_the_file(run, host, gifts, carol):
    run = actions.release_collection(run=run, by=carol)
    run = actions.cancel_collection(run=run, by=carol)
    assert (run.status, states(run)) == ("cancelled", ["freed"] * 2)
    assert Fact.objects.filter(kind="collection.called_off").count() == 2

    second = out(host, gifts, carol)

    with pytest.raises(refusals.RunMovedOn):
        actions.cancel_collection(run=second, by=carol)
    with pytest.raises(refusals.RunMovedOn):
        actions.release_collection(run=second, by=carol)
    keys = {one.end_to_end for one in second.collections.all()}
    assert keys == {charge_of(one).uuid.hex for one in gifts}


def test_what_cannot_be_collected_any_more_stays_behind_and_says_why(run, gifts, alice, dan, carol):
    Mandate.objects.filter(party=alice).update(state=Mandate.State.AT_REST)
    run = actions.release_collection(run=run, by=carol)

    behind, asked = run.collections.order_by("pk")
    assert (behind.state, behind.code, asked.state) == ("left out", "no mandate", "asked")
    assert Fact.objects.filter(kind="collection.announced").count() == 1
    with pytest.raises(giving.AtTheBank):
        giving.cancel(contribution=gifts[1], by=dan)


def test_where_nothing_fits_nobody_is_told(run, gifts, alice, dan, carol):
    for gift, giver in zip(gifts, [alice, dan], strict=True):
        giving.cancel(contribution=gift, by=giver)

    with pytest.raises(refusals.NothingFits):
        actions.release_collection(run=run, by=carol)
    assert states(run) == ["chosen"] * 2
    assert not Fact.objects.filter(kind="collection.announced").exists()


@pytest.mark.parametrize(
    ("numbers", "refusal"),
    [([], refusals.NothingChosen), ([0], refusals.ChosenElsewhere),
     (range(501), refusals.TooMany)],
)  # fmt: skip
def test_a_run_is_of_something_that_is_due(host, carol, numbers, refusal):
    with pytest.raises(refusal):
        actions.prepare_collection(host=host, charges=list(numbers), by=carol)
    assert not CollectRun.objects.exists()


def test_only_what_is_signed_and_near_is_due(host, gifts, gardens, alice):
    far = signed(gardens, alice)
    Charge.objects.filter(pk=charge_of(far).pk).update(
        due_on=clock.today() + timedelta(days=40), period="2027-01"
    )

    assert [one.charge.pk for one in debits.due(host)] == [charge_of(one).pk for one in gifts]


def test_where_two_persons_collect_the_other_one_lets_it_go(commons, host, gifts, hana, carol):
    can_collect(commons, hana, second_person=True)
    run = chosen(host, gifts, carol)

    with pytest.raises(refusals.SecondPerson):
        actions.release_collection(run=run, by=carol)
    assert actions.release_collection(run=run, by=hana).released_by == hana


def test_without_an_identifier_nothing_is_collected(commons, host, run, hana, carol):
    with pytest.raises(refusals.MandatesStand):
        can_collect(commons, hana, creditor_id="")
    Mandate.objects.update(state=Mandate.State.REVOKED)
    can_collect(commons, hana, creditor_id="")

    with pytest.raises(refusals.CannotCollect):
        actions.release_collection(run=run, by=carol)
    assert "debit" not in {one.name for one in queries.offered(commons, "EUR")}


def test_a_stranger_collects_nothing(run, host, gifts, alice):
    for act in (actions.release_collection, actions.take_collection_file,
                actions.cancel_collection):  # fmt: skip
        with pytest.raises((NotAllowed, refusals.RunMovedOn)):
            act(run=run, by=alice)


def test_mandates_that_nobody_used_for_three_years_end(gifts):
    with clock.moved_to(clock.now() + timedelta(days=3 * 365 - 2)):
        assert actions.expire_mandates(by=None) == 0
    with clock.moved_to(clock.now() + timedelta(days=3 * 366)):
        assert actions.expire_mandates(by=None) == 2
        assert actions.expire_mandates(by=None) == 0

    assert set(Mandate.objects.values_list("state", flat=True)) == {"expired"}
    assert Fact.objects.filter(kind="mandate.expired").count() == 2


def test_of_an_erased_giver_only_mandates_that_were_used_stay(host, gifts, gardens, alice, carol):
    out(host, gifts[:1], carol)
    signed(gardens, alice)

    actions.forget_mandates(person=alice, by=alice)

    (kept,) = Mandate.objects.filter(party=alice)
    assert (kept.subject, kept.state) == (charge_of(gifts[0]).subject, "revoked")
