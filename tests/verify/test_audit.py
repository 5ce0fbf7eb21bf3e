"""What an honest server looks like to somebody who does not trust it."""


def test_a_first_visit_proves_everything(busy, signed, verify):
    busy.gift(20_00)
    signed()

    found = verify()

    assert found.wrong is None
    print(found)
