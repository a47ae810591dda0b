"""How much memory a web process takes: `python benchmarks/web_memory.py`.

Serves the demonstration as script/server does, from records made for the run.
One person of every role opens every page that links lead to, eight at a time.
Prints the peak of each process (VmHWM) and ends with status 1 when one is over
the target, or when one has loaded what only the background worker's renderers
may load.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = 110  # MiB
PAGES_OF_A_PERSON = 200
LINK = re.compile(r'href="(/[^"#]*)')
NOT_FOLLOWED = ("/accounts/logout", "/static/")
RENDERERS = ("libpango", "libharfbuzz")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="spr-benchmark-") as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="spr_portal.settings",
            SPR_DATA_DIR=folder,
            SPR_DEMONSTRATION="1",
            SPR_HTTPS="0",
            SPR_SECRET_KEY="only-for-this-benchmark-0123456789-abcdefghijklmnopqr",
        )
        os.environ.pop("SPR_DATABASE_URL", None)
        (Path(folder) / "static").mkdir()
        run = [sys.executable, "script/lib/prepare.py"]
        subprocess.run(run, cwd=ROOT, check=True)
        people = sign_in()
        port, server = start_server()
        try:
            for name, cookie in [("nobody", ""), *people]:
                print(f"{name:45} {walk(port, cookie)}")
            return report(processes_of(server))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def sign_in() -> list[tuple[str, str]]:
    """A session for one person of each role: (role, cookie)."""
    sys.path.insert(0, str(ROOT))
    import django  # after the settings are named

    django.setup()
    from django.conf import settings  # the apps must be loaded
    from django.test import Client

    from spr_portal.identity.enums import Role
    from spr_portal.identity.models import Appointment

    people = []
    for role in Role:
        appointment = Appointment.objects.filter(role=role, ends_on=None).first()
        if appointment:
            client = Client()
            client.force_login(appointment.person)
            name = settings.SESSION_COOKIE_NAME
            people.append((role.label, f"{name}={client.cookies[name].value}"))
    return people


def start_server() -> tuple[int, subprocess.Popen]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--config", "script/lib/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *options, "spr_portal.wsgi"], cwd=ROOT
    )
    for _ in range(300):
        try:
            get(port, "/health/", "")
            return port, server
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise SystemExit("The web server did not start.")


def get(port: int, path: str, cookie: str) -> tuple[int, list[str]]:
    """The status of a page, and where it leads to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    if response.headers.get_content_type() != "text/html":
        return response.status, []
    if "Location" in response.headers:
        return response.status, [response.headers["Location"]]
    return response.status, [link.replace("&amp;", "&") for link in LINK.findall(content.decode())]


def walk(port: int, cookie: str) -> str:
    """Open every page that links lead to from the first one; how many there were, by status."""
    seen, next_paths, statuses = {"/"}, ["/"], Counter()
    with ThreadPoolExecutor(8) as eight_tabs:
        while next_paths:
            found = []
            for status, links in eight_tabs.map(lambda path: get(port, path, cookie), next_paths):
                statuses[status] += 1
                found += links
            new = [
                link
                for link in dict.fromkeys(found)
                if link.startswith("/") and link not in seen and not link.startswith(NOT_FOLLOWED)
            ]
            next_paths = new[: PAGES_OF_A_PERSON - len(seen)]
            seen.update(next_paths)
    return ", ".join(f"{number} × {status}" for status, number in sorted(statuses.items()))


def processes_of(server: subprocess.Popen) -> dict[str, int]:
    """The process ids of gunicorn's own process and those it started to answer requests."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return {"gunicorn": server.pid} | {f"web process {pid}": int(pid) for pid in children}


def report(processes: dict[str, int]) -> int:
    is_fine = True
    for name, pid in processes.items():
        status = Path(f"/proc/{pid}/status").read_text()
        peak = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024
        maps = Path(f"/proc/{pid}/maps").read_text()
        loaded = [library for library in RENDERERS if library in maps]
        print(f"{name:45} peak {peak:.0f} MiB, loaded of the renderers: {loaded or 'nothing'}")
        is_fine = is_fine and peak <= TARGET and not loaded
    print(f"Target: {TARGET} MiB a web process. {'Met.' if is_fine else 'MISSED.'}")
    return 0 if is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
