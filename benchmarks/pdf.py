"""How long the PDF of a paper takes, as a ratio to WeasyPrint's bare work on the same HTML.

    python benchmarks/pdf.py [--rounds 9]

Both are measured in one warm process, in turns and in seconds of the processor, because a
machine's speed swings: only the ratio counts. The bare work is `write_pdf()` without tags
or standard. The target is 1.3. Then all formats of both editions as the worker makes them, each
in a process of its own, by the clock: at most 4 s. Then the time a page at 1, 5 and 30 times the
paper of 2017, each in a process of its own with its peak memory.
"""

import argparse
import gc
import io
import os
import resource
import statistics
import subprocess
import sys
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402  the path must be known first

django.setup()
warnings.simplefilter("ignore", ResourceWarning)

import pypdf  # noqa: E402

from reports.document import Audience, to_json  # noqa: E402
from reports.domain.rendering import render_apart  # noqa: E402
from reports.editions import for_audience  # noqa: E402
from reports.renderers.pdf import bare_document, render_pdf, tagged_pdf  # noqa: E402
from tests.rendering.papers import board_paper  # noqa: E402

TARGET = 1.3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="of each, in turns")
    parser.add_argument("--times", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.times:
        print(one_paper(options.times))
        return 0
    ratio = compare(options.rounds)
    print(every_file())
    for times in (1, 5, 30):
        command = [sys.executable, __file__, "--times", str(times)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
    return 0 if ratio <= TARGET else 1


def compare(rounds: int) -> float:
    """Print the three medians and the ratios of the run; return that of the whole to the bare."""
    paper = board_paper()
    ways = {
        "bare": lambda: bare_document(paper).write_pdf(),
        "tagged": lambda: tagged_pdf(paper),
        "whole": lambda: render_pdf(paper),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, make in ways.items():
            seconds = timed(make)
            if number:  # the first round warms up
                taken[name].append(seconds)
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    # Neighbours in time share the machine's mood, so the ratio is taken round by round.
    ratio = statistics.median(w / b for w, b in zip(taken["whole"], taken["bare"], strict=True))
    print(", ".join(f"{name} {seconds:.3f} s" for name, seconds in medians.items()))
    print(f"render_pdf to bare write_pdf: {ratio:.2f} (target {TARGET}, {rounds} rounds)")
    return ratio


def every_file() -> str:
    """A line on the six files of one paper, made one after the other as the worker makes them."""
    editions = [to_json(for_audience(board_paper(), audience)) for audience in Audience]
    taken = []
    for _ in range(3):
        before = time.perf_counter()
        for document in editions:
            for file_format in ("html", "pdf", "docx"):
                render_apart(document=document, format=file_format)
        taken.append(time.perf_counter() - before)
    return f"all formats of both editions: {statistics.median(taken):.1f} s (target 4 s)"


def one_paper(times: int) -> str:
    """A line on a paper that many times as long, warm, with the peak memory of this process."""
    render_pdf(board_paper())
    paper = board_paper(times=times)
    seconds = timed(lambda: render_pdf(paper))
    content = render_pdf(paper)
    pages = len(pypdf.PdfReader(io.BytesIO(content)).pages)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"x{times}: {pages} pages, {seconds:.2f} s, {1000 * seconds / pages:.0f} ms a page, "
        f"{len(content) / 1024:.0f} KiB, peak {peak:.0f} MiB"
    )


def timed(make) -> float:
    gc.collect()
    before = time.process_time()
    make()
    return time.process_time() - before


if __name__ == "__main__":
    sys.exit(main())
