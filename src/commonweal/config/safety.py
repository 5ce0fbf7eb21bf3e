"""What must be right before anybody is served, in sentences that say what to do."""

from __future__ import annotations

from urllib.parse import urlsplit

from commonweal.config.environment import Environment, WrongSetting, listed

SHORTEST_KEY = 50


def refuse_unsafe(environment: Environment) -> None:
    """Raise `WrongSetting` with every reason why this server must not start."""
    reasons = problems(environment)
    if reasons:
        raise WrongSetting("\n".join(reasons))


def problems(environment: Environment) -> list[str]:
    """Return what makes it unsafe to serve people; a demo of pretend money may do with less."""
    if environment.demo:
        return []
    checks = [_about_debug, _about_keys, _about_hosts, _about_address]
    return [sentence for check in checks for sentence in check(environment)]


def _about_debug(environment: Environment) -> list[str]:
    if not environment.debug:
        return []
    return ["COMMONWEAL_DEBUG shows private data in error pages: remove it, or use the demo."]


def _about_keys(environment: Environment) -> list[str]:
    found = []
    if len(environment.secret_key) < SHORTEST_KEY:
        found.append(
            f"COMMONWEAL_SECRET_KEY is missing or shorter than {SHORTEST_KEY} characters: "
            "set it to random text (`commonweal doctor --new-key` prints some) and keep it."
        )
    keys = listed(environment.field_keys)
    if not keys or min(map(len, keys)) < SHORTEST_KEY:
        found.append(
            f"COMMONWEAL_FIELD_KEYS is missing or shorter than {SHORTEST_KEY} characters: bank "
            "accounts could not be encrypted. Set it as the secret key, and keep a copy elsewhere."
        )
    return found


def _about_hosts(environment: Environment) -> list[str]:
    hosts = listed(environment.hosts)
    if not hosts:
        return ["COMMONWEAL_HOSTS is missing: list the names people type, such as example.org."]
    if any(host in {"*", "."} or host.endswith("*") for host in hosts):
        return ["COMMONWEAL_HOSTS is open to any name: list the names people type instead of `*`."]
    return []


def _about_address(environment: Environment) -> list[str]:
    parts = urlsplit(environment.address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ["COMMONWEAL_ADDRESS must be a whole address, such as https://example.org."]
    return []
