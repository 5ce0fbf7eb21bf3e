import pytest

from commonweal.config import addresses
from commonweal.config.environment import WrongSetting


def test_a_database_address_may_carry_odd_characters_and_options():
    found = addresses.database("postgresql://ann:p%40ss@db.example:5433/com%20mon?sslmode=require")

    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("ann", "p@ss", "db.example")
    assert (found["PORT"], found["NAME"]) == ("5433", "com mon")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_database_behind_a_socket_is_found():
    found = addresses.database("postgresql://postgres@/postgres?host=/run/postgresql")

    assert found["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("url", ["mysql://a/b", "db.example/commonweal"])
def test_another_database_is_refused(url):
    with pytest.raises(WrongSetting, match="DATABASE_URL must start with"):
        addresses.database(url)


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example", 587, False, True),
        ("smtps://mail.example", 465, True, False),
        ("smtp://localhost:1025", 1025, False, False),
    ],
)
def test_letters_leave_encrypted_unless_the_server_is_here(url, port, ssl, tls):
    options = addresses.mailer(url, demo=False)["OPTIONS"]

    assert (options["port"], options["use_ssl"], options["use_tls"]) == (port, ssl, tls)


def test_the_demo_keeps_its_letters():
    assert addresses.mailer("", demo=True)["BACKEND"] == addresses.MAILBOX


def test_files_may_be_kept_in_a_bucket(tmp_path):
    url = "s3://key:secret@bucket/folder?endpoint=https://s3.example&region=eu"

    options = addresses.file_store(url, tmp_path)["OPTIONS"]

    assert options["bucket_name"] == "bucket"
    assert options["location"] == "folder"
    assert options["endpoint_url"] == "https://s3.example"
    assert options["secret_key"] == "secret"
    assert options["default_acl"] == "private"


def test_files_in_the_data_folder_are_for_the_server_alone(tmp_path):
    options = addresses.file_store("", tmp_path)["OPTIONS"]

    assert options["file_permissions_mode"] == 0o600
