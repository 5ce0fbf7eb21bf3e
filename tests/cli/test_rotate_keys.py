"""A new key takes over everything that stands encrypted, and the old one can go."""

from argparse import Namespace

from allauth.mfa.models import Authenticator
from django.db import connection

from commonweal.cli import rotate_keys
from commonweal.foundation.fields import EncryptedField
from commonweal.payments.models import CollectRun, Mandate
from commonweal.spending import actions
from commonweal.spending.models import PayoutMethod
from debiting import ACCOUNT, HOLDER, can_collect, out, signed
from spending.conftest import IBAN

SECRET = EncryptedField()


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT iban, holder FROM spending_payoutmethod")
        return cursor.fetchone()


def test_after_a_rotation_the_old_key_is_not_needed(alice, settings, capsys):
    settings.FIELD_KEYS = ["the old key"]
    actions.add_payout_method(party=alice, holder="Alice", iban=IBAN, by=alice)
    lock = Authenticator.objects.create(
        user=alice.login, type="totp", data={"secret": SECRET.get_prep_value("JBSW"), "n": 6}
    )
    before = stored()

    settings.FIELD_KEYS = ["the new key", "the old key"]
    assert rotate_keys.run(Namespace()) == 0

    settings.FIELD_KEYS = ["the new key"]
    method = PayoutMethod.objects.get()
    lock.refresh_from_db()
    assert (method.iban, method.holder) == (IBAN, "Alice")
    assert SECRET.from_db_value(lock.data["secret"]) == "JBSW"
    assert lock.data["n"] == 6
    assert not set(before) & set(stored())
    assert capsys.readouterr().out.startswith("2 rows")


def test_mandates_and_files_for_the_bank_are_written_anew_too(
    commons, hana, carol, gardens, alice, settings
):
    settings.FIELD_KEYS = ["the old key"]
    run = out(can_collect(commons, hana), [signed(gardens, alice)], carol)

    settings.FIELD_KEYS = ["the new key", "the old key"]
    rotate_keys.run(Namespace())

    settings.FIELD_KEYS = ["the new key"]
    mandate = Mandate.objects.get()
    assert (mandate.iban, mandate.holder) == (ACCOUNT, HOLDER)
    assert mandate.signature == "Alice Peeters"
    assert ACCOUNT in CollectRun.objects.get(pk=run.pk).file
