"""The board paper of a cycle as a file, without a browser or a worker."""

from __future__ import annotations

import hashlib

from assessments.models import Cycle
from reports.document import Audience, Paper, from_json, to_json
from reports.domain.documents import full_edition, problems_in
from reports.editions import for_audience
from reports.enums import PaperKind
from reports.models import BoardPaper, IssuedPaper
from reports.snapshot import take_snapshot
from spr_portal.cycle_file.setting import PAPER_NAMES

FORMATS = ("html", "pdf", "docx", "json")


class PaperRefused(Exception):
    """The paper cannot be made; each reason is a sentence."""

    def __init__(self, reasons: list[str]):
        self.reasons = reasons
        super().__init__(" ".join(reasons))


def paper_bytes(
    cycle: Cycle, *, audience: Audience, format: str, kind: PaperKind = PaperKind.BOARD_PAPER
) -> bytes:
    """One edition of the paper, or of another kind, in one format.

    An issued paper is handed out as it was issued, to the byte. Raises
    PaperRefused with everything that is missing.
    """
    papers = BoardPaper.objects.filter(cycle=cycle, kind=kind).select_related("cycle__force")
    paper, name = papers.first(), PAPER_NAMES[kind]
    if paper is None:
        raise PaperRefused(
            [f"The cycle {cycle.reference} has no {name} yet: compose it first, in the portal or "
             f"under “{name}” in its cycle file."]
        )  # fmt: skip
    issued = paper.issued
    if issued and not paper.is_correction:
        return _issued_bytes(issued, audience, format)
    snapshot = take_snapshot(paper)
    if problems := problems_in(paper, snapshot):
        raise PaperRefused(
            [f"The {name} of {cycle.reference} cannot be made yet. Nothing was written.", *problems]
        )
    return render(for_audience(full_edition(paper, snapshot), audience), format)


def _issued_bytes(issued: IssuedPaper, audience: Audience, format: str) -> bytes:
    file = issued.files.filter(audience=audience, format=format).first()
    if file is None:  # JSON is not issued as a file; the document it was made from is kept
        return render(for_audience(from_json(issued.document), audience), format)
    content = bytes(file.content)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise PaperRefused(
            [f"The stored file {file.name} is not the one that was issued: its sum differs. It is "
             "not handed out; tell whoever runs the portal."]
        )  # fmt: skip
    return content


def render(paper: Paper, format: str) -> bytes:
    """A document as a file, made in this process."""
    if format == "json":
        return to_json(paper).encode() + b"\n"
    if format == "html":
        from reports.renderers.html import render_html  # not needed for the other formats

        return render_html(paper)
    if format == "pdf":
        from reports.renderers.pdf import render_pdf  # imports WeasyPrint

        return render_pdf(paper)
    from reports.renderers.docx import render_docx  # imports python-docx

    return render_docx(paper)
