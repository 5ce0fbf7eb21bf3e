"""Django's settings made from addresses: of a database, of a mail server, of a file store."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from commonweal.config.environment import WrongSetting

MAILBOX = "commonweal.mail.mailbox.MailboxBackend"
TERMINAL = "django.core.mail.backends.console.EmailBackend"
SMTP_PORTS = {"smtp": 587, "smtps": 465}


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at a postgresql:// address."""
    parts = _split("DATABASE_URL", url, {"postgresql", "postgres"})
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}, **query},
    }


def embedded_database(folder: Path) -> str:
    """Return where the embedded PostgreSQL of a data folder would listen.

    Only for tools that read the settings and start nothing: every command of ours starts it, and
    then knows its true address.
    """
    return f"postgresql://postgres@/postgres?host={folder.resolve() / 'postgres'}"


def mailer(url: str, *, demo: bool) -> dict[str, Any]:
    """Return how letters leave: over SMTP, into the demo's mailbox, or onto the terminal."""
    if not url:
        return {"BACKEND": MAILBOX if demo else TERMINAL}
    parts = _split("COMMONWEAL_MAIL_URL", url, set(SMTP_PORTS))
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or SMTP_PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp" and parts.hostname not in {"127.0.0.1", "localhost"},
            "timeout": 20,
        },
    }


def file_store(url: str, folder: Path) -> dict[str, Any]:
    """Return where uploaded files are kept: a folder, or a bucket that speaks S3."""
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": folder,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    options = {"default_acl": "private", "querystring_auth": True, "file_overwrite": False}
    return _bucket(_split("COMMONWEAL_FILES_URL", url, {"s3"}), options)


def public_store(url: str, folder: Path) -> dict[str, Any]:
    """Return where files that anyone may read are kept, each replaced as a whole."""
    parts = _split("COMMONWEAL_LOG_URL", url or folder.absolute().as_uri(), {"s3", "file"})
    if parts.scheme == "file":
        return {
            "BACKEND": "commonweal.foundation.stores.WholeFiles",
            "OPTIONS": {"location": unquote(parts.path), "allow_overwrite": True},
        }
    return _bucket(parts, {"querystring_auth": False, "file_overwrite": True})


def _bucket(parts: SplitResult, options: dict[str, Any]) -> dict[str, Any]:
    query = dict(parse_qsl(parts.query))
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.hostname,
            "location": parts.path.strip("/"),
            "endpoint_url": query.get("endpoint"),
            "region_name": query.get("region"),
            "access_key": unquote(parts.username or "") or None,
            "secret_key": unquote(parts.password or "") or None,
            **options,
        },
    }


def _split(name: str, url: str, schemes: set[str]) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in schemes:
        expected = " or ".join(f"{scheme}://" for scheme in sorted(schemes))
        raise WrongSetting(f"{name} must start with {expected}")
    return parts
