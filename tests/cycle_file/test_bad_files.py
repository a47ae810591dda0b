"""A bad file is refused with file, line, place and what was expected, and nothing is loaded."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from assessments.models import Assessment, Cycle
from reports.models import BoardPaper, Recommendation
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.models import Force, User
from tests.cycle_file.files import SMALL

pytestmark = pytest.mark.django_db


def refused(write, text: str) -> str:
    """The error of loading a file; asserts that nothing of it was kept."""
    models = (Force, User, Cycle, Assessment, Recommendation, BoardPaper, AuditEvent)
    before = [model.objects.count() for model in models]

    with pytest.raises(CommandError) as error:
        call_command("load_cycle", write(text, "bad.yaml"))

    assert [model.objects.count() for model in models] == before
    assert error.value.returncode == 1
    return str(error.value)


# What is changed in SMALL, to what, the words of the line that is named, the place, the reason.
BAD = {
    "unknown threat": (
        "  public-order:\n", "  flooding:\n", "  flooding:",
        "assessments.flooding", "there is no threat flooding; expected one of: terrorism,",
    ),
    "unknown question": (
        "      threat-picture:", "      weather:", "      weather:",
        "assessments.cyber.answers.weather", "there is no question weather; expected one of:",
    ),
    "rating not on the scale": (
        "{rating: amber}", "{rating: good}", "      capacity-rating:",
        "assessments.cyber.answers.capacity-rating.rating",
        "there is no rating good; expected one of: green, amber, red, not-rated.",
    ),
    "negative figure": (
        "required: 4", "required: -4", "      - {unit:",
        "assessments.cyber.figures[0].required", "expected 0 or more; found the number -4.",
    ),
    "dates out of order": (
        "due_on: 2012-12-31", "due_on: 2012-08-01", "  due_on:",
        "cycle.due_on", "expected a date from 2012-09-03 on, when tasked_on is; found 2012-08-01.",
    ),
    "date before the cycle": (
        "as_at: 2012-12-31", "as_at: 1912-12-31", "  as_at:",
        "cycle.as_at", "this date lies outside the cycle of 2012-13; expected one from 2011-04-01",
    ),
    "year that is none": (
        "year: 2012-13", "year: 2012-14", "  year:",
        "cycle.year", "a financial year that begins in 2012 is 2012-13.",
    ),
    "year after which there is none": (
        "year: 2012-13", "year: 9999-00", "  year:",
        "cycle.year", "expected a financial year such as 2016-17; found 9999-00.",
    ),
    "year before which there is none": (
        "year: 2012-13", "year: 0000-01", "  year:",
        "cycle.year", "expected a financial year such as 2016-17; found 0000-01.",
    ),
    "unknown edition": (
        "edition: 2012-07", "edition: 2014-01", "  edition:",
        "cycle.edition", "there is no edition 2014-01; expected one that is loaded: 2023-02,",
    ),
    "reference that leads nowhere": (
        "recommendation:note]]", "recommendation:nonsense]]", "      paragraphs: [\"As",
        "paper.sections[6].paragraphs[0]",
        "the reference [[recommendation:nonsense]] leads nowhere; expected",
    ),
    "duplicate identity": (
        "identity: note", "identity: train", "  - identity: train",
        "recommendations[1].identity", "the identity train stands in this list twice",
    ),
    "withheld without an exemption": (
        "withheld_under: section 31", "public: false", "        public: false",
        "assessments.terrorism.summary[1].public",
        "what is not public is withheld under an exemption; expected “withheld_under” too",
    ),
    "withheld under nothing known": (
        "section 31", "section 99", "        withheld_under:",
        "assessments.terrorism.summary[1].withheld_under", "expected “section 22”",
    ),
    "over-long text": (
        "Little is known.", "x" * 20_001, "      threat-picture:",
        "assessments.cyber.answers.threat-picture",
        "this text has 20,001 characters; at most 20,000 are allowed.",
    ),
    "nobody by that name": (
        "    approved: {by: Ada Brook}\n    summary:\n      - Floods",
        "    approved: {by: Adam Brook}\n    summary:\n      - Floods",
        None, "assessments.civil-emergencies.approved.by",
        "“Adam Brook” is the name of nobody in people;",
    ),
    "nobody with that address": (
        "  board_on: 2013-02-05", "  board_on: 2013-02-05\n  opened_by: x@example.org",
        "  opened_by:", "cycle.opened_by", "nobody has the address x@example.org;",
    ),
    "approved by nobody": (
        "  public-order:\n    approved: {by: Ada Brook}\n",
        "  public-order:\n    status: approved\n",
        "  public-order:", "assessments.public-order.approved", "“approved” is missing;",
    ),
    "approved by who submitted": (
        "  public-order:\n    approved: {by: Ada Brook}\n",
        "  public-order:\n    written_by: Ada Brook\n    approved: {by: Ada Brook}\n",
        "    approved: {by: Ada Brook}", "assessments.public-order.approved.by",
        "nobody approves what they submitted",
    ),
    "returned without a reason": (
        "  public-order:\n    approved: {by: Ada Brook}\n",
        "  public-order:\n    status: returned\n",
        "    status: returned", "assessments.public-order.status", "“status_changes” is missing;",
    ),
    "two sections for one threat": (
        "- threat: cyber", "- threat: terrorism", None,
        "paper.sections[3]", "there is a section for terrorism already: sections[2].",
    ),
    "agreed while a threat has no section": (
        "    - threat: cyber\n", "", "  status: agreed",
        "paper.status", "the paper cannot be agreed yet. No section of the paper is about Large-",
    ),
    "unknown key": (
        "  as_at:", "  as_at_date:", "  as_at_date:",
        "cycle.as_at_date", "“as_at_date” is not known here; did you mean “as_at”?",
    ),
    "duplicate key": (
        "  year: 2012-13\n", "  year: 2012-13\n  year: 2013-14\n", "  year: 2013-14",
        "cycle.year", "“year” stands here twice;",
    ),
    "no force to be found": (
        "  name: Northshire Police\n", "", "force:",
        "force", "“name” is missing; the portal does not know nth yet.",
    ),
    "last year's words beside no question": (
        "    figures:\n",
        "    carried: {weather: {year: 2011-12, threat_label: X}}\n    figures:\n",
        None, "assessments.cyber.carried.weather", "there is no question weather;",
    ),
    "a reply to nothing": (
        "    figures:\n",
        "    comments:\n      - {text: So, by: Ada Brook, at: '2012-10-01T09:00:00+00:00',"
        " thread: x}\n    figures:\n",
        None, "assessments.cyber.comments[0].thread", "no comment that begins a thread has",
    ),
    "an outcome of no proposal": (
        "    figures:\n",
        "    comments:\n      - {text: So, by: Ada Brook, at: '2012-10-01T09:00:00+00:00',"
        " outcome: agreed}\n    figures:\n",
        None, "assessments.cyber.comments[0].outcome", "only a proposed rating has an outcome.",
    ),
    "evidence that is not in the register": (
        "    figures:\n",
        "    evidence:\n      - {kind: stra, title: The STRA, entry: nowhere}\n    figures:\n",
        None, "assessments.cyber.evidence[0].entry", "the register has no entry nowhere;",
    ),
    "evidence that backs no question": (
        "    figures:\n",
        "    evidence:\n      - {kind: stra, title: The STRA, backs: [weather]}\n    figures:\n",
        None, "assessments.cyber.evidence[0].backs[0]", "there is no question weather;",
    ),
    "a file of evidence that was changed": (
        "assessments:\n",
        "evidence:\n  - identity: one\n    kind: stra\n    title: The STRA\n    files:\n"
        "      - {identity: f, name: a.pdf, content_type: application/pdf, status: passed, size: 2,"
        f" by: Ada Brook, at: '2012-10-01T09:00:00+00:00', sha256: '{'0' * 64}', content: aGk=}}\n"
        "assessments:\n",
        None, "evidence[0].files[0]", "the content is not what was kept:",
    ),
    "somebody who acts for ever": (
        "post: ACC Operations}",
        "post: ACC Operations, appointments: [{role: force_lead, threat: cyber, from: 2012-01-01,"
        " acting_for: Ada Brook}]}",
        None, "people[0].appointments[0].acting_for", "only a force lead acts for another, until",
    ),
    "unreadable colour": (
        "  name: Northshire Police\n", "  name: Northshire Police\n  colour: '#ffff00'\n",
        "  colour:", "force.colour", "White words on #ffff00",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "place", "reason"), BAD.values(), ids=BAD.keys())
def test_it_is_refused_with_its_line_and_place(shipped, write, old, new, line, place, reason):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)

    error = refused(write, text)

    told = next(told for told in error.splitlines() if f", {place}: {reason}" in told)
    name, number = re.match(r"(\S+), line (\d+), ", told).groups()
    assert name == "bad.yaml"
    if line:
        assert text.splitlines()[int(number) - 1].startswith(line)


def test_every_problem_is_told_at_once(shipped, write):
    text = SMALL.replace("{rating: amber}", "{rating: good}").replace("threat-picture", "weather")
    text = text.replace("identity: note", "identity: train")

    error = refused(write, text)

    assert len(error.splitlines()) == 4  # the lost identity takes a reference with it


def test_no_more_than_twenty_problems_are_told(shipped, write):
    answers = "".join(f"      question-{number}: text\n" for number in range(30))

    error = refused(write, SMALL.replace("      threat-picture: Little is known.\n", answers))

    assert len(error.splitlines()) == 21
    assert error.endswith("there are more problems; these are the first 20.")


def test_a_yaml_bomb_is_refused(shipped, write):
    bomb = "format: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a]\n" for n in range(20))

    assert "bad.yaml, line 1, format: the anchor &a is not allowed" in refused(write, bomb)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the file is empty"),
        ("[", "line"),
        ("format: 2\nforce: {code: x}\ncycle: {}", "format: expected “1”; found the number 2."),
        ("- a", "expected a group of named entries; found a list."),
        ("format: 1\nforce: !!python/object:os.system {}", "the tag “"),
        ("format: 1\x07", "there is a control character (U+0007) that cannot be kept"),
        ("a:\n" + " " * 2 + "[" * 500, "levels deep"),
    ],
)
def test_what_is_no_cycle_file_is_refused(shipped, write, text, reason):
    assert reason in refused(write, text)


def test_a_file_that_is_not_there_is_refused(shipped, tmp_path):
    with pytest.raises(CommandError, match=r"none\.yaml: there is no such file"):
        call_command("load_cycle", tmp_path / "none.yaml")


def test_a_cycle_is_never_loaded_over_another(small, write):
    error = refused(write, SMALL)

    assert "line 10, cycle.year: Northshire has a cycle for 2012-13 already" in error


def test_a_file_does_not_change_a_force(small, write):
    error = refused(
        write, SMALL.replace("2012-13", "2013-14").replace("Police\n", "Constabulary\n")
    )

    assert "line 4, force.name: the portal has “Northshire Police” here" in error


NEXT_YEAR = """\
format: 1
force: {code: nth}
cycle:
  year: 2013-14
  edition: 2012-07
  as_at: 2013-12-31
  tasked_on: 2013-09-03
  due_on: 2013-12-31
  executive_on: 2014-01-14
  board_on: 2014-02-05
previous_recommendations:
  year: 2012-13
  recommendations:
    - heading: Public order
      addressee: Chief Constable
      text: to keep eleven units trained.
      threats: [public-order]
      status: completed
      outcome: Eleven units were kept trained.
    - addressee: The Commissioner
      text: to note this report.
"""


def test_what_became_of_last_years_recommendations_is_taken_over(small, write):
    call_command("load_cycle", write(NEXT_YEAR), verbosity=0)

    rows = Recommendation.objects.filter(year="2012-13").order_by("order")
    assert [(row.identity, row.status, row.outcome) for row in rows] == [
        ("train", "completed", "Eleven units were kept trained."),
        ("note", "open", ""),
    ]


def test_last_years_recommendations_must_be_those_the_portal_has(small, write):
    error = refused(write, NEXT_YEAR.replace("eleven units trained.", "twelve units trained."))

    place = "line 16, previous_recommendations.recommendations[0].text"
    assert f"{place}: recommendation 1 of 2012-13 is in the portal already" in error
    assert "expected “to keep eleven units trained.”. Nothing was changed." in error


def test_an_outcome_that_the_portal_has_is_not_changed(small, write):
    Recommendation.objects.filter(identity="train").update(outcome="Ten were.", status="superseded")

    error = refused(write, NEXT_YEAR)

    assert ".outcome: recommendation 1 of 2012-13 is in the portal already with another" in error


def test_no_recommendation_of_last_year_may_be_missing(small, write):
    shortened = NEXT_YEAR[: NEXT_YEAR.index("    - addressee: The Comm")]

    assert "the portal has 2 recommendations of 2012-13 already" in refused(write, shortened)


def test_words_changed_after_they_were_approved_are_not_taken_as_approved(small, write, tmp_path):
    dump = tmp_path / "dump.yaml"
    call_command("dump_cycle", force="nth", cycle="2012-13", output=str(dump), verbosity=0)
    text = dump.read_text().replace("2012-13", "2013-14").replace("2013-14-31", "2012-13-31")
    changed = text.replace("The threat is substantial.", "The threat is low.")

    error = refused(write, changed)

    assert "what stands in this assessment is not what was approved" in error
    assert "assessments.terrorism.approved.content" in error


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["load_cycle", "nowhere.yaml"], "nowhere.yaml: there is no such file"),
        (["dump_cycle", "--force", "x", "--cycle", "y", "--output", "-"], "The database refused"),
    ],
)
def test_the_commands_end_with_status_1_and_no_traceback(tmp_path, command, reason):
    environment = os.environ | {"SPR_DATA_DIR": str(tmp_path), "SPR_DATABASE_URL": ""}

    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip

    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
