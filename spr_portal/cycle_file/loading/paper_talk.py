"""What was said about a paper: paragraphs told otherwise, checks waived, comments, kept words."""

from __future__ import annotations

from reports.models import BoardPaper, CheckWaiver, KeptWords, PaperComment, ParagraphOverride
from spr_portal.cycle_file.loading.identities import Identities, plain_json, published, words_of
from spr_portal.cycle_file.moments import read_time
from spr_portal.cycle_file.people import People


def keep_overrides(paper: BoardPaper, words: dict, people: People) -> None:
    ParagraphOverride.objects.bulk_create(
        ParagraphOverride(
            paper=paper,
            threat_code=row["threat"],
            source=row["source"],
            source_text=row["source_text"],
            text=row.get("text", ""),
            is_left_out=row.get("left_out", False),
            clears_withheld=row.get("clears_withheld", False),
            reason=row.get("reason", ""),
            by=people.user(row["by"]),
            by_name=people.by_value(row["by"])["by_name"],
            at=read_time(row["at"]),
            version=row.get("version", 1),
            **published(row),
        )
        for row in words.get("overrides", [])
    )


def keep_waivers(paper: BoardPaper, words: dict, people: People) -> None:
    CheckWaiver.objects.bulk_create(
        CheckWaiver(
            paper=paper,
            check_code=row["check"],
            subject=row.get("subject", ""),
            finding=row["finding"],
            reason=row["reason"],
            by=people.user(row["by"]),
            **people.by_value(row["by"]),
            at=read_time(row["at"]),
            **_ended(row, "ended"),
        )
        for row in words.get("waivers", [])
    )


def keep_comments(paper: BoardPaper, words: dict, people: People) -> None:
    """In their order, which among those of one moment is the order of the rows."""
    rows = words.get("comments", [])
    identities = Identities(f"{paper.reference}/comments", rows)
    made = PaperComment.objects.bulk_create(
        PaperComment(
            paper=paper,
            identity=identities.of(row, words_of(row)),
            block=row["block"],
            label=row["label"],
            quoted=row.get("quoted", ""),
            text=row["text"],
            by=people.user(row["by"]),
            **people.by_value(row["by"]),
            at=read_time(row["at"]),
            **_ended(row, "resolved"),
        )
        for row in rows
    )
    by_identity = {comment.identity: comment for comment in made}
    replies = []
    for comment, row in zip(made, rows, strict=True):
        if "thread" in row:
            comment.thread = by_identity[row["thread"]]
            replies.append(comment)
    PaperComment.objects.bulk_update(replies, ["thread"])


def keep_words(paper: BoardPaper, words: dict) -> None:
    """The words as issued, to be given back if the correction is given up."""
    if "kept_words" in words:
        KeptWords.objects.create(
            paper=paper,
            words=plain_json(words["kept_words"]["content"]),
            kept_at=read_time(words["kept_words"]["at"]),
        )


def _ended(row: dict, name: str) -> dict:
    if name not in row:
        return {}
    ended = row[name]
    return {f"{name}_at": read_time(ended["at"]), f"{name}_by_name": ended.get("by_name", "")}
