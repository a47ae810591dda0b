"""Checking the answers and submitting them."""

import html
import re

from assessments.domain.assessments import DECLARATION, submit_assessment
from assessments.domain.content import content_of, hash_of
from assessments.domain.items import add_item
from assessments.domain.responses import save_response
from assessments.enums import AssessmentStatus, ItemKind
from assessments.models import Submission
from spr_portal.identity.enums import Role
from tests.assessments.lead import desk, lead_client
from tests.factories import fill_in

__all__ = ["desk", "lead_client"]


def declared(desk) -> dict:
    """What the check page sends when it shows the answers as they now are."""
    return {"is_declared": "on", "content_hash": hash_of(content_of(desk.assessment))}


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def test_lead_submits_under_the_declaration(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    assert DECLARATION in text_of(lead_client.get(desk.url("check")))

    response = lead_client.post(desk.url("submit"), declared(desk), follow=True)

    assert "Assessment submitted" in text_of(response)
    assert "What happens next" in text_of(response)
    assert desk.refreshed().status == AssessmentStatus.SUBMITTED
    assert desk.assessment.submitted_by == desk.lead


def test_without_the_declaration_nothing_is_submitted(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)

    page = text_of(lead_client.post(desk.url("submit"), {}))

    assert "Tick the declaration to submit the assessment" in page
    assert 'href="#id_is_declared"' in page
    assert desk.refreshed().status == AssessmentStatus.IN_PROGRESS


def test_answers_that_changed_after_they_were_checked_are_not_submitted(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    sent = declared(desk)
    values = {"text": "A colleague's paragraph.", "is_public": True}
    add_item(assessment=desk.assessment, kind=ItemKind.SUMMARY, values=values, by=desk.lead)

    response = lead_client.post(desk.url("submit"), sent)

    assert response.status_code == 409
    assert "Somebody changed the assessment after you opened this page." in text_of(response)
    assert "A colleague's paragraph." in text_of(response)
    assert desk.refreshed().status == AssessmentStatus.IN_PROGRESS
    assert f'value="{declared(desk)["content_hash"]}"' in text_of(response)


def test_second_submit_is_told_plainly(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    lead_client.post(desk.url("submit"), declared(desk))

    response = lead_client.post(desk.url("submit"), declared(desk))

    assert response.status_code == 409
    assert "This assessment cannot be submitted: it is submitted." in text_of(response)
    assert Submission.objects.count() == 1


def test_incomplete_assessment_comes_back_with_what_is_missing(desk, lead_client):
    save_response(
        response=desk.response("capacity-local"),
        text="Words.",
        rating=None,
        started_from=0,
        by=desk.lead,
    )

    response = lead_client.post(desk.url("submit"), declared(desk))

    page = text_of(response)
    assert response.status_code == 409
    assert "24 things are missing. Nothing was submitted." in page
    assert f'href="{desk.url("part", "capacity")}#capacity-regional"' in page
    assert desk.refreshed().status == AssessmentStatus.IN_PROGRESS


def test_every_missing_thing_links_to_a_field_that_is_there(desk, lead_client):
    response = lead_client.get(desk.url("check"))

    links = [thing.href for thing in response.context["missing"]]
    assert len(links) == 25
    for link in links:
        address, _, field = link.partition("#")
        page = text_of(lead_client.get(address))
        if field:
            assert re.search(rf'<(textarea|input) [^>]*id="{field}"', page)


def test_words_for_the_board_say_who_may_read_them(desk, lead_client):
    for values in [
        {"text": "For all.", "is_public": True},
        {"text": "For some.", "is_public": False, "withheld_under": "section 31"},
    ]:
        add_item(assessment=desk.assessment, kind=ItemKind.SUMMARY, values=values, by=desk.lead)

    page = text_of(lead_client.get(desk.url("check")))

    assert "Paragraph 1, public" in page
    assert "Paragraph 2, withheld under Section 31 (law enforcement)" in page


def test_change_links_lead_to_the_answer(desk, lead_client):
    page = text_of(lead_client.get(desk.url("check")))

    assert f'href="{desk.url("part", "capacity")}#capacity-local"' in page


def test_contributor_is_told_why_they_cannot_submit(client, desk):
    contributor = desk.person(Role.CONTRIBUTOR)
    fill_in(desk.assessment, by=contributor)
    client.force_login(contributor)

    page = text_of(client.get(desk.url("check")))

    assert "Only a force lead of this threat can submit the assessment." in page
    assert "Submit the assessment</button>" not in page
    assert client.post(desk.url("submit"), declared(desk)).status_code == 403
    assert desk.refreshed().status == AssessmentStatus.IN_PROGRESS


def test_reviewer_cannot_submit(client, desk):
    fill_in(desk.assessment, by=desk.lead)
    client.force_login(desk.person(Role.ACC_SECURITY))

    assert client.post(desk.url("submit"), declared(desk)).status_code == 403
    assert desk.refreshed().status == AssessmentStatus.IN_PROGRESS


def test_another_threats_lead_finds_nothing_to_submit(client, desk):
    fill_in(desk.assessment, by=desk.lead)
    client.force_login(desk.person(Role.FORCE_LEAD, threat="cyber"))

    assert client.post(desk.url("submit"), declared(desk)).status_code == 404


def test_confirmation_is_shown_only_of_what_was_submitted(desk, lead_client):
    assert lead_client.get(desk.url("submit")).url == desk.url("check")


def test_submitted_assessment_is_read_only(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    submit_assessment(assessment=desk.assessment, by=desk.lead)

    page = text_of(lead_client.get(desk.url("check")))

    assert "All answers" in page
    assert ">Change<" not in page
    assert "its answers are locked" in page
