"""Proposing, agreeing and answering on the pages."""

import pytest

from assessments.domain.assessments import (
    return_assessment,
)
from assessments.domain.content import content_of, hash_of
from assessments.models import Comment
from tests.assessments.proposals import (
    PLACE,
    acc,
    answer,
    lead,
    other,
    points_of,
    proposal,
    submitted,
)

__all__ = ["acc", "lead", "other", "proposal", "submitted"]

pytestmark = pytest.mark.django_db

# --- on the pages


def at(assessment, *more):
    return "/".join(["/cycles", assessment.cycle.year, "terrorism", *more, ""])


def test_acc_security_proposes_on_a_page_and_the_review_says_what_waits(
    client, submitted, acc, other
):
    client.force_login(acc)

    response = client.post(
        at(submitted, "propose", PLACE), {"rating": other.code, "reason": "It showed gaps."}
    )
    page = client.get(at(submitted, "review")).content.decode()

    assert response["Location"] == at(submitted, "review") + f"#talk-{PLACE}"
    assert "It showed gaps." in page
    assert "Approve: A proposed rating waits" in page
    assert at(submitted, "propose", PLACE) not in page
    assert "Approve</a>" not in page


def test_the_page_of_the_approval_says_what_waits_and_offers_no_button(
    client, submitted, acc, proposal
):
    client.force_login(acc)
    shown = hash_of(content_of(submitted))

    page = client.get(at(submitted, "approve") + f"?content={shown}").content.decode()
    response = client.post(at(submitted, "approve"), {"content_hash": shown, "has_read": "on"})

    assert "A proposed rating waits" in page
    assert "1 thread of comments is unresolved" in page
    assert 'name="has_read"' not in page
    assert response.status_code == 409


def test_the_lead_agrees_on_the_page_that_is_locked(client, submitted, lead, proposal, other):
    client.force_login(lead)

    page = client.get(at(submitted, "answers", "capacity")).content.decode()
    client.post(
        at(submitted, "talk"),
        {"talk": f"agree:{proposal.identity}", f"version:{PLACE}": answer(submitted).version},
    )

    assert "Agree to this rating" in page
    assert f'name="version:{PLACE}" value="1"' in page
    assert answer(submitted).rating == other


def test_the_lead_agrees_beside_the_answers_which_are_saved_too(
    client, submitted, lead, acc, proposal, other
):
    return_assessment(assessment=submitted, reason="See there.", by=acc)
    client.force_login(lead)

    client.post(
        at(submitted, "answers", "capacity", "talk"),
        {
            "talk": f"agree:{proposal.identity}",
            PLACE: points_of(submitted)[2].code,
            f"version:{PLACE}": "1",
            "capacity-local": "We hold 62.",
            "version:capacity-local": "1",
        },
    )

    assert answer(submitted).rating == other
    assert [one.version for one in answer(submitted).versions.all()] == [1, 2, 3]
    assert submitted.responses.get(question__code="capacity-local").text == "We hold 62."


def test_a_lead_with_an_old_page_agrees_to_nothing(client, submitted, lead, acc, proposal):
    client.force_login(lead)

    response = client.post(
        at(submitted, "talk"), {"talk": f"agree:{proposal.identity}", f"version:{PLACE}": "0"}
    )

    assert response.status_code == 409
    proposal.refresh_from_db()
    assert proposal.outcome == ""


def test_the_reason_stays_when_no_rating_is_chosen(client, submitted, acc):
    client.force_login(acc)

    page = client.post(at(submitted, "propose", PLACE), {"reason": "It showed gaps."})

    assert "It showed gaps.</textarea>" in page.content.decode()
    assert not Comment.objects.exists()
