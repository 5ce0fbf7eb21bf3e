"""As a witness we sign what only grew, once each, and nothing else."""

import pytest
from django.urls import reverse

from commonweal.transparency import actions, queries
from commonweal.transparency.models import Watched, Witness
from commonweal.transparency.rules import notes, tree
from commonweal.transparency.rules.requests import Request

pytestmark = pytest.mark.django_db
OTHER = notes.Signer.made("other-city")


class OtherLog:
    """Another city's log, whose leaves we make up."""

    def __init__(self, word: str = "leaf") -> None:
        self.hashes = [tree.leaf_hash(f"{word} {n}".encode()) for n in range(40)]

    def node(self, height: int, n: int) -> bytes:
        if height == 0:
            return self.hashes[n]
        return tree.node_hash(self.node(height - 1, 2 * n), self.node(height - 1, 2 * n + 1))

    def request(self, old: int, new: int, *, key: notes.Signer = OTHER) -> Request:
        said = notes.Checkpoint(key.name, new, tree.root(new, self.node)).text
        proof = tree.consistency(old, new, self.node) if 0 < old <= new else []
        return Request(old, proof, notes.signed(said, [key]))


@pytest.fixture
def other(own_log) -> OtherLog:
    """Return a log that we watch."""
    actions.watch(verifier=str(OTHER.verifier))
    return OtherLog()


def test_what_only_grew_is_cosigned(other):
    for old, new in ((0, 3), (3, 7), (7, 7), (7, 40)):
        request = other.request(old, new)
        line = actions.cosign(request=request)

        note = notes.Note.read(f"{request.note.text}\n{line}")
        assert note.signed_by(queries.witness_verifier())
    assert Watched.objects.get().size == 40


def test_another_history_is_never_cosigned(other):
    actions.cosign(request=other.request(0, 5))
    forged = OtherLog("other leaf")

    with pytest.raises(actions.NotCosigned):
        actions.cosign(request=forged.request(5, 9))
    with pytest.raises(actions.OtherSize):
        actions.cosign(request=forged.request(5, 5))
    with pytest.raises(actions.OtherSize) as conflict:
        actions.cosign(request=other.request(3, 9))
    assert conflict.value.size == 5
    assert Watched.objects.get().size == 5


@pytest.fixture
def post(client):
    return lambda body: client.post(
        reverse("transparency:add_checkpoint"), str(body).encode(), content_type="text/plain"
    )


def test_over_http_each_refusal_has_the_status_of_the_standard(other, post):
    stranger = notes.Signer.made("nowhere")
    thief = notes.Signer.made("other-city")

    assert post(other.request(0, 5)).status_code == 200
    assert post(other.request(0, 5, key=stranger)).status_code == 404
    assert post(other.request(5, 6, key=thief)).status_code == 403
    assert post(OtherLog("forged").request(5, 9)).status_code == 422
    assert post(other.request(9, 6)).status_code == 400
    conflict = post(other.request(4, 9))
    assert (conflict.status_code, conflict.content) == (409, b"5\n")
    assert conflict["Content-Type"] == "text/x.tlog.size"


@pytest.mark.parametrize(
    "body",
    ["", "old 1", "old -1\n\nx", "old 01\n\nx\n", "old 0\nnot base64\n\nx\n\n— a b\n",
     "old 0\nAAAA\n\nother-city\n1\nAAAA\n\n— a AAAA\n", "old 0\n" + "A" * 200_000, "\x00\n\n"],
)  # fmt: skip
def test_nonsense_is_refused_calmly(other, post, body):
    assert post(body).status_code in {400, 413}


def test_only_a_post_is_answered(client, db):
    assert client.get(reverse("transparency:add_checkpoint")).status_code == 405


def test_more_seen_by_a_witness_than_stands_here_stops_the_signing(log, gives):
    gives(100)
    actions.advance()
    witness = notes.Signer.made("witness", notes.COSIGNATURE).verifier
    actions.add_witness(verifier=str(witness), address="http://localhost:1")
    Witness.objects.update(size=9)
    gives(100)

    with pytest.raises(actions.BehindWhatWasSeen):
        actions.advance()


def test_a_witness_that_cannot_be_reached_is_noted_and_asked_later(log, gives):
    gives(100)
    actions.advance()
    witness = notes.Signer.made("witness", notes.COSIGNATURE).verifier
    actions.add_witness(verifier=str(witness), address="http://localhost:1")

    assert actions.ask_witnesses() == 0
    assert queries.witnesses()[0].trouble
    assert queries.witnesses_to_ask(queries.checkpoint()) == []
