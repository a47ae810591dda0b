import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

WRITERS, EVENTS = 4, 25


def environment(database_url: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "spr_portal.settings",
        "SPR_SECRET_KEY": settings.SECRET_KEY,
        "SPR_HTTPS": "0",
        "SPR_DATABASE_URL": database_url,
    }


def manage(*arguments: str, env: dict[str, str]) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, env=env, cwd=settings.BASE_DIR, check=True, capture_output=True, text=True
    ).stdout


def database_url(tmp_path) -> str:
    """A database that several processes can open: the tests' own, or SQLite in a file."""
    if connection.vendor == "sqlite":
        return f"sqlite://{tmp_path / 'audit.sqlite3'}"
    given = connection.settings_dict
    host = quote(given["HOST"], safe="")
    return (
        f"postgresql:///{given['NAME']}?host={host}&user={given['USER']}"
        f"&port={given['PORT'] or 5432}"
    )


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_whole_chain(tmp_path):
    env = environment(database_url(tmp_path))
    if connection.vendor == "sqlite":
        manage("migrate", "audit", env=env)

    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.audit.writer", f"writer {number}", str(EVENTS)],
            env=env,
            cwd=settings.BASE_DIR,
        )
        for number in range(WRITERS)
    ]

    assert [writer.wait(timeout=60) for writer in writers] == [0] * WRITERS
    assert f"whole: {WRITERS * EVENTS} events" in manage("verify_audit", env=env)
