import re

import pytest

pytestmark = pytest.mark.xdist_group("cli")


def test_the_doctor_says_in_words_what_a_server_misses(command):
    done = command("doctor")

    assert done.returncode == 1
    assert "COMMONWEAL_SECRET_KEY is missing" in done.stdout
    assert "COMMONWEAL_MAIL_URL is missing" in done.stdout
    assert "migrations wait: run `commonweal migrate`" in done.stdout


def test_the_doctor_says_when_the_database_is_out_of_reach(command):
    done = command("doctor", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")

    assert done.returncode == 1
    assert "The database cannot be reached" in done.stdout


def test_a_misspelled_setting_is_said_without_a_traceback(command):
    done = command("doctor", COMMONWEAL_SECRT_KEY="x")

    assert done.returncode == 2
    assert done.stderr.strip() == (
        "COMMONWEAL_SECRT_KEY is not a setting of Commonweal; is it spelled right?"
    )


def test_a_database_without_tables_is_said_without_a_traceback(command):
    done = command("check-books")

    assert done.returncode == 2
    assert "run commonweal migrate first" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_key_is_long_and_different_each_time(command):
    first, second = (command("doctor", "--new-key").stdout.strip() for _ in range(2))

    assert re.fullmatch(r"[\w-]{60,}", first)
    assert first != second


def test_clean_books_are_said_to_be_right(instance):
    done = instance("check-books")

    assert (done.returncode, done.stdout.strip()) == (0, "The books are right.")


def test_every_euro_is_followed_anew_on_request(instance):
    done = instance("trace")

    assert done.returncode == 0
    assert done.stdout.startswith("Followed every euro: ")


def test_wrong_books_are_said_and_fail(copy_of_instance, tmp_path):
    command = copy_of_instance(tmp_path / "data")
    command.python(
        "from django.db import connection\n"
        "cursor = connection.cursor()\n"
        "cursor.execute('SET session_replication_role = replica')\n"
        'cursor.execute("INSERT INTO ledger_entry (transaction_id, n, account_id, kind, currency, '
        "amount) VALUES (1, 1, 1, 1, 'EUR', 100)\")"
    )

    done = command("check-books")

    assert done.returncode == 1
    assert "Every transaction adds up to zero" in done.stdout
