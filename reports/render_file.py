"""Make one file of a paper: `python -m reports.render_file pdf MEGABYTES SECONDS`.

A process of its own, so that no paper, however large or odd, can take the
worker with it. The paper comes as JSON on standard input and the file leaves on
standard output. It has no business with the database.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

import django

MEGABYTE = 2**20
PR_SET_PDEATHSIG = 1  # prctl(2): the signal a process gets when its parent dies


def main(format: str, megabytes: str, seconds: str) -> None:
    _limit(int(megabytes), int(seconds))
    _end_with_parent()
    out = _keep_standard_output_clean()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spr_portal.settings")
    django.setup()
    from reports.document import from_json  # with the renderers', after the limits are set

    paper = from_json(sys.stdin.buffer.read().decode())
    with os.fdopen(out, "wb") as file:
        file.write(_renderer(format)(paper))


def _limit(megabytes: int, seconds: int) -> None:
    """Bound memory and processor time; the hard limits cannot be raised again.

    RLIMIT_DATA counts what a process really asks to write to. RLIMIT_AS would
    also count libraries and reserved addresses, which differ from machine to machine.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the paper's words


def _end_with_parent() -> None:
    """Have Linux end this process when the worker is killed: nobody would read what it makes."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _keep_standard_output_clean() -> int:
    """Send to standard error whatever a library prints, and return where the file goes."""
    out = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return out


def _renderer(format: str):
    """The renderer of a format; only the one that is needed is imported."""
    if format == "html":
        from reports.renderers.html import render_html  # not needed for the other formats

        return render_html
    if format == "pdf":
        from reports.renderers.pdf import render_pdf  # imports WeasyPrint

        return render_pdf
    if format == "docx":
        from reports.renderers.docx import render_docx  # imports python-docx

        return render_docx
    raise ValueError(f"There is no format {format}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
