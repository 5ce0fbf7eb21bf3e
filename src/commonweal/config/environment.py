"""Every variable this server reads from its environment, with type, default and help."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "COMMONWEAL_"
DATA = Path("data")
SETTINGS_FILE = "settings.env"


class WrongSetting(Exception):
    """A setting is missing or wrong; the message says which and what to do."""


def _variable(*, default: Any, help: str, name: str = "") -> Any:
    return field(default=default, metadata={"help": help, "name": name})


@dataclass(frozen=True)
class Environment:
    """The variables. `NAME_FILE` names a file that holds the value, for secrets.

    A variable that starts with COMMONWEAL_ and is not listed here is an error, so that a typing
    mistake is never silent.
    """

    database_url: str = _variable(
        default="",
        help="PostgreSQL 16 or newer, as postgresql://user:password@host:5432/name. "
        "Empty: the embedded PostgreSQL in the data folder.",
        name="DATABASE_URL",
    )
    data: Path = _variable(  # noqa: RUF009 - dataclasses.field under another name
        default=DATA,
        help="Folder for the embedded database, files and static files. A `settings.env` in it "
        "is read too: lines of NAME=value, which the real environment overrules.",
    )
    demo: bool = _variable(
        default=False, help="A demonstration city with pretend money and a public mailbox."
    )
    debug: bool = _variable(
        default=False, help="Show errors to the reader. Refused outside the demo."
    )
    secret_key: str = _variable(
        default="", help="Signs sessions and links; at least 50 random characters."
    )
    field_keys: str = _variable(
        default="",
        help="Keys that encrypt bank accounts in the database, separated by commas. "
        "The first one writes, all of them read. Losing them loses the bank accounts.",
    )
    hosts: str = _variable(
        default="", help="Names this server answers to, separated by commas; never `*`."
    )
    address: str = _variable(
        default="http://localhost:8000",
        help="The address people type. With https, cookies are sent over https only.",
    )
    languages: str = _variable(
        default="en,fr,nl", help="Languages offered, the first one by default."
    )
    mail_url: str = _variable(
        default="",
        help="smtp://user:password@host:587, or smtps:// for port 465. "
        "In the demo, letters go to a mailbox page instead.",
    )
    mail_from: str = _variable(
        default="", help="Sender of letters, such as Commonweal <hello@example.org>."
    )
    files_url: str = _variable(
        default="", help="s3://bucket/folder?endpoint=… for files. Empty: the data folder."
    )
    log_key: str = _variable(
        default="",
        help="File that holds the private key of the public log; made when it is missing. "
        "Empty: `log.key` in the data folder.",
    )
    log_url: str = _variable(
        default="",
        help="Where the public log is also kept as plain files, which a mirror copies: "
        "file:///folder or s3://bucket/folder?endpoint=…. Empty: `log` in the data folder.",
    )
    statements: str = _variable(
        default="",
        help="Folder that is watched for statements of banks: a folder in it for each host, named "
        "by the host's address. Empty: none is watched.",
    )
    proxies: int = _variable(
        default=0, help="How many reverse proxies stand in front and can be believed."
    )
    processes: int = _variable(default=2, help="Processes that answer the web.")
    threads: int = _variable(default=4, help="Requests each of these processes answers at once.")


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    """Return the environment, or raise `WrongSetting` about the first thing that is wrong."""
    known = {variable_name(entry): entry for entry in fields(Environment)}
    variables = {**_kept_in_data_folder(variables), **variables}
    _refuse_unknown(variables, known)
    values = {}
    for name, entry in known.items():
        text = _text(variables, name)
        if text is not None:
            values[entry.name] = _convert(name, text, entry)
    return Environment(**values)


def variable_name(entry: Field[Any]) -> str:
    """Return the name of the environment variable behind a field."""
    return entry.metadata["name"] or PREFIX + entry.name.upper()


def listed(text: str) -> list[str]:
    """Return the parts of a value that is separated by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _kept_in_data_folder(variables: Mapping[str, str]) -> dict[str, str]:
    folder = Path(variables.get("COMMONWEAL_DATA") or DATA)
    path = folder / SETTINGS_FILE
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise WrongSetting(f"{path} cannot be read: {error.strerror}") from error
    pairs = [line.partition("=") for line in lines if line.strip() and not line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in pairs}


def _refuse_unknown(variables: Mapping[str, str], known: Mapping[str, Field[Any]]) -> None:
    for name in variables:
        if name.startswith(PREFIX) and name.removesuffix("_FILE") not in known:
            raise WrongSetting(f"{name} is not a setting of Commonweal; is it spelled right?")


def _text(variables: Mapping[str, str], name: str) -> str | None:
    if name + "_FILE" in variables:
        path = Path(variables[name + "_FILE"])
        if not path.is_file():
            raise WrongSetting(f"{name}_FILE names {path}, which is not a file")
        return path.read_text().strip()
    return variables.get(name)


def _convert(name: str, text: str, entry: Field[Any]) -> Any:
    kind = type(entry.default) if entry.default is not MISSING else str
    if kind is bool:
        if text.lower() not in {"0", "1", "true", "false", "yes", "no", ""}:
            raise WrongSetting(f"{name} is {text!r}; say 1 or 0")
        return text.lower() in {"1", "true", "yes"}
    if isinstance(entry.default, Path):
        return Path(text)
    try:
        return kind(text)
    except ValueError as error:
        raise WrongSetting(f"{name} is {text!r}; a {kind.__name__} is needed") from error
