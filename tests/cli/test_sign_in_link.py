from argparse import Namespace

from commonweal.cli import sign_in_link
from commonweal.people import actions
from commonweal.people.models import Login


def test_a_link_signs_somebody_in_once(db, client, capsys):
    actions.sign_up(email="ada@example.org", name="Ada")

    assert sign_in_link.run(Namespace(email="Ada@example.org")) == 0

    link = capsys.readouterr().out.split()[0]
    assert link.startswith("http://localhost:8000/sign-in/link/")
    page = link.removeprefix("http://localhost:8000")
    client.post(page)
    assert client.get("/settings").status_code == 200


def test_nobody_gets_a_link_to_nobody(db, capsys):
    actions.sign_up(email="ada@example.org", name="Ada")
    Login.objects.update(is_active=False)

    for email in ("bob@example.org", "ada@example.org"):
        assert sign_in_link.run(Namespace(email=email)) == 1
    assert "Nobody signs in with bob@example.org." in capsys.readouterr().err
