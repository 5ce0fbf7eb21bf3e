"""Statements that are dropped into a watched folder, and lines that still have to be placed.

Each host has a folder of its own, named by its address. What was read moves into `read`, what was
refused into `refused`, with the reason beside it.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

from django.conf import settings

from commonweal.banking import actions, queries
from commonweal.foundation.errors import Refused
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host

logger = logging.getLogger(__name__)
# A file that changed this lately may still be on its way here.
_SETTLED_S = 10


def read() -> int:
    """Take in what was dropped and place what leaves no doubt; return how many files were read."""
    folder: Path | None = settings.STATEMENTS
    count = 0
    for host in hosting.hosts() if folder else ():
        count += sum(_read(host, path) for path in _dropped((folder or Path()) / host.party.slug))
    for host in queries.with_new_lines():
        actions.place_new(host=host, by=None)
    return count


def _dropped(folder: Path) -> list[Path]:
    """Return the files that lie in a folder and do not change any more, in the order they came."""
    if not folder.is_dir():
        return []
    found = [one for one in folder.iterdir() if one.is_file() and not one.name.startswith(".")]
    now = time.time()  # noqa: TID251 - the clock of the folder, not of the city
    rested = [one for one in found if now - one.stat().st_mtime > _SETTLED_S]
    return sorted(rested, key=lambda one: (one.stat().st_mtime, one.name))


def _read(host: Host, path: Path) -> bool:
    """Take in one file, and move it aside; trouble with one must not hold up the others."""
    try:
        with path.open("rb") as content:
            actions.take(host=host, name=path.name, content=content, by=None)
    except Refused as refusal:
        logger.warning("the statement %s was refused: %s", path.name, refusal)
        aside = _moved(path, "refused")
        aside.with_name(f"{aside.name}.why.txt").write_text(f"{refusal}\n")
        return False
    except Exception:
        logger.exception("the statement %s could not be read yet", path.name)
        return False
    _moved(path, "read")
    return True


def _moved(path: Path, where: str) -> Path:
    """Move a file aside, beside one of the same name that lies there already."""
    target = path.parent / where / path.name
    target.parent.mkdir(exist_ok=True)
    number = 1
    while target.exists():
        number += 1
        target = target.with_name(f"{path.stem}-{number}{path.suffix}")
    return path.rename(target)
