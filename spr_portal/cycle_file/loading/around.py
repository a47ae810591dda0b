"""What stands around the answers: last year's, contributors, comments, words set aside."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.models import (
    Assessment,
    CarriedAnswer,
    Comment,
    Contributor,
    Response,
    SetAside,
)
from spr_portal.cycle_file.loading.identities import Identities, plain_json, words_of
from spr_portal.cycle_file.moments import read_time
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.setting import Setting


def keep_carried(words: dict, responses: Mapping[str, Response]) -> None:
    """By value, as it stood: a file never looks at the year before."""
    CarriedAnswer.objects.bulk_create(
        CarriedAnswer(response=responses[code], **row)
        for code, row in words.get("carried", {}).items()
    )


def keep_contributors(assessment: Assessment, words: dict, people: People) -> None:
    Contributor.objects.bulk_create(
        Contributor(
            assessment=assessment,
            person=people.user(row["person"]),
            question_codes=row.get("questions", []),
            named_by=people.user(row["named_by"]),
            named_at=read_time(row["named_at"]),
            ended_at=_time(row, "ended_at"),
        )
        for row in words.get("contributors", [])
    )


def keep_comments(assessment: Assessment, words: dict, setting: Setting, people: People) -> None:
    """In their order, which among those of one moment is the order of the rows."""
    rows = words.get("comments", [])
    identities = Identities(f"{assessment.reference}/comments", rows)
    comments = [
        _comment(assessment, row, identities.of(row, words_of(row)), setting, people)
        for row in rows
    ]
    by_identity = {comment.identity: comment for comment in Comment.objects.bulk_create(comments)}
    replies = []
    for comment, row in zip(comments, rows, strict=True):
        if "thread" in row:
            comment.thread = by_identity[row["thread"]]
            replies.append(comment)
    Comment.objects.bulk_update(replies, ["thread"])


def _comment(
    assessment: Assessment, row: dict, identity: str, setting: Setting, people: People
) -> Comment:
    resolved = row.get("resolved")
    comment = Comment(
        assessment=assessment,
        identity=identity,
        place=row.get("place", ""),
        text=row["text"],
        by=people.user(row["by"]),
        by_name=people.by_value(row["by"])["by_name"],
        at=read_time(row["at"]),
        proposed_rating=setting.points.get(row.get("proposed_rating")),
        outcome=row.get("outcome", ""),
    )
    if resolved:
        comment.resolved_at = read_time(resolved["at"])
        if "by" in resolved:
            comment.resolved_by = people.user(resolved["by"])
            comment.resolved_by_name = people.by_value(resolved["by"])["by_name"]
    return comment


def keep_set_aside(assessment: Assessment, words: dict, people: People) -> None:
    SetAside.objects.bulk_create(
        SetAside(
            assessment=assessment,
            place=row["place"],
            values=plain_json(row["values"]),
            started_from=row["started_from"],
            by=people.user(row["by"]),
            at=read_time(row["at"]),
            settled_at=_time(row, "settled_at"),
        )
        for row in words.get("set_aside", [])
    )


def _time(row: dict, name: str):
    return read_time(row[name]) if name in row else None
