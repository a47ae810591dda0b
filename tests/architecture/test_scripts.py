"""The two commands: what they refuse, and that nothing is left behind."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SECONDS = 40


def run_server(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [ROOT / "script" / "server", *arguments], capture_output=True, text=True, timeout=SECONDS
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--frob"], "does not know '--frob'"),
        (["extra"], "does not know 'extra'"),
        (["--port"], "--port needs a value"),
        (["--port", "0"], "'0' is not a port"),
        (["--port", "65536"], "'65536' is not a port"),
        (["--port=eighty"], "'eighty' is not a port"),
        (["--host", ""], "--host needs a value"),
        (["--host", "nowhere.invalid"], "not an address of this machine"),
    ],
)
def test_a_bad_option_is_refused_in_one_sentence(arguments, reason):
    done = run_server(*arguments)

    assert done.returncode == 1
    assert reason in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_a_port_in_use_is_told_before_anything_is_done():
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]

        done = run_server("--port", str(port))

    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert done.stdout == ""


def test_help_names_every_option():
    done = run_server("--help")

    assert done.returncode == 0
    assert all(option in done.stdout for option in ("--empty", "--port", "--host", "--help"))


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """Describe a portal with records of its own, made once."""
    folder = tmp_path_factory.mktemp("portal")
    (folder / "static").mkdir()
    described = os.environ | {
        "SPR_DATA_DIR": str(folder),
        "SPR_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "spr_portal.settings",
    }
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=described, check=True)
    return described


@pytest.fixture
def portal(environment, tmp_path):
    """Start what script/server becomes at last, as (process, port)."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve = [sys.executable, "script/lib/serve.py", "127.0.0.1", str(port)]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield process, port
    finally:
        process.kill()
        process.wait()


def wait_until(condition) -> None:
    until = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < until, "It did not come about."
        time.sleep(0.1)


def answers(port: int) -> bool:
    with contextlib.suppress(OSError):
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/health/").status == 200
    return False


def children(process_id: int) -> list[int]:
    listed = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    return [int(child) for child in listed] + [
        grandchild for child in listed for grandchild in children(int(child))
    ]


def is_running(process_id: int) -> bool:
    with contextlib.suppress(OSError):
        return ") Z " not in Path(f"/proc/{process_id}/stat").read_text()
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="Reads the processes from /proc.")
@pytest.mark.parametrize("ended_by", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_web_server_and_worker_end_with_the_portal(portal, ended_by):
    process, port = portal
    wait_until(lambda: answers(port) and len(children(process.pid)) >= 3)
    started = children(process.pid)

    process.send_signal(ended_by)

    assert process.wait(timeout=SECONDS) == (-9 if ended_by == signal.SIGKILL else 0)
    wait_until(lambda: not any(is_running(child) for child in started))
    assert not answers(port)


@pytest.mark.skipif(sys.platform != "linux", reason="Reads the processes from /proc.")
def test_a_worker_that_dies_is_started_again(portal):
    process, port = portal
    wait_until(lambda: answers(port) and len(children(process.pid)) >= 3)
    worker = next(child for child in children(process.pid) if b"worker" in command_of(child))

    os.kill(worker, signal.SIGKILL)

    wait_until(
        lambda: any(b"worker" in command_of(c) for c in children(process.pid) if c != worker)
    )


def command_of(process_id: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process_id}/cmdline").read_bytes()
    return b""


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_hashes_and_names_no_host(name):
    text = (ROOT / name).read_text()
    pins = re.split(r"\n(?=\S)", text.strip())

    assert [pin for pin in pins if not re.match(r"[\w.-]+==\S+ ", pin)] == []
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in text


def test_tests_run_on_the_versions_that_are_served():
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==[^ ]+", (ROOT / name).read_text(), re.M))

    assert versions("requirements.txt") <= versions("requirements-dev.txt")
