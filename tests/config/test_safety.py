from dataclasses import replace

import pytest

from commonweal.config import safety
from commonweal.config.environment import Environment, WrongSetting

KEY = "k" * 50
SAFE = Environment(
    secret_key=KEY, field_keys=KEY, hosts="example.org", address="https://example.org"
)


def test_a_server_with_keys_and_hosts_may_start():
    safety.refuse_unsafe(SAFE)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"debug": True}, "COMMONWEAL_DEBUG"),
        ({"secret_key": ""}, "COMMONWEAL_SECRET_KEY"),
        ({"secret_key": "short"}, "COMMONWEAL_SECRET_KEY"),
        ({"field_keys": ""}, "COMMONWEAL_FIELD_KEYS"),
        ({"field_keys": f"{KEY},short"}, "COMMONWEAL_FIELD_KEYS"),
        ({"hosts": ""}, "COMMONWEAL_HOSTS"),
        ({"hosts": "example.org,*"}, "COMMONWEAL_HOSTS"),
        ({"hosts": "."}, "COMMONWEAL_HOSTS"),
        ({"address": "example.org"}, "COMMONWEAL_ADDRESS"),
    ],
)
def test_an_unsafe_start_is_refused_with_the_setting_to_change(change, name):
    with pytest.raises(WrongSetting, match=name):
        safety.refuse_unsafe(replace(SAFE, **change))


def test_every_reason_is_told_at_once():
    assert len(safety.problems(Environment())) == 3


def test_a_demo_may_start_with_nothing_said():
    safety.refuse_unsafe(Environment(demo=True, debug=True))
