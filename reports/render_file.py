"""Make one file of a paper: `python -m reports.render_file pdf MEGABYTES SECONDS`.

A process of its own, so that no paper, however large or odd, can take the
worker with it. The paper comes as JSON on standard input and the file leaves on
standard output. It has no business with the database.
"""

from __future__ import annotations

import os
import sys

import django

from spr_portal.limits import end_with_parent, keep_standard_output_clean, limit

NICENESS = 10  # a page that somebody waits for comes first


def main(format: str, megabytes: str, seconds: str) -> None:
    limit(megabytes=int(megabytes), seconds=int(seconds))
    end_with_parent()
    os.nice(NICENESS)
    out = keep_standard_output_clean()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spr_portal.settings")
    django.setup()
    from reports.document import from_json  # with the renderers', after the limits are set

    paper = from_json(sys.stdin.buffer.read().decode())
    with os.fdopen(out, "wb") as file:
        file.write(_renderer(format)(paper))


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
