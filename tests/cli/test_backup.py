import json
import shutil
import tarfile

import pytest

pytestmark = pytest.mark.xdist_group("cli")

LIFE = """
from datetime import date
from uuid import UUID
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from commonweal.foundation.clock import now
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Kind, Purpose
from commonweal.ledger.rules import Draft, Posting
from commonweal.hosting.models import Host
from commonweal.papers.models import Paper
from commonweal.people.models import Party

party = Party.objects.create(kind="organization", slug="gardens", name="Gärdens", created_at=now())
bank = ledger.open_account(purpose=Purpose.BANK, currency="EUR", host=1, rail="transfer")
funds = ledger.open_account(purpose=Purpose.FUNDS, currency="EUR", party=party.pk, host=1)
ledger.post(Draft(
    key=UUID(int=7), kind=Kind.CONTRIBUTION, effective_on=date(2026, 1, 31),
    postings=(Posting(bank.pk, -2000, Kind.ARRIVAL), Posting(funds.pk, 2000, Kind.CONTRIBUTION)),
))
while ledger.advance():
    pass
host = Host.objects.create(party=party, since=now())
Paper.objects.create(
    host=host, holder=party, kind="receipt", year=2026, number=1, subject="charge:7", secret="s",
    language="en", amount_minor=2000, currency="EUR", issued_at=now(), facts="{}",
    content=bytes(range(256)), digest="",
)
default_storage.save("receipts/seeds.txt", ContentFile(b"12 packets of seeds"))
"""

SEEN = """
from django.core.files.storage import default_storage
from commonweal.ledger import queries
from commonweal.ledger.models import Account, Purpose
from commonweal.papers.models import Paper
from commonweal.people.models import Party
assert Paper.objects.get().content == bytes(range(256)), "a paper is the same to the last byte"
funds = Account.objects.get(purpose=Purpose.FUNDS)
print(Party.objects.get(slug="gardens").name, queries.balance(funds.pk))
print(default_storage.open("receipts/seeds.txt").read().decode())
print(sorted(default_storage.listdir("receipts")[1]))
"""


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory, copy_of_instance):
    """An instance with somebody, some money and a file in it."""
    command = copy_of_instance(tmp_path_factory.mktemp("lived-in") / "data")
    keys = command.data / "settings.env"
    keys.write_text(keys.read_text().replace("FIELD_KEYS=", "FIELD_KEYS=of-its-own-"))
    command.python(LIFE)
    return command


@pytest.fixture(scope="module")
def backup(lived_in, tmp_path_factory):
    file = tmp_path_factory.mktemp("backup") / "backup.tar"
    done = lived_in("backup", file)
    assert done.returncode == 0, done.stderr
    return file


def with_keys_of(lived_in, command):
    command.data.mkdir(exist_ok=True)
    shutil.copy(lived_in.data / "settings.env", command.data)
    return command


def test_a_backup_brings_back_people_money_and_files_on_another_machine(lived_in, backup, command):
    done = with_keys_of(lived_in, command)("restore", backup)

    assert done.returncode == 0, done.stderr
    assert "1 transactions, 1 files" in done.stdout
    assert "The books are right" in done.stdout
    assert command.python(SEEN) == lived_in.python(SEEN)
    assert "Gärdens 20.00 EUR" in command.python(SEEN)


def test_restoring_over_something_needs_to_be_said(lived_in, backup):
    refused = lived_in("restore", backup)
    lived_in.python(
        "from django.core.files.storage import default_storage as s\n"
        "from django.core.files.base import ContentFile\n"
        "s.save('receipts/later.txt', ContentFile(b'x'))"
    )

    done = lived_in("restore", backup, "--replace")

    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    assert done.returncode == 0, done.stderr
    assert "later.txt" not in lived_in.python(SEEN)


def test_bank_accounts_of_other_keys_are_not_restored(backup, instance):
    done = instance("restore", backup)

    assert done.returncode == 2
    assert "COMMONWEAL_FIELD_KEYS" in done.stderr


def damaged(backup, folder, change):
    with tarfile.open(backup) as tar:
        tar.extractall(folder, filter="data")
    change(folder)
    file = folder.parent / "damaged.tar"
    with tarfile.open(file, "w") as tar:
        for path in sorted(folder.iterdir()):
            tar.add(path, path.name)
    return file


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "database.dump").write_bytes(b"PGDMP but not really"),
        lambda folder: (folder / "files" / "receipts" / "seeds.txt").unlink(),
        lambda folder: (folder / "manifest.json").unlink(),
        lambda folder: (folder / "manifest.json").write_text(json.dumps({"format": 1})),
    ],
    ids=["the dump is another", "a file is missing", "no manifest", "an empty manifest"],
)
def test_a_damaged_backup_changes_nothing(lived_in, backup, tmp_path, change):
    file = damaged(backup, tmp_path / "unpacked", change)

    done = lived_in("restore", file, "--replace")

    assert done.returncode == 2
    assert "backup of Commonweal" in done.stderr or "is damaged" in done.stderr
    assert "Gärdens 20.00 EUR" in lived_in.python(SEEN)


def test_a_backup_is_for_its_owner_and_never_over_another_file(lived_in, backup):
    again = lived_in("backup", backup)

    assert backup.stat().st_mode & 0o077 == 0
    assert again.returncode == 2
    assert "exists already" in again.stderr


def test_what_was_cut_off_is_refused(lived_in, backup, tmp_path):
    file = tmp_path / "cut.tar"
    file.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])

    done = lived_in("restore", file, "--replace")

    assert done.returncode == 2
    assert "damaged" in done.stderr
