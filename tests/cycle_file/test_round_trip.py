"""What is dumped loads to the same rows, and dumps to the same bytes."""

from __future__ import annotations

import datetime
import hashlib

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from assessments.domain import file_store
from assessments.domain.assessments import return_assessment
from assessments.domain.comments import add_comment
from assessments.domain.contributors import name_contributor
from assessments.domain.items import add_item, change_item, remove_item
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from assessments.models import (
    CarriedAnswer,
    Comment,
    Cycle,
    Evidence,
    EvidenceFile,
    EvidenceReference,
)
from reports.domain.compose import compose_paper
from reports.models import PaperTemplate
from spr_portal.cycle_file.dumping import cycle_data
from spr_portal.cycle_file.loading import load_cycle
from spr_portal.cycle_file.writing import to_yaml
from spr_portal.demonstration import FILES
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment
from tests.cycle_file.files import MODELS, SMALL, database_content, seven_threats
from tests.cycle_file.generated_years import texts, years
from tests.cycle_file.papers_with_everything import papers_with_everything
from tests.factories import make_approved, make_cycle, make_force, make_person, make_submitted

pytestmark = pytest.mark.django_db


def loaded(*paths) -> tuple[dict, list[str]]:
    """What files leave in the database, and the dumps of their cycles; all of it is then undone."""
    with transaction.atomic():
        cycles = [load_cycle(path) for path in paths]
        dumps = [to_yaml(cycle_data(Cycle.objects.get(pk=cycle.pk))) for cycle in cycles]
        content = database_content()
        transaction.set_rollback(True)
    return content, dumps


def assert_lossless(write, *texts: str) -> None:
    first = [write(text, f"first-{number}.yaml") for number, text in enumerate(texts)]
    content, dumps = loaded(*first)
    again = [write(text, f"again-{number}.yaml") for number, text in enumerate(dumps)]

    content_again, dumps_again = loaded(*again)

    assert content_again == content
    assert dumps_again == dumps


def test_the_demonstration_is_lossless(shipped, write):
    assert_lossless(write, *(path.read_text() for path in FILES))


@pytest.mark.parametrize("text", [SMALL, seven_threats()], ids=["five threats", "seven threats"])
def test_a_file_written_by_hand_is_lossless(shipped, write, text):
    assert_lossless(write, text)


def test_a_later_year_may_be_loaded_before_an_earlier_one(shipped, write):
    content, dumps = loaded(*FILES)
    one, two = (write(text, f"{number}.yaml") for number, text in enumerate(dumps))

    content_again, dumps_again = loaded(two, one)

    assert (content_again, dumps_again) == (content, [dumps[1], dumps[0]])


def test_what_people_did_in_the_portal_is_lossless(shipped, write):
    with transaction.atomic():
        cycle = _a_year_with_everything()
        text = to_yaml(cycle_data(cycle))
        content = database_content()
        transaction.set_rollback(True)

    content_again, (text_again,) = loaded(write(text))

    assert text_again == text
    assert content_again == content
    assert "Exercise: Anvil" in text


def test_what_surrounds_papers_is_lossless(shipped, write):
    with transaction.atomic():
        text = to_yaml(cycle_data(papers_with_everything()))
        content = database_content()
        transaction.set_rollback(True)

    content_again, (text_again,) = loaded(write(text))

    assert text_again == text
    assert content_again == content
    assert all(content[name] for name in MODELS if name.startswith("reports.Paper"))


def _a_year_with_everything() -> Cycle:
    force = make_force("wmp")
    reviewer = make_person(force=force, role=Role.ACC_SECURITY)
    cycle = make_cycle(force=force, by=reviewer)
    make_approved(cycle=cycle, threat="terrorism", by=reviewer)
    returned = make_submitted(cycle=cycle, threat="public-order")
    add_comment(assessment=returned, place="capacity-rating", text="Why: 'so'?", by=reviewer)
    returned = return_assessment(assessment=returned, reason="- because\n\n# yes", by=reviewer)
    lead = make_person(force=force, role=Role.FORCE_LEAD, threat="public-order")
    response = returned.responses.get(question__code="threat-picture")
    save_response(response=response, text="1e3", rating=None, started_from=1, by=lead)
    with pytest.raises(StaleEdit):
        save_response(response=response, text="2016-08-31", rating=None, started_from=1, by=lead)
    values = {"statement": "null", "likelihood": "low", "impact": "high"}
    item = add_item(assessment=returned, kind=ItemKind.VULNERABILITY, values=values, by=lead)
    change_item(
        assessment=returned, kind=ItemKind.VULNERABILITY, identity=item.identity,
        values=values | {"statement": " ~ "}, started_from=1, by=lead,
    )  # fmt: skip
    gone = returned.summary.get()
    remove_item(
        assessment=returned, kind=ItemKind.SUMMARY, identity=gone.identity, started_from=1, by=lead
    )
    _what_stands_around(returned, lead, reviewer)
    lead.name, lead.post = "Another name", "Another post"
    lead.save()
    compose_paper(
        cycle=cycle,
        template=PaperTemplate.objects.get(code="spr-board-paper", version=1),
        by=reviewer,
    )
    return Cycle.objects.get(pk=cycle.pk)


def _what_stands_around(assessment, lead, reviewer) -> None:
    """Last year's words, a contributor with drafts, threads, a proposal, evidence with a file."""
    helper = make_person(force=assessment.force)
    codes = ["delivery-local", "delivery-regional"]
    name_contributor(assessment=assessment, person=helper, question_codes=codes, by=lead)
    draft = assessment.responses.get(question__code="delivery-local")
    save_response(response=draft, text="A draft.", rating=None, started_from=1, by=helper)
    CarriedAnswer.objects.create(
        response=draft, year="2015-16", threat_label="Public order", text="- Then\n- and there",
    )  # fmt: skip
    rating = assessment.responses.get(question__code="capacity-rating")
    CarriedAnswer.objects.create(
        response=rating, year="2015-16", threat_label="Public order", rating_code="amber",
        rating_label="Amber", rating_tone="yellow", rating_symbol="A", scale_code="x",
    )  # fmt: skip
    thread = add_comment(assessment=assessment, place="delivery-local", text="Who?", by=lead)
    Comment.objects.create(
        assessment=assessment, thread=thread, place=thread.place, text="Us.", by=helper,
        by_name="As it was then", at=thread.at,
    )  # fmt: skip
    Comment.objects.filter(pk=thread.pk).update(
        resolved_at=thread.at, resolved_by=lead, resolved_by_name="Another name"
    )
    Comment.objects.create(
        assessment=assessment, place="capacity-rating", text="Worse.", by=reviewer,
        by_name=reviewer.name, at=thread.at, proposed_rating=rating.rating, outcome="withdrawn",
        resolved_at=thread.at,
    )  # fmt: skip
    finding = {"body": "HMIC", "report": "PEEL", "finding_kind": "other", "text": "Do: it."}
    old = add_item(assessment=assessment, kind=ItemKind.FINDING, values=finding, by=lead)
    type(old).objects.filter(pk=old.pk).update(is_reviewed=False, first_raised="2012-13")
    change_item(
        assessment=assessment, kind=ItemKind.VULNERABILITY, started_from=2,
        identity=assessment.vulnerabilities.get().identity,
        values={"statement": "By a contributor.", "status": "closed", "outcome": "Gone."},
        by=make_person(force=assessment.force, role=Role.CONTRIBUTOR, threat="public-order"),
    )  # fmt: skip
    _evidence_with_a_file(assessment, lead)
    Appointment.objects.create(
        person=helper, role=Role.FORCE_LEAD, threat_code="public-order", acting_for=lead,
        starts_on=datetime.date(2016, 5, 1), ends_on=datetime.date(2016, 5, 9),
    )  # fmt: skip


def _evidence_with_a_file(assessment, lead) -> None:
    entry = Evidence.objects.create(
        force=assessment.force, kind="exercise", title="Exercise: Anvil", handling="Ask first",
        marking="OFFICIAL-SENSITIVE", expires_on=datetime.date(2017, 1, 1), is_shared=True,
        added_by=lead, added_at=assessment.cycle.opened_at,
    )  # fmt: skip
    Evidence.objects.create(
        force=assessment.force, kind="stra", title="Cited nowhere", added_by=lead,
        added_at=assessment.cycle.opened_at,
    )  # fmt: skip
    EvidenceReference.objects.create(
        assessment=assessment, order=1, kind="exercise", title="Exercise: Anvil", evidence=entry,
        expires_on=datetime.date(2017, 1, 1), backs=["delivery-local", "capacity-local"],
    )  # fmt: skip
    content = b"%PDF-1.7 \x00 bytes"
    for status in ("passed", "refused"):
        file = EvidenceFile.objects.create(
            evidence=entry, name="anvil: report.pdf", content_type="application/pdf",
            size=len(content), sha256=hashlib.sha256(content).hexdigest(), status=status,
            is_scanned=True, scanned_at=entry.added_at, added_by=lead, added_at=entry.added_at,
        )  # fmt: skip
        if status == "passed":
            path = file_store.path_of(file.identity)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),  # making a failing year smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(year=years)
def test_any_year_is_lossless(shipped, write, year):
    assert_lossless(write, to_yaml(year))


@given(text=texts)
def test_any_text_reads_back_as_it_was_written(text):
    to_yaml({"a": text, "b": [text], text[:50]: {"c": text}})  # it reads its own words back


def test_a_dump_to_standard_output_is_the_file(small, capsysbinary, tmp_path):
    path = tmp_path / "dump.yaml"
    call_command("dump_cycle", force="nth", cycle="2012-13", output=str(path), verbosity=0)

    call_command("dump_cycle", force="nth", cycle="2012-13", output="-", verbosity=0)

    assert capsysbinary.readouterr().out == path.read_bytes()
