"""What a hostile server, a torn file or a broken line does to a verifier: it is found."""

import json
import shutil

import pytest

from commonweal.transparency import actions, queries
from commonweal_verify import leaves
from commonweal_verify.audit import Audit, Wishes
from commonweal_verify.memory import Memory
from commonweal_verify.merkle import leaf_hash
from commonweal_verify.notes import PublicKey
from commonweal_verify.problems import CannotCheck, Missing, Wrong
from commonweal_verify.receipts import check
from commonweal_verify.report import printable
from commonweal_verify.sources import Folder, Server, opened
from transparency.conftest import accounts, gives  # noqa: F401 - fixtures

GOOD = (
    b'{"at":"2026-01-02T03:04:05.000006Z",'
    b'"c":{"counterparty":"CFuVpy4Llwp-1I45T1ieJ5MiKsvALD3yDXMrKEZFJnw"},"cat":"gifts",'
    b'"eff":"2026-01-02","host":1,"id":"0198c0de-0000-7000-8000-000000000001","kind":1,'
    b'"p":[["charges:1:transfer:EUR",1,-2000],["funds:7:1:EUR",1,1900,1,"1900"],'
    b'["host_fees:1:EUR",2,100]],"refs":{"contribution":"k3f9"},"v":"leaf/1"}'
)


def test_the_vectors_of_the_specification():
    salt = bytes(range(32))
    leaf = leaves.parse(GOOD)

    assert leaf.commitments["counterparty"] == leaves.commitment(
        "counterparty", salt, "Zoë Peeters"
    )
    assert [line.balance for line in leaf.lines] == [None, 1900, None]
    digest = "814db5161b4286c4e5dc7d9e36526d369b1af27358f29768d61cfb6591cf3dae"
    assert leaf_hash(GOOD).hex() == digest
    assert len(GOOD) == 343


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'"v":"leaf/1"', b'"v":"leaf/2"'), (b'"kind":1,', b'"kind": 1,'),
        (b'"kind":1,', b'"kind":1.0,'), (b'"kind":1,', b'"kind":true,'), (b"-2000", b"-2e3"),
        (b"-2000", b"-99999999999999999999"), (b'"1900"', b"1900"), (b'"1900"', b'"01900"'),
        (b'["host_fees:1:EUR",2,100]', b'["host_fees:1:EUR",2,100,1,"100"]'),
        (b',1,"1900"]', b"]"), (b"funds:7:1:EUR", b"funds:7:1:eur"),
        (b'"eff":"2026-01-02"', b'"eff":"2026-02-30"'), (b"03:04:05.000006Z", b"03:04:05Z"),
        (b'"cat":"gifts",', b'"cat":"gifts","cat":"gifts",'), (b'"cat"', b'"cab"'),
        (b'"refs":{"contribution":"k3f9"}', b'"refs":[]'), (b"0198c0de", b"0198C0DE"),
        (b"gifts", b"\xff\xfe"), (b'"p":[[', b'"p":[{},['), (GOOD, b"[" * 60_000), (GOOD, b"null"),
        (GOOD, b'"' + b"9" * 50_000), (GOOD, b"9" * 50_000), (b'"gifts"', b'"\\ud800"'),
    ],
)  # fmt: skip
def test_a_leaf_that_is_not_canonical_is_refused(was, becomes):
    assert was in GOOD

    with pytest.raises(Wrong) as found:
        leaves.parse(GOOD.replace(was, becomes, 1))
    assert found.value.what == "format"


@pytest.fixture
def copy(log, gives, tmp_path):  # noqa: F811
    """Return a copy of a published log of 300 transactions."""
    for _ in range(300):
        gives(100)
    actions.advance()
    actions.publish()
    return shutil.copytree(log, tmp_path / "copy")


def audited(copy, memory=None, **wishes):
    return Audit(Folder(copy), Memory(memory), Wishes(**wishes)).run()


def test_a_copy_verifies_and_each_torn_file_is_found(copy):
    assert audited(copy).wrong is None

    # Higher tiles are not read: whoever is given wrong ones gets another root from them.
    shutil.rmtree(copy / "tile" / "1")
    for path in sorted(one for one in copy.rglob("*") if one.is_file()):
        content = path.read_bytes()
        for torn in (b"", content[:-3], content[: len(content) // 2], b"\x00" + content[1:]):
            path.write_bytes(torn)
            assert audited(copy).wrong is not None, (path, torn[:20])
        path.write_bytes(content)


def test_a_log_that_claims_more_than_it_has_is_found(copy):
    (copy / "tile/entries/001.p/44").unlink()

    assert audited(copy).wrong.what == "missing"
    assert audited(copy).wrong.index == 256


def test_a_visit_that_was_broken_off_goes_on(copy, tmp_path, monkeypatch):
    monkeypatch.setattr("commonweal_verify.audit.KEEP_EACH", 1)
    torn = copy / "tile/entries/001.p/44"
    content = torn.read_bytes()
    memory = tmp_path / "memory"

    class Breaks(Folder):
        def get(self, path):
            if "001" in path:
                raise CannotCheck("the line is dead")
            return super().get(path)

    with pytest.raises(CannotCheck):
        Audit(Breaks(copy), Memory(memory)).run()
    assert (memory / "part.json").exists()
    whole = len((copy / "tile/entries/000").read_bytes())

    found = audited(copy, memory)
    assert found.wrong is None
    assert found.received < whole
    assert len(content) < found.received


def test_a_damaged_memory_says_so(copy, tmp_path):
    audited(copy, tmp_path / "memory")
    (tmp_path / "memory" / "seen.json").write_text("{")

    with pytest.raises(CannotCheck, match="damaged"):
        audited(copy, tmp_path / "memory")


def test_a_new_key_counts_where_the_old_one_signed_for_it(
    log, gives, tmp_path, django_capture_on_commit_callbacks  # noqa: F811
):  # fmt: skip
    gives(100)
    actions.advance()
    actions.publish()
    first = json.loads((log / "keys").read_text())["keys"][0]["verifier"]
    assert audited(log, tmp_path / "memory").wrong is None
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            actions.rotate_key()
    gives(100)
    actions.advance()
    actions.publish()

    assert audited(log, tmp_path / "memory").wrong is None
    assert audited(log, trusted=first).wrong is None
    rows = json.loads((log / "keys").read_text())
    rows["keys"][1]["handover"] = rows["keys"][2]["handover"]
    (log / "keys").write_text(json.dumps(rows))
    assert audited(log).wrong.what == "key"


def test_another_key_than_the_one_known_is_found(copy, tmp_path):
    other = "other+33d7b496+AeHZzHX/4ADMmuiMFpsEpyoxIVyP1MlW4yIOZYzy0Pmm"

    with pytest.raises(Wrong):
        PublicKey.parse("nonsense")
    assert audited(copy, trusted=other).wrong.what == "key"


def test_a_witness_that_did_not_sign_is_missed(copy):
    key = json.loads((copy / "keys").read_text())["keys"][0]["verifier"]

    assert audited(copy, witnesses=[PublicKey.parse(key)]).wrong is None
    stranger = PublicKey(text="", name="stranger", kind=4, raw=bytes(32), hash=b"abcd")
    assert audited(copy, witnesses=[stranger]).wrong.what == "witness"


def test_a_receipt_proves_one_thing_only(copy, log, gives, client):  # noqa: F811
    gives(2000, who="Alice", what="Tomatoes")
    actions.advance()
    receipt = queries.proof(300).receipt()
    assert check(json.dumps(receipt).encode()).facts["counterparty"] == "Alice"

    for change in (
        {"index": 299}, {"proof": []}, {"leaf": receipt["leaf"].replace("2000", "2001")},
        {"facts": {"counterparty": [receipt["facts"]["counterparty"][0], "Bob"]}},
        {"checkpoint": receipt["checkpoint"].replace("301", "302")}, {"keys": []}, {"leaf": None},
    ):  # fmt: skip
        with pytest.raises(Wrong):
            check(json.dumps(receipt | change).encode())
    with pytest.raises(Wrong):
        check(b"\x00")


def test_a_name_cannot_move_the_cursor_of_who_verifies():
    assert printable("Zoë\x1b[2J\u202eevil\n✓ right") == "Zoë?[2J?evil\n✓ right"


@pytest.mark.parametrize("name", ["claims", "keys", "checkpoint"])
@pytest.mark.parametrize(
    "content",
    [b"null", b"[]", b"[" * 100_000, b'{"size": "x"}', b'{"keys": [1]}', b"\xff",
     b'{"size": 300, "groups": [1], "totals": []}', b'{"size": 300, "groups": [], "totals": [1]}'],
)  # fmt: skip
def test_nonsense_from_a_server_is_reported_calmly(copy, name, content):
    (copy / name).write_bytes(content)

    assert audited(copy).wrong is not None
    assert audited(copy, collective="gardens").wrong is not None


def test_what_is_no_source_is_said(tmp_path):
    for where in (str(tmp_path / "nowhere"), "ftp://example.org", "https://"):
        with pytest.raises(CannotCheck):
            opened(where)
    assert isinstance(opened("https://example.org/"), Server)
    with pytest.raises(Missing):
        opened(str(tmp_path)).get("checkpoint")
