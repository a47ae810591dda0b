"""Read one file: `python -m reports.past_papers.read_file PATH NAME MEGABYTES SECONDS`.

A process of its own with limits, so that no file, however it was crafted, can
take a web process with it. The labels of the threats come as JSON on standard
input, the proposal leaves as JSON on standard output. It needs no database.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from pathlib import Path

from spr_portal.limits import end_with_parent, keep_standard_output_clean, limit

KINDS = (".pdf", ".docx", ".txt")
WRONG_KIND = "The file must be a PDF, a Word document (docx) or plain text (txt)."
TOO_MUCH = (
    "The file needs far more memory than a board paper does, so it was not read. Save it anew, "
    "without large pictures and annexes, then try again."
)


def main(path: str, name: str, megabytes: str, seconds: str) -> None:
    limit(megabytes=int(megabytes), seconds=int(seconds))
    end_with_parent()
    out = keep_standard_output_clean()
    warnings.simplefilter("ignore")  # of libraries, about files that are not as they should be
    labels = {code: tuple(known) for code, known in json.load(sys.stdin).items()}
    with os.fdopen(out, "w", encoding="utf-8") as answer:
        answer.write(_answer(Path(path), name, labels))


def _answer(path: Path, name: str, labels: dict[str, tuple[str, ...]]) -> str:
    from reports.past_papers.proposal import to_json  # with all else, after the limits are set
    from reports.past_papers.source import Unreadable
    from reports.past_papers.structure import propose

    try:
        return json.dumps({"proposal": to_json(propose(_source(path, name), labels))})
    except Unreadable as problem:
        return json.dumps({"refused": str(problem)})
    except MemoryError:
        return json.dumps({"refused": TOO_MUCH})


def _source(path: Path, name: str):
    from reports.past_papers.source import Unreadable  # as above
    from spr_portal.file_checks import FileRefused, examine

    ending = Path(name).suffix.lower()
    if ending not in KINDS and ending not in (".doc", ".docm", ".dotm"):
        raise Unreadable(WRONG_KIND)
    try:
        examine(path, name, path.with_name("unused"))
    except FileRefused as refusal:
        raise Unreadable(f"{str(refusal).rstrip('.')}.") from None
    return _reader(ending)(path)


def _reader(ending: str):
    """The reader of a kind of file; only the one that is needed is imported."""
    if ending == ".pdf":
        from reports.past_papers.read_pdf import read_pdf  # imports pdfplumber

        return read_pdf
    if ending == ".docx":
        from reports.past_papers.read_docx import read_docx  # imports python-docx

        return read_docx
    from reports.past_papers.read_text import read_text  # for the reason above

    return read_text


if __name__ == "__main__":
    main(*sys.argv[1:])
