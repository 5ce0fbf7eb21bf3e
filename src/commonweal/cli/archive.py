"""The file that a backup is: a tar with a manifest, a database dump and the uploaded files."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from commonweal.foundation.errors import Refused

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files/"


class NotABackup(Refused):
    """This file is not a whole backup of Commonweal."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `keys` are fingerprints: with none of those keys, no bank account."""

    format: int
    made_at: str
    transactions: int
    files: int
    dump_sha256: str
    keys: list[str]


def fingerprints() -> list[str]:
    """Return short hashes of the field keys, which tell nothing about the keys."""
    return [hashlib.sha256(b"fingerprint " + key.encode()).hexdigest()[:16] for key in _keys()]


def _keys() -> list[str]:
    return list(settings.FIELD_KEYS)


def stored_files(folder: str = "") -> Iterator[str]:
    """Return the names of all uploaded files, wherever they are kept."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in files)
    for name in folders:
        yield from stored_files(prefix + name)


def sha256(path: Path) -> str:
    """Return the hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(path: Path, manifest: Manifest, dump: Path, names: list[str]) -> None:
    """Write a backup beside its place and move it there, so that a kill leaves no half of one."""
    beside = path.with_name(path.name + ".part")
    with tarfile.open(beside, "w") as tar:
        _add(tar, MANIFEST, json.dumps(asdict(manifest), indent=2).encode())
        tar.add(dump, DUMP)
        for name in names:
            with default_storage.open(name) as file:
                _add(tar, FILES + name, file.read())
    beside.chmod(0o600)
    beside.rename(path)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def unpack(path: Path, folder: Path) -> Manifest:
    """Unpack a backup into a folder, and refuse one that is damaged or no backup."""
    try:
        with tarfile.open(path) as tar:
            tar.extractall(folder, filter="data")
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
        whole = sha256(folder / DUMP) == manifest.dump_sha256
        files = sum(1 for one in (folder / FILES).rglob("*") if one.is_file())
    except FileNotFoundError as error:
        if not path.exists():
            raise NotABackup(f"There is no file {path}.") from error
        raise NotABackup(f"{path} is not a backup of Commonweal.") from error
    except (tarfile.TarError, ValueError, TypeError, OSError) as error:
        raise NotABackup(f"{path} is damaged, or not a backup of Commonweal: {error}") from error
    if not whole or files != manifest.files:
        raise NotABackup(f"{path} is damaged: not everything it lists is in it.")
    if manifest.format > FORMAT:
        raise NotABackup(f"{path} was made by a newer Commonweal: upgrade this one first.")
    return manifest


def store_files(folder: Path) -> set[str]:
    """Put unpacked files where uploaded files are kept; return their names."""
    names = set()
    for path in sorted((folder / FILES).rglob("*")):
        if path.is_file():
            name = path.relative_to(folder / FILES).as_posix()
            default_storage.delete(name)
            with path.open("rb") as file:
                default_storage.save(name, File(file))
            names.add(name)
    return names
