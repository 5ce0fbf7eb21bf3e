"""Every variable this server reads from its environment, with type, default and help."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "COMMONWEAL_"


class WrongSetting(Exception):
    """A setting is missing or wrong; the message says which and what to do."""


def _variable(default: Any, help: str, name: str = "") -> Any:
    return field(default=default, metadata={"help": help, "name": name})


@dataclass(frozen=True)
class Environment:
    """The variables. `NAME_FILE` names a file that holds the value, for secrets.

    A variable that starts with COMMONWEAL_ and is not listed here is an error, so that a typing
    mistake is never silent.
    """

    database_url: str = _variable(
        "",
        "PostgreSQL 16 or newer, as postgresql://user:password@host:5432/name. "
        "Empty: the embedded PostgreSQL in the data folder.",
        name="DATABASE_URL",
    )
    data: Path = _variable(Path("data"), "Folder for the embedded database, files and logs.")
    demo: bool = _variable(False, "A demonstration city with pretend money and a public mailbox.")
    debug: bool = _variable(False, "Show errors to the reader. Never on a server people use.")
    secret_key: str = _variable("", "Signs sessions and links; at least 50 random characters.")
    field_keys: str = _variable(
        "",
        "Keys that encrypt bank accounts in the database, separated by commas. "
        "The first one writes, all of them read. Losing them loses the bank accounts.",
    )
    hosts: str = _variable("", "Names this server answers to, separated by commas.")
    address: str = _variable("http://127.0.0.1:8000", "The address people type.")
    languages: str = _variable("en,fr,nl", "Languages offered, the first one by default.")
    mail_url: str = _variable("", "smtp://user:password@host:587, or smtps:// for port 465.")
    mail_from: str = _variable("", "Sender of letters, such as Commonweal <hello@example.org>.")
    files_url: str = _variable("", "s3://bucket/folder?endpoint=… for files. Empty: data folder.")
    proxies: int = _variable(0, "How many reverse proxies stand in front and can be believed.")


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    """Return the environment, or raise `WrongSetting` about the first thing that is wrong."""
    known = {variable_name(entry): entry for entry in fields(Environment)}
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
    try:
        return kind(text)
    except ValueError as error:
        raise WrongSetting(f"{name} is {text!r}; a {kind.__name__} is needed") from error
