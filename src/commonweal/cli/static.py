"""Static files get a name with a hash and a compressed twin, so that they may be kept for ever."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

MARK = ".collected"
NOT_SERVED = ["css"]  # web.stylesheet joins these and sends them itself


def collect() -> bool:
    """Collect the static files into the data folder, unless nothing changed; say whether it did.

    They are made beside their place and moved there, so that a kill leaves no half of them.
    """
    place = Path(settings.STATIC_ROOT)
    found = list(_found())
    mark = _fingerprint(found)
    if (place / MARK).exists() and (place / MARK).read_text() == mark:
        return False
    beside = place.with_name("static.new")
    shutil.rmtree(beside, ignore_errors=True)
    _write(found, beside)
    (beside / MARK).write_text(mark)
    shutil.rmtree(place, ignore_errors=True)
    beside.rename(place)
    return True


def _found() -> Iterator[tuple[str, Storage]]:
    for finder in get_finders():
        yield from finder.list(NOT_SERVED)


def _fingerprint(found: list[tuple[str, Storage]]) -> str:
    digest = hashlib.sha256()
    for name, storage in sorted(found, key=lambda pair: pair[0]):
        facts = Path(storage.path(name)).stat()
        digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _write(found: list[tuple[str, Storage]], folder: Path) -> None:
    storage = CompressedManifestStaticFilesStorage(location=str(folder))
    paths = {}
    for name, source in found:
        if name not in paths:  # the first finder wins, as it does while developing
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source.path(name), folder / name)
            paths[name] = (storage, name)
    for _, _, outcome in storage.post_process(paths):
        if isinstance(outcome, Exception):
            raise outcome
