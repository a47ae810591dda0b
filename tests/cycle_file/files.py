"""Cycle files as a person would write them, and ways to look at what they leave behind."""

from __future__ import annotations

import json

from django.apps import apps
from django.db import models

# What a person would type from a past paper: five threats, in an order of their own.
SMALL = """\
format: 1
force:
  code: nth
  name: Northshire Police
  short_name: Northshire
  board_name: Northshire Police and Crime Panel
people:
  - {name: Ada Brook, post: ACC Operations}
cycle:
  year: 2012-13
  edition: 2012-07
  as_at: 2012-12-31
  tasked_on: 2012-09-03
  due_on: 2012-12-31
  executive_on: 2013-01-14
  board_on: 2013-02-05
assessments:
  public-order:
    approved: {by: Ada Brook}
    summary:
      - Eleven police support units are trained.
  terrorism:
    approved: {by: Ada Brook}
    summary:
      - The threat is substantial.
      - text: Where the units stand at night.
        withheld_under: section 31
  cyber:
    approved: {by: Ada Brook}
    answers:
      threat-picture: Little is known.
      capacity-rating: {rating: amber}
    figures:
      - {unit: Investigators, level: local, required: 4, held: 3, held_on: 2012-12-31}
    summary:
      - No attack was reported.
  civil-emergencies:
    approved: {by: Ada Brook}
    summary:
      - Floods remain the greatest risk.
  serious-organised-crime:
    approved: {by: Ada Brook}
    summary:
      - Forty groups are mapped.
recommendations:
  - identity: train
    heading: Public order
    addressee: Chief Constable
    text: to keep eleven units trained.
    threats: [public-order]
  - identity: note
    addressee: The Commissioner
    text: to note this report.
paper:
  title: Strategic Policing Requirement
  status: agreed
  agreed: {by: {name: Cecil Dray, post: Chief Constable}}
  sections:
    - heading: Purpose
      paragraphs:
        - |-
          This report is about five threats:

          - public order
          - terrorism
          - cyber incidents
          - civil emergencies
          - organised crime
    - threat: public-order
    - threat: terrorism
    - threat: cyber
    - threat: civil-emergencies
    - threat: serious-organised-crime
    - heading: Financial implications
      numbered: false
      paragraphs: ["As per [[recommendation:note]]."]
    - kind: recommendations
"""

SEVEN = (
    "terrorism", "violence-against-women-and-girls", "child-sexual-abuse", "cyber", "public-order",
    "serious-organised-crime", "civil-emergencies",
)  # fmt: skip


def seven_threats() -> str:
    """A year on the edition of February 2023."""
    assessments = "".join(
        f"  {code}:\n    approved: {{by: {{name: Ada Brook, post: ACC Operations}}}}\n"
        f"    summary: [What the board reads on {code}.]\n"
        for code in SEVEN
    )
    sections = "".join(f"    - threat: {code}\n" for code in SEVEN)
    return f"""\
format: 1
force: {{code: nth, name: Northshire Police, short_name: Northshire, board_name: The Panel}}
cycle:
  year: 2023-24
  edition: 2023-02
  as_at: 2023-12-31
  tasked_on: 2023-09-04
  due_on: 2023-12-31
  executive_on: 2024-01-15
  board_on: 2024-02-06
assessments:
{assessments}recommendations:
  - {{addressee: The Commissioner, text: to note this report.}}
paper:
  title: Strategic Policing Requirement
  sections:
{sections}    - kind: recommendations
"""


# What a year of a force is made of. Not the audit, downloads and files being made.
MODELS = (
    "identity.Force", "identity.User", "identity.Appointment", "assessments.Cycle",
    "assessments.Assessment", "assessments.StatusChange", "assessments.Submission",
    "assessments.Comment", "assessments.SetAside", "assessments.Response",
    "assessments.ResponseVersion", "assessments.CapacityFigure", "assessments.Vulnerability",
    "assessments.Finding", "assessments.Evidence", "assessments.EvidenceFile",
    "assessments.EvidenceReference", "assessments.ProposedRecommendation",
    "assessments.CarriedAnswer", "assessments.Contributor",
    "assessments.SummaryParagraph", "reports.Recommendation", "reports.BoardPaper",
    "reports.PaperSection", "reports.PaperParagraph", "reports.PaperStatusChange",
    "reports.IssuedPaper", "reports.IssuedFile", "reports.Meeting", "reports.MeetingStatusChange",
    "reports.Attendee", "reports.AgendaItem", "reports.BoardAction", "reports.ActionChange",
    "reports.MeetingPack",
    "reports.RecommendationChange", "reports.ParagraphOverride", "reports.CheckWaiver",
    "reports.PaperComment", "reports.KeptWords", "reports.BoardDecision", "reports.FollowUp",
    "reports.PublicLink", "reports.PastPaperDraft", "reports.PastPaperPiece", "reports.Brand",
)  # fmt: skip


# What a file leaves out: a secret, and which open page of a browser saved an answer last.
NOT_KEPT = frozenset({"password", "typed_on", "typed_number"})


def database_content() -> dict[str, list]:
    """Every row of a force's years, with what it points at instead of numbers."""
    names: dict = {}  # a name for each row pointed at, looked up once
    return {
        name: sorted(repr(_row(row, names)) for row in apps.get_model(name).objects.all())
        for name in MODELS
    }


def _row(row: models.Model, names: dict) -> dict:
    return {
        field.name: _value(row, field, names)
        for field in row._meta.fields
        if not field.primary_key and field.name not in NOT_KEPT
    }


def _value(row: models.Model, field: models.Field, names: dict):
    value = getattr(row, field.attname)
    if field.is_relation and value is not None:
        key = (field.related_model, value)
        if key not in names:
            names[key] = _name(getattr(row, field.name), names)
        return names[key]
    if isinstance(value, memoryview):
        return bytes(value)
    return json.dumps(value, sort_keys=True) if isinstance(value, (dict, list)) else value


def _name(row: models.Model, names: dict):
    """What tells a row from others of its kind, whatever its number."""
    for attribute in ("email", "reference", "identity", "code"):
        if hasattr(row, attribute):
            return getattr(row, attribute)
    pointers = [field for field in row._meta.fields if field.is_relation]
    return [_value(row, field, names) for field in pointers] or str(row)
