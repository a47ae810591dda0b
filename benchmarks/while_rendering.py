"""How long pages take while two PDFs are made, as a ratio to their time when all is quiet.

    python benchmarks/while_rendering.py [--postgresql] [--rounds 40]

The web server is set up as script/server sets it up, on the demonstration. The same pages are
asked for in turns, in blocks that are quiet and blocks in which two PDFs are being made all the
time, each in a process of its own as the background worker makes them. The target is a 95th
percentile of 3 times the quiet one.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.pages import (  # noqa: E402  the path must be known first
    Page,
    measure,
    p95,
    pages_of_the_demonstration,
    prepare,
    start_server,
)

TARGET = 3.0
BLOCKS = 4
AT_ONCE = 2
ASKED_FOR = ("floor", "task list", "cycle", "published", "stored PDF")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--postgresql", action="store_true", help="instead of SQLite")
    parser.add_argument("--rounds", type=int, default=40, help="of each page, in each block")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spr-benchmark-") as folder:
        prepare(folder, is_postgresql=options.postgresql)
        pages = [page for page in pages_of_the_demonstration() if page.name in ASKED_FOR]
        port, server = start_server()
        try:
            quiet, busy, made = in_turns(port, pages, options.rounds)
        finally:
            server.terminate()
            server.wait(timeout=20)
    return report(quiet, busy, made)


def in_turns(port: int, pages: list[Page], rounds: int):
    quiet: dict[str, list[float]] = {page.name: [] for page in pages}
    busy: dict[str, list[float]] = {page.name: [] for page in pages}
    made = 0
    for _ in range(BLOCKS):
        for name, taken in measure(port, pages, rounds).items():
            quiet[name] += taken
        with Rendering() as rendering:
            for name, taken in measure(port, pages, rounds).items():
                busy[name] += taken
        made += rendering.made
    return quiet, busy, made


class Rendering:
    """Two PDFs at a time, one after another, for as long as the block lasts."""

    def __enter__(self):
        from reports.models import IssuedPaper

        self.document = IssuedPaper.objects.first().document
        self.made, self.is_over = 0, threading.Event()
        self.threads = [threading.Thread(target=self.go_on) for _ in range(AT_ONCE)]
        for thread in self.threads:
            thread.start()
        return self

    def go_on(self) -> None:
        from reports.domain.rendering import render_apart

        while not self.is_over.is_set():
            render_apart(document=self.document, format="pdf")
            self.made += 1

    def __exit__(self, *exception):
        self.is_over.set()
        for thread in self.threads:
            thread.join()


def report(quiet, busy, made: int) -> int:
    print(f"{'page':20} {'quiet p95 ms':>13} {'busy p95 ms':>12} {'ratio':>6}")
    for name, taken in quiet.items():
        print(f"{name:20} {p95(taken):13.1f} {p95(busy[name]):12.1f} "
              f"{p95(busy[name]) / p95(taken):6.2f}")  # fmt: skip
    together = [list(itertools.chain.from_iterable(one.values())) for one in (busy, quiet)]
    of_all = p95(together[0]) / p95(together[1])
    print(f"All pages together: {of_all:.2f}; the target is {TARGET}. {made} PDFs were made.")
    return 0 if of_all <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
