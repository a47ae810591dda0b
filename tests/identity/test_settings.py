"""The settings as a start reads them: each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from spr_portal import env

ROOT = Path(__file__).resolve().parents[2]
KEY = "kFq3-Zr8_tWm1xYv5bNc7dJh9gLs2pQa4eRu6iOoTzXcVbNmKj"
PRODUCTION = {"SPR_SECRET_KEY": KEY, "SPR_ALLOWED_HOSTS": "spr.example.uk"}
LOOPBACK = {"SPR_SECRET_KEY": KEY, "SPR_HTTPS": "0"}


def start(tmp_path, code: str, **settings: str) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if name[:4] != "SPR_"}
    environment |= {"SPR_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "spr_portal.settings"}
    return subprocess.run(
        [sys.executable, *code.split()] if code.startswith("manage.py") else
        [sys.executable, "-c", code],
        env=environment | settings, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "No secret key is set"),
        (PRODUCTION | {"SPR_SECRET_KEY": "secret"}, "The secret key is too weak"),
        (PRODUCTION | {"SPR_SECRET_KEY": "a" * 60}, "The secret key is too weak"),
        (PRODUCTION | {"SPR_SECRET_KEY_FILE": "/key"}, "SPR_SECRET_KEY or SPR_SECRET_KEY_FILE"),
        ({"SPR_SECRET_KEY_FILE": "/no/such/file"}, "/no/such/file, which cannot be read"),
        (PRODUCTION | {"SPR_DEBUG": "1", "SPR_HTTPS": "1"}, "SPR_DEBUG and SPR_HTTPS are both on"),
        (PRODUCTION | {"SPR_DEMONSTRATION": "1"}, "SPR_DEMONSTRATION is on in production"),
        (
            LOOPBACK | {"SPR_DEMONSTRATION": "1", "SPR_DATABASE_URL": "postgresql:///spr"},
            "SPR_DEMONSTRATION is on in production",
        ),
        ({"SPR_SECRET_KEY": KEY}, "SPR_ALLOWED_HOSTS is not set"),
        (PRODUCTION | {"SPR_HTTPS": "maybe"}, "Set it to 1 for on or 0 for off"),
        (PRODUCTION | {"SPR_DATABASE_URL": "mysql://x/y"}, "postgresql://user:password@host/name"),
        (PRODUCTION | {"SPR_DATABASE_URL": "postgresql://h:x/y"}, "not a number from 1 to 65535"),
        (PRODUCTION | {"SPR_EMAIL_URL": "pigeon:"}, "console:, file:FOLDER or smtp://"),
        (PRODUCTION | {"SPR_TRUSTED_PROXIES": "10.0.0.1/33"}, "Write addresses or networks"),
        (PRODUCTION | {"SPR_BASE_URL": "spr.example.uk"}, "without a path"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(tmp_path, settings, sentence):
    outcome = start(tmp_path, "manage.py check", **settings)

    assert outcome.returncode == 1
    assert outcome.stderr.startswith("The portal cannot start. ")
    assert sentence in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_demonstration_mode_runs_on_embedded_sqlite_without_https(tmp_path):
    outcome = start(tmp_path, "manage.py check", **LOOPBACK, SPR_DEMONSTRATION="1")

    assert outcome.returncode == 0, outcome.stderr


def test_production_settings_pass_the_deployment_check(tmp_path):
    outcome = start(tmp_path, "manage.py check --deploy --fail-level WARNING", **PRODUCTION)

    assert outcome.returncode == 0, outcome.stderr


def test_a_web_server_without_collected_style_sheets_does_not_start(tmp_path):
    outcome = start(tmp_path, "import spr_portal.wsgi", **PRODUCTION)

    assert outcome.returncode == 1
    assert "Run: python manage.py collectstatic" in outcome.stderr.splitlines()[-1]


def test_without_https_the_deployment_check_fails(tmp_path):
    outcome = start(tmp_path, "manage.py check --deploy --fail-level WARNING", **LOOPBACK)

    assert outcome.returncode == 1


def test_production_cookies_and_redirects(tmp_path):
    code = """
import django, json; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("collectstatic", verbosity=0, interactive=False)
client, host = Client(), {"host": "spr.example.uk"}
page = client.get("/accounts/login/", secure=True, headers=host)
csrf = client.cookies["__Host-csrf"]
print(json.dumps({
    "hsts": page.headers["Strict-Transport-Security"],
    "redirect": client.get("/accounts/login/", headers=host).headers["Location"],
    "health": client.get("/health/", headers=host).status_code,
    "csrf": [bool(csrf["secure"]), csrf["path"], csrf["domain"]],
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE,
                settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_DOMAIN],
}))
"""

    outcome = start(tmp_path, code, **PRODUCTION)

    assert outcome.returncode == 0, outcome.stderr
    assert json.loads(outcome.stdout.splitlines()[-1]) == {
        "hsts": "max-age=31536000; includeSubDomains",
        "redirect": "https://spr.example.uk/accounts/login/",
        "health": 200,
        "csrf": [True, "/", ""],
        "session": ["__Host-session", True, "/", None],
    }


def test_postgresql_connections_are_kept_and_checked(monkeypatch, tmp_path):
    monkeypatch.setenv("X", "postgresql://o%40b:p%2Fw@db.example:5433/spr?sslmode=require")

    assert env.database("X", tmp_path) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "spr",
        "USER": "o@b",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def test_postgresql_through_a_socket(monkeypatch, tmp_path):
    monkeypatch.setenv("X", "postgresql:///spr?host=/run/postgresql")

    database = env.database("X", tmp_path)

    assert (database["NAME"], database["HOST"]) == ("spr", "/run/postgresql")


def test_sqlite_waits_for_its_turn_and_writes_to_the_disk(tmp_path):
    code = """
import django; django.setup()
from django.db import connection, transaction
with connection.cursor() as cursor:
    for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
        print(cursor.execute(f"PRAGMA {pragma}").fetchone()[0])
print(connection.transaction_mode)
"""
    outcome = start(tmp_path, code, **LOOPBACK)

    assert outcome.stdout.split() == ["wal", "2", "1", "20000", "IMMEDIATE"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("console:", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
        ("file:/m", {"EMAIL_FILE_PATH": "/m"}),
        ("", {"EMAIL_FILE_PATH": "{}/emails"}),
        ("smtp://u%40x:p@mail:587", {"EMAIL_HOST_USER": "u@x", "EMAIL_USE_TLS": True}),
        ("smtp://mail:25?tls=0", {"EMAIL_PORT": 25, "EMAIL_USE_TLS": False}),
        ("smtps://mail", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False}),
    ],
)
def test_where_email_goes(monkeypatch, tmp_path, url, expected):
    monkeypatch.setenv("X", url)

    read = env.email("X", tmp_path)

    for name, value in expected.items():
        wanted = value.format(tmp_path) if isinstance(value, str) else value
        assert read[name] == wanted
