"""Settings from the environment: typed, and a wrong value stops the start with a hint."""

from __future__ import annotations

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})
MAKE_A_KEY = (
    "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))' "
    "and keep it out of the project's files."
)


class SettingRefused(ImproperlyConfigured):
    """The portal does not start with this setting; the message says what to set instead."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Read a yes-or-no setting; unset or empty gives the default."""
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise SettingRefused(f"{name} is {value!r}. Set it to 1 for on or 0 for off.")


def items(name: str, default: str = "") -> list[str]:
    """Read a list parted by commas, without blanks."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def number(name: str, default: int, *, least: int, most: int) -> int:
    """Read a whole number within bounds."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise SettingRefused(
            f"{name} is {value!r}. Set it to a whole number from {least:,} to {most:,}."
        )
    return int(value)


def socket_address(name: str) -> str | tuple[str, int] | None:
    """Read where a service listens: the path of a Unix socket, or host:port (tcp://host:port).

    A path comes back as text, host and port as a pair, nothing as None.
    """
    value = text(name)
    if not value or value.startswith("/"):
        return value or None
    parts = urlsplit(value if "://" in value else f"tcp://{value}")
    port = _port(name, parts.geturl())
    if parts.scheme != "tcp" or not parts.hostname or not port or parts.path:
        raise SettingRefused(
            f"{name} is {value!r}. Write the path of a Unix socket, such as "
            "/run/clamav/clamd.ctl, or an address such as tcp://127.0.0.1:3310."
        )
    return parts.hostname, port


def secret_key() -> str:
    """Read the key from SPR_SECRET_KEY or the file SPR_SECRET_KEY_FILE; empty if neither is set."""
    key, path = text("SPR_SECRET_KEY"), text("SPR_SECRET_KEY_FILE")
    if key and path:
        raise SettingRefused("Set SPR_SECRET_KEY or SPR_SECRET_KEY_FILE, not both.")
    if path:
        try:
            key = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise SettingRefused(
                f"SPR_SECRET_KEY_FILE names {path}, which cannot be read: {problem}."
            ) from None
        if not key:
            raise SettingRefused(f"The key file {path} is empty. {MAKE_A_KEY}")
    if key and (len(key) < 50 or len(set(key)) < 10):
        raise SettingRefused(
            "The secret key is too weak: it needs 50 characters or more, at random. " + MAKE_A_KEY
        )
    return key


def database(name: str, data_dir: Path) -> dict:
    """Read a database URL as Django's setting; empty gives the embedded SQLite in the data folder.

    postgresql://user:password@host:port/name, or postgresql:///name?host=/run/postgresql
    for a Unix socket.
    """
    url = text(name)
    if not url:
        return _sqlite(data_dir / "portal.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < 2:
        raise SettingRefused(
            f"{name} is not understood. Write postgresql://user:password@host/name, "
            "postgresql:///name?host=/run/postgresql, or leave it empty for embedded SQLite."
        )
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": options.pop("user", unquote(parts.username or "")),
        "PASSWORD": options.pop("password", unquote(parts.password or "")),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(_port(name, url) or "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: Path) -> dict:
    # Every transaction takes the write lock when it begins (IMMEDIATE), so a writer waits for
    # its turn, up to 20 seconds, and none fails half-way with "database is locked".
    # recursive_triggers: without it REPLACE deletes a frozen row and no trigger is asked.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA recursive_triggers=ON;"
            ),
        },
    }


def email(name: str, data_dir: Path) -> dict:
    """Read where e-mail goes, as Django's settings.

    console:, file:FOLDER, or smtp://user:password@host:587?tls=1 (smtps:// for TLS from the
    first byte); empty writes files under emails/ in the data folder.
    """
    url = text(name, f"file:{data_dir / 'emails'}")
    parts = urlsplit(url)
    backend = "django.core.mail.backends."
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{backend}console.EmailBackend"}
    if parts.scheme == "file" and parts.path:
        return {
            "EMAIL_BACKEND": f"{backend}filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        options = parse_qs(parts.query)
        return {
            "EMAIL_BACKEND": f"{backend}smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": _port(name, url) or (465 if parts.scheme == "smtps" else 587),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp" and options.get("tls", ["1"])[-1] in TRUE,
            "EMAIL_TIMEOUT": 20,
        }
    raise SettingRefused(
        f"{name} is not understood. Write console:, file:FOLDER or smtp://user:password@host:587."
    )


def _port(name: str, url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        raise SettingRefused(f"{name} has a port that is not a number from 1 to 65535.") from None


def networks(name: str) -> list[IPv4Network | IPv6Network | str]:
    """Read addresses and networks parted by commas; the word `unix` stands for a Unix socket."""
    try:
        return [item if item == "unix" else ip_network(item) for item in items(name)]
    except ValueError as problem:
        raise SettingRefused(
            f"{name}: {problem}. Write addresses or networks such as 10.0.0.5,10.1.0.0/16, "
            "or unix for a proxy that comes through a Unix socket."
        ) from None


def base_url(name: str, default: str) -> str:
    """Read the portal's own address as `scheme://host[:port]`, for links in e-mails."""
    url = text(name, default).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        raise SettingRefused(
            f"{name} is {url!r}. Write the address people use, such as https://spr.example.uk, "
            "without a path."
        )
    return url
