"""What a data folder remembers: whether it is a demo, its keys, and how far it was prepared."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from commonweal.config.environment import SETTINGS_FILE, WrongSetting

SOURCE = Path(__file__).resolve().parent.parent
PREPARED = "prepared"
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"


def remember(data: Path, *, demo: bool) -> None:
    """Write the settings of a new data folder, with fresh keys; refuse one of the other sort."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / SETTINGS_FILE
    if path.exists():
        _refuse_the_other_sort(path, demo=demo)
        return
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(_first_settings(demo=demo))
    beside.rename(path)


def new_key() -> str:
    """Return random text for signing or encrypting."""
    return secrets.token_urlsafe(48)


def is_prepared(data: Path) -> bool:
    """Whether this very source prepared the database and the static files of a data folder."""
    path = data / PREPARED
    return path.exists() and path.read_text() == _fingerprint()


def mark_prepared(data: Path) -> None:
    """Remember that database and static files are up to date, so that the next start is quick."""
    (data / PREPARED).write_text(_fingerprint())


def forget_prepared(data: Path) -> None:
    """Let the next start look again."""
    (data / PREPARED).unlink(missing_ok=True)


def _first_settings(*, demo: bool) -> str:
    lines = [
        "# Made at the first start. The environment overrules it. Keep the keys secret, and a copy",
        "# of the field keys elsewhere: without them bank accounts cannot be read.",
        f"COMMONWEAL_DEMO={int(demo)}",
        f"COMMONWEAL_HOSTS={LOCAL_HOSTS}",
        f"COMMONWEAL_SECRET_KEY={new_key()}",
        f"COMMONWEAL_FIELD_KEYS={new_key()}",
    ]
    return "\n".join(lines) + "\n"


def _refuse_the_other_sort(path: Path, *, demo: bool) -> None:
    holds_demo = "COMMONWEAL_DEMO=1" in path.read_text().splitlines()
    if holds_demo == demo:
        return
    this, other = ("a demo city", "bin/run") if holds_demo else ("an instance", "bin/run --empty")
    raise WrongSetting(
        f"The folder {path.parent} holds {this}: start it with `{other}`, "
        "or choose another folder with --data."
    )


def _fingerprint() -> str:
    """Name the state of everything that migrations and static files are made from."""
    digest = hashlib.sha256()
    for pattern in ("**/migrations/*.py", "**/sql/*.sql", "web/static/**/*"):
        for path in sorted(SOURCE.glob(pattern)):
            facts = path.stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
