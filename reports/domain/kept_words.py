"""A paper's own words by value: kept when a correction is begun, given back when it is given up.

What is kept belongs to the paper: its header, sections, paragraphs and overrides, and the words
of its recommendations. What became of a recommendation meanwhile is no word of the paper: it stays.
"""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone

from reports.models import (
    BoardPaper,
    KeptWords,
    PaperParagraph,
    PaperSection,
    ParagraphOverride,
    Recommendation,
)
from reports.selectors import recommendations_of
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User

# Not the paper's words: what follows a recommendation, and where the paper stands.
FOLLOWS = frozenset(
    {"status", "outcome", "outcome_on", "outcome_evidence", "carried_to", "owner", "owner_name",
     "due_on", "version"}
)  # fmt: skip
STANDS = frozenset({"kind", "status", "version"})


def keep_words(paper: BoardPaper) -> KeptWords:
    """Keep the paper's words as they are now, in place of any kept before."""
    kept, _ = KeptWords.objects.update_or_create(
        paper=paper, defaults={"words": words_of(paper), "kept_at": timezone.now()}
    )
    return kept


def words_of(paper: BoardPaper) -> dict:
    """The paper's own words as plain data: people by address, the rest by identity."""
    sections = paper.sections.prefetch_related("paragraphs")
    overrides = paper.overrides.select_related("by")
    recommendations = recommendations_of(paper.cycle).select_related("owner")
    return {
        "paper": _values(paper, without=STANDS),
        "sections": [
            _values(section) | {"paragraphs": [_values(row) for row in section.paragraphs.all()]}
            for section in sections
        ],
        "overrides": [_values(row) for row in overrides],
        "recommendations": [_values(row) for row in recommendations],
    }


def give_back_words(paper: BoardPaper) -> None:
    """Make the paper say what was kept; its caller saves the paper itself and asks who may.

    Every row comes back with a version of its own, so that no page opened meanwhile can save over
    it. What was added since goes; a recommendation that was removed comes back.
    Raises Refused where somebody has worked on what would go.
    """
    words = paper.kept_words.words
    _fill(paper, words["paper"])
    newest = _newest_version(paper)
    _give_back_sections(paper, words["sections"], version=newest + 1)
    paper.overrides.all().delete()
    for row in words["overrides"]:
        _new(ParagraphOverride, row, paper=paper, version=newest + 1).save()
    _give_back_recommendations(paper, words["recommendations"])
    paper.version = max(paper.version, newest) + 1
    paper.kept_words.delete()


def forget_kept_words(paper: BoardPaper) -> None:
    """What was kept is not needed once the correction is issued."""
    KeptWords.objects.filter(paper=paper).delete()


def _give_back_sections(paper: BoardPaper, rows: list[dict], *, version: int) -> None:
    paper.sections.all().delete()
    for row in rows:
        section = _new(PaperSection, row, paper=paper, version=version)
        section.save()
        for inner in row["paragraphs"]:
            _new(PaperParagraph, inner, section=section, version=version).save()


def _give_back_recommendations(paper: BoardPaper, rows: list[dict]) -> None:
    standing = {row.identity: row for row in recommendations_of(paper.cycle)}
    for row in rows:
        found = standing.pop(row["identity"], None)
        if found is None:
            _new(Recommendation, row, force=paper.force, year=paper.cycle.year).save()
            continue
        _fill(found, {name: value for name, value in row.items() if name not in FOLLOWS})
        found.version += 1
        found.save()
    for added in standing.values():
        if added.status_changes.exists():
            raise Refused(
                "Somebody has answered or reported on a recommendation that the correction adds, "
                "so the correction is not given up. Nothing was changed. Issue it, or ask the "
                "administrator."
            )
        added.delete()


def _newest_version(paper: BoardPaper) -> int:
    rows = (
        paper.sections.all(),
        PaperParagraph.objects.filter(section__paper=paper),
        paper.overrides.all(),
    )
    newest = [one.aggregate(newest=models.Max("version"))["newest"] for one in rows]
    return max(filter(None, newest), default=1)


def _values(row: models.Model, *, without: frozenset[str] = frozenset()) -> dict:
    """The row's own fields; people by their address, other rows it points at left out."""
    found = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in without:
            continue
        if field.is_relation:
            if field.related_model is User:
                person = getattr(row, field.name)
                found[field.name] = person.email if person else None
            continue
        found[field.name] = as_kept(getattr(row, field.name))
    return found


def as_kept(value: object) -> object:
    """A value as plain data: days and moments as ISO 8601."""
    return value.isoformat() if isinstance(value, datetime.date | datetime.datetime) else value


def _new(model: type[models.Model], values: dict, **given) -> models.Model:
    row = model(**given)
    _fill(row, {name: value for name, value in values.items() if name not in given})
    return row


def _fill(row: models.Model, values: dict) -> None:
    """Set the row's fields to kept values; a field that is no more is passed over."""
    for field in row._meta.concrete_fields:
        if field.name not in values:
            continue
        value = values[field.name]
        if field.is_relation:
            value = User.objects.filter(email=value).first() if value else None
        else:
            value = field.to_python(value)
        setattr(row, field.name, value)
