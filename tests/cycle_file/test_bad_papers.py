"""What surrounds a paper in a bad file is refused with its place and what was expected."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from reports.models import BoardPaper, Recommendation
from tests.cycle_file.files import SMALL

pytestmark = pytest.mark.django_db

BY = 'by: Ada Brook, at: "2013-01-15T10:00:00+00:00"'
CHANGE = f"- {{action: accept, from: open, to: accepted, {BY}}}"
STATEMENT = """\
statement:
  title: Statement
  sections:
    - heading: How
"""
# What is added at the end of SMALL's paper, or before it; the place; the reason.
PAPER = {
    "told of no threat": (
        f"  overrides: [{{threat: flooding, source: a, source_text: b, text: c, {BY}}}]\n",
        "paper.overrides[0].threat: there is no threat flooding; expected one of:",
    ),
    "told otherwise with nothing": (
        f"  overrides: [{{threat: cyber, source: a, source_text: b, {BY}}}]\n",
        "paper.overrides[0]: “text” is missing; expected what is told instead",
    ),
    "a check that there is not": (
        f"  waivers: [{{check: beauty, finding: a, reason: b, {BY}}}]\n",
        "paper.waivers[0].check: there is no check beauty; expected one of:",
    ),
    "a reply to nothing": (
        f"  comments: [{{thread: x, block: a, label: b, text: c, {BY}}}]\n",
        "paper.comments[0].thread: no comment that begins a thread has the identity x.",
    ),
    "a decision on nothing": (
        f"  decisions: [{{outcome: noted, decided_on: 2013-02-05, {BY}}}]\n",
        "paper.decisions: nothing is issued, so there is none.",
    ),
    "a link to nothing": (
        '  public_link: {on: true, at: "2013-01-15T10:00:00+00:00"}\n',
        "paper.public_link: nothing is issued, so there is none.",
    ),
    "words kept for no correction": (
        '  kept_words: {at: "2013-01-15T10:00:00+00:00", content: {paper: {}, sections: [], '
        "overrides: [], recommendations: []}}\n",
        "paper.kept_words: words are kept only while a correction is in hand.",
    ),
    "earlier issues of nothing": (
        "  earlier_issues: []\n",
        "paper: “issued” is missing; it supersedes the earlier issues.",
    ),
    "a statement of no threat": (
        STATEMENT + "      shows_recommendations: true\n",
        "statement.sections[0].shows_recommendations: only the section of a threat has this.",
    ),
    "a statement that is agreed by nobody": (
        STATEMENT + "  status: agreed\n",
        "statement.agreed: “agreed” is missing; the paper is agreed.",
    ),
    "an evidence annex of no figure": (
        "    - {kind: annex, heading: A, paragraphs: [{text: b, figure: clouds}]}\n",
        "paper.sections[8].paragraphs[0].figure: expected “ratings”, “capacity”,",
    ),
    "a past paper of the future": (
        "past_papers:\n  - {year: 2013-14}\n",
        "past_papers[0].year: expected a year up to 2012-13; found 2013-14.",
    ),
    "a past paper of nothing": (
        "past_papers:\n  - {year: 2011-12}\n",
        "past_papers[0]: “issued” is missing, or “reading” of one not taken in.",
    ),
    "recommendations of a year twice": (
        "earlier_recommendations:\n"
        "  - {year: 2010-11, recommendations: []}\n  - {year: 2010-11, recommendations: []}\n",
        "earlier_recommendations[1].year: 2010-11 stands here twice.",
    ),
    "recommendations of before the year before": (
        "earlier_recommendations:\n  - {year: 2011-12, recommendations: []}\n"
        "previous_recommendations: {year: 2010-11, recommendations: []}\n",
        "previous_recommendations.year: a paper reports on the latest year before it; expected "
        "2011-12.",
    ),
    "a history that leads elsewhere": (
        "previous_recommendations:\n  year: 2011-12\n  recommendations:\n"
        f"    - {{addressee: A, text: b, status_changes: [{CHANGE[2:]}]}}\n",
        "previous_recommendations.recommendations[0].status_changes: the status is open, but its "
        "last change leads to accepted.",
    ),
    "a step that there is not": (
        "previous_recommendations:\n  year: 2011-12\n  recommendations:\n"
        "    - {addressee: A, text: b, status: accepted, status_changes: "
        f"[{CHANGE[2:].replace('accept,', 'like,')}]}}\n",
        "status_changes[0].action: there is no action like; expected one of: accept, decline,",
    ),
    "a brand without a picture": (
        "",
        "force.brand.logo: expected a PNG picture in base 64.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("added", "told"), PAPER.values(), ids=PAPER.keys())
def test_what_surrounds_a_paper_is_checked(shipped, write, added, told):
    text = SMALL + added
    if not added:
        text = SMALL.replace("  code: nth\n", "  code: nth\n  brand: {logo: aGVsbG8=}\n")

    with pytest.raises(CommandError) as error:
        call_command("load_cycle", write(text, "bad.yaml"))

    assert told in str(error.value)
    assert "line " in str(error.value)
    assert not BoardPaper.objects.exists()
    assert not Recommendation.objects.exists()


def test_a_statement_is_made_without_a_browser(shipped, write, tmp_path):
    threats = SMALL[SMALL.index("    - threat:") : SMALL.index("    - heading: Financial")]
    text = SMALL + STATEMENT + "      paragraphs: [So.]\n" + threats
    call_command("load_cycle", write(text), verbosity=0)
    target = tmp_path / "statement.html"
    wanted = {"force": "nth", "cycle": "2012-13", "audience": "public", "format": "html"}

    call_command("board_paper", kind="statement", output=str(target), verbosity=0, **wanted)

    words = target.read_text(encoding="utf-8")
    assert "Statement" in words
    assert "So." in words
    assert "Floods remain the greatest risk." in words
    assert "Where the units stand at night." not in words
