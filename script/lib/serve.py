"""Run the web server and the background worker side by side, and end both together.

`serve.py HOST PORT` is what script/server becomes at last; `serve.py --check HOST PORT` only says
whether the port is free. Uses the standard library alone: the check runs before anything is
installed.
"""

import contextlib
import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1  # prctl(2): the signal a process gets when its parent dies
STOP_SECONDS = 10
LONGEST_PAUSE = 30


def main(arguments: list[str]) -> int:
    *options, host, port = arguments
    problem = why_not(host, int(port))
    if problem:
        print(problem, file=sys.stderr)
        return 1
    if options == ["--check"]:
        return 0
    return Portal(host, int(port)).run()


def why_not(host: str, port: int) -> str:
    """Say in a sentence why nothing can be served on the port; empty if it can."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
            door.listen(1)
    except socket.gaierror:
        return f"'{host}' is not an address of this machine. Use --host 127.0.0.1."
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return (
                f"Port {port} is in use by another program. Stop that program, "
                f"or choose another port: script/server --port {port + 1 if port < 65535 else 8000}"
            )
        if error.errno == errno.EACCES:
            return f"Port {port} needs an administrator. Use one from 1024 up, such as 8000."
        return f"'{host}' is not an address of this machine. Use --host 127.0.0.1."
    return ""


class Portal:
    """The two processes of a local portal. They end with it, even if it is killed."""

    def __init__(self, host: str, port: int) -> None:
        self.address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        everywhere = host in {"0.0.0.0", "::"}  # noqa: S104  asked for by name
        # Served to every address of the machine, the names people reach it by are not known.
        hosts = "*" if everywhere else f"{host},127.0.0.1,localhost,[::1]"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "spr_portal.settings",
            "SPR_ALLOWED_HOSTS": hosts,
        }
        self.web = self.worker = None
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        options = ["--config", "script/lib/gunicorn.conf.py", "--bind", self.address]
        self.web = self.start(["-m", "gunicorn", *options, "spr_portal.wsgi"])
        try:
            return self.watch()
        finally:
            self.stop_both()

    def watch(self) -> int:
        """Keep the worker alive until we are asked to stop or the web server ends by itself."""
        pause, start_at = 1, 0.0
        while not self.stopping:
            if self.web.poll() is not None:
                print("The web server ended. Its last words stand above.", file=sys.stderr)
                return 1
            if self.worker and self.worker.poll() is not None:
                print(f"The background worker ended; starting it again in {pause} s.", flush=True)
                self.worker, start_at = None, time.monotonic() + pause
                pause = min(pause * 2, LONGEST_PAUSE)
            if self.worker is None and time.monotonic() >= start_at:
                self.worker = self.start(["manage.py", "run_worker"])
            with contextlib.suppress(InterruptedError):
                time.sleep(0.2)
        print("\nStopping the portal.", flush=True)
        return 0

    def start(self, arguments: list[str]) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches us alone; we stop them in order
            preexec_fn=end_with_parent,
        )

    def ask_to_stop(self, number, frame) -> None:
        self.stopping = True

    def stop_both(self) -> None:
        processes = [process for process in (self.web, self.worker) if process]
        for process in processes:
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in processes:
            try:
                process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def end_with_parent() -> None:
    """Have Linux end this child when the portal is killed without a chance to stop it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
