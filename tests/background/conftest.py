"""Real worker processes on the test's own database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from email import message_from_bytes
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection

WAIT = 60  # seconds until a process that should have done something is given up


class Portal:
    """Starts processes of the portal that share the test's database."""

    def __init__(self, database_url: str):
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "spr_portal.settings",
            "SPR_DATABASE_URL": database_url,
        }
        self.processes: list[subprocess.Popen] = []

    def start_worker(self, *options: str, **environment: str) -> subprocess.Popen:
        return self.start("run_worker", "--interval", "0.1", *options, **environment)

    def start(self, command: str, *options: str, **environment: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "manage.py", command, *options],
            cwd=settings.BASE_DIR,
            env=self.environment | environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        return process

    def work_off(self, **environment: str) -> str:
        """Have a worker do every task that is ready; what it logged."""
        return self.wait_for_end(self.start_worker("--batch", **environment))

    def wait_for_end(self, process: subprocess.Popen) -> str:
        _, log = process.communicate(timeout=WAIT)
        assert process.returncode == 0, log
        return log

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def portal(transactional_db, tmp_path):
    """The portal's processes; on SQLite the database moves from memory to a file meanwhile."""
    if connection.vendor == "sqlite":
        with _in_a_file(tmp_path / "portal.sqlite3") as path:
            yield from _portal(f"sqlite://{path}")
    else:
        at = connection.settings_dict
        host = quote(str(at["HOST"]), safe="") or "localhost"
        url = f"postgresql:///{at['NAME']}?host={host}&user={at['USER']}"
        url += f"&password={quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else ""
        yield from _portal(url + (f"&port={at['PORT']}" if at["PORT"] else ""))


def _portal(url: str):
    portal = Portal(url)
    try:
        yield portal
    finally:
        portal.stop()


class _in_a_file:
    """Other processes cannot open a database in memory: work on a copy of it in a file."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        connection.ensure_connection()
        self.name, self.memory = connection.settings_dict["NAME"], connection.connection
        connection.settings_dict["NAME"] = str(self.path)
        connection.connection = None
        connection.connect()
        self.memory.backup(connection.connection)
        return self.path

    def __exit__(self, *exception):
        connection.close()
        connection.settings_dict["NAME"], connection.connection = self.name, self.memory


@pytest.fixture
def wait_until():
    def wait(condition: Callable[[], bool]) -> None:
        until = time.monotonic() + WAIT
        while not condition():
            assert time.monotonic() < until, "it did not happen in time"
            time.sleep(0.05)

    return wait


class MailServer:
    """A mail server that can be down, up, or up and refusing, and keeps what it takes."""

    def __init__(self):
        self.messages = []
        self.refusals = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"smtp://127.0.0.1:{self.port}?tls=0"
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope):
        if self.refusals:
            self.refusals -= 1
            return "451 Try again later"
        self.messages.append(message_from_bytes(envelope.content))
        return "250 Taken"


@pytest.fixture
def mail_server():
    server = MailServer()
    yield server
    if server.controller.loop.is_running():
        server.controller.stop()
