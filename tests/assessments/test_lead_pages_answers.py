"""Saving a page of answers: each for itself, and no words lost."""

import re

import pytest

from assessments.domain.assessments import submit_assessment
from assessments.domain.responses import save_response
from assessments.enums import AssessmentStatus
from assessments.exceptions import StaleEdit
from assessments.models import SetAside
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.assessments.lead import desk, lead_client
from tests.factories import fill_in

__all__ = ["desk", "lead_client"]

HOSTILE = '</textarea><script>alert("x")</script>{{ 7 }}{% now "Y" %}'


def text_of(response) -> str:
    return response.content.decode()


def page_of(desk, part: str = "capacity", **typed) -> dict:
    """What a browser sends for a page as it stands, with some answers typed anew."""
    sent = {}
    responses = desk.assessment.responses.filter(question__part__code=part)
    for response in responses.select_related("question", "rating"):
        code = response.question.code
        sent[f"version:{code}"] = str(response.version)
        if response.question.kind == "narrative":
            sent[code] = response.text
        elif response.rating:
            sent[code] = response.rating.code
    return sent | {code.replace("_", "-"): words for code, words in typed.items()}


def save(desk, code: str, text: str, *, by) -> None:
    response = desk.response(code)
    save_response(response=response, text=text, rating=None, started_from=response.version, by=by)


def test_answers_and_rating_are_saved_and_the_next_part_follows(desk, lead_client):
    sent = page_of(desk, capacity_rating="amber", capacity_local="We hold 62.")

    response = lead_client.post(desk.url("part", "capacity"), sent, follow=True)

    assert response.redirect_chain == [(desk.url("part", "capability") + "?saved=answers", 302)]
    assert "Your answers are saved." in text_of(response)
    assert desk.response("capacity-rating").rating.code == "amber"
    assert desk.response("capacity-local").text == "We hold 62."
    assert desk.response("capacity-regional").version == 0
    assert desk.refreshed().status == AssessmentStatus.IN_PROGRESS


def test_lead_may_return_to_the_task_list(desk, lead_client):
    sent = page_of(desk, capacity_local="We hold 62.") | {"then": "task_list"}

    response = lead_client.post(desk.url("part", "capacity"), sent)

    assert response.url == desk.url("assessment") + "?saved=answers"


def test_the_lists_follow_the_last_part(desk, lead_client):
    response = lead_client.post(desk.url("part", "four-ps"), page_of(desk, "four-ps"))

    assert response.url == desk.url("items", "figures") + "?saved=answers"


def test_contributor_saves_too(client, desk):
    client.force_login(desk.person(Role.CONTRIBUTOR))

    client.post(desk.url("part", "capacity"), page_of(desk, capacity_local="Draft."))

    assert desk.response("capacity-local").text == "Draft."


@pytest.mark.parametrize("role", [Role.ACC_SECURITY, Role.STAFF_OFFICER, Role.EXECUTIVE])
def test_reviewers_cannot_save(client, desk, role):
    client.force_login(desk.person(role))

    response = client.post(desk.url("part", "capacity"), page_of(desk, capacity_local="No."))

    assert response.status_code == 403
    assert desk.response("capacity-local").text == ""


def test_saving_twice_changes_nothing_more(desk, lead_client):
    sent = page_of(desk, capacity_local="We hold 62.")
    lead_client.post(desk.url("part", "capacity"), sent)
    events = AuditEvent.objects.count()

    assert lead_client.post(desk.url("part", "capacity"), sent).status_code == 302

    assert desk.response("capacity-local").version == 1
    assert AuditEvent.objects.count() == events


def test_stale_answer_is_shown_beside_the_newer_and_the_others_are_saved(desk, lead_client):
    sent = page_of(desk, capacity_local="My words.", capacity_regional="Also mine.")
    other = desk.person(Role.FORCE_LEAD, name="Robin Vale")
    save(desk, "capacity-local", "Robin wrote this.", by=other)

    response = lead_client.post(desk.url("part", "capacity"), sent)

    page = text_of(response)
    assert response.status_code == 409
    assert "This answer was saved by Robin Vale while you were writing" in page
    assert ">Robin wrote this.<" in page  # marked: none of it is in the lead's words
    assert 'name="capacity-local" rows="8"' in page
    assert ">\nMy words.</textarea>" in page
    assert 'name="version:capacity-local" value="1"' in page
    assert "Your other answers on this page are saved." in page
    assert desk.response("capacity-local").text == "Robin wrote this."
    assert desk.response("capacity-regional").text == "Also mine."


def test_what_only_one_of_two_versions_says_is_marked_on_its_side(desk, lead_client):
    sent = page_of(desk, capacity_local="We hold 62 units today.")
    save(desk, "capacity-local", "We hold 40 units.", by=desk.person(Role.FORCE_LEAD))

    page = text_of(lead_client.post(desk.url("part", "capacity"), sent))

    marked = re.findall(r"only here: </span>([^<]+)<", page)
    assert [words.strip() for words in marked] == ["62 units today.", "40 units."]


@pytest.mark.parametrize(
    ("choice", "stands"), [("mine", "My words."), ("theirs", "Theirs."), ("both", "Theirs.")]
)
def test_a_button_chooses_between_two_versions(desk, lead_client, choice, stands):
    sent = page_of(desk, capacity_local="My words.")
    save(desk, "capacity-local", "Theirs.", by=desk.person(Role.FORCE_LEAD))
    lead_client.post(desk.url("part", "capacity"), sent)
    again = page_of(desk, capacity_local="My words.") | {
        "settle:capacity-local": "yes",
        "choose:capacity-local": choice,
    }

    response = lead_client.post(desk.url("part", "capacity"), again)

    assert desk.response("capacity-local").text == stands
    assert SetAside.objects.filter(settled_at=None).exists() == (choice == "both")
    if choice == "both":
        assert ">\nTheirs.\n\nMy words.</textarea>" in text_of(response)
    else:
        assert response.url == desk.url("part", "capacity") + "?saved=answers#capacity-local"


def test_choice_after_a_stale_save_stands_and_nothing_waits_any_more(desk, lead_client):
    sent = page_of(desk, capacity_local="My words.")
    save(desk, "capacity-local", "Theirs.", by=desk.person(Role.FORCE_LEAD))
    lead_client.post(desk.url("part", "capacity"), sent)
    again = page_of(desk, capacity_local="Both.") | {"settle:capacity-local": "yes"}

    lead_client.post(desk.url("part", "capacity"), again)

    assert desk.response("capacity-local").text == "Both."
    assert not SetAside.objects.filter(settled_at=None).exists()


def test_taking_the_saved_words_settles_ones_own(desk, lead_client):
    sent = page_of(desk, capacity_local="My words.")
    save(desk, "capacity-local", "Theirs.", by=desk.person(Role.FORCE_LEAD))
    lead_client.post(desk.url("part", "capacity"), sent)
    again = page_of(desk) | {"settle:capacity-local": "yes"}

    lead_client.post(desk.url("part", "capacity"), again)

    assert desk.response("capacity-local").text == "Theirs."
    assert not SetAside.objects.filter(settled_at=None).exists()


def test_words_that_wait_stay_until_the_person_says_so(desk, lead_client):
    sent = page_of(desk, capacity_local="My words.")
    save(desk, "capacity-local", "Theirs.", by=desk.person(Role.FORCE_LEAD))
    lead_client.post(desk.url("part", "capacity"), sent)

    lead_client.post(desk.url("part", "capacity"), page_of(desk, capacity_regional="More."))

    page = text_of(lead_client.get(desk.url("part", "capacity")))
    assert "Words of yours that were not saved" in page
    assert "My words." in page
    assert ">\nTheirs.</textarea>" in page


def test_answer_left_alone_does_not_undo_a_colleagues(desk, lead_client):
    sent = page_of(desk, capacity_regional="Mine.")
    save(desk, "capacity-local", "Theirs.", by=desk.person(Role.FORCE_LEAD))

    response = lead_client.post(desk.url("part", "capacity"), sent)

    assert response.status_code == 302
    assert desk.response("capacity-local").text == "Theirs."


def test_locked_meanwhile_shows_the_words_to_be_copied(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    sent = page_of(desk, capacity_local="My last words.", capacity_rating="red")
    submit_assessment(assessment=desk.assessment, by=desk.person(Role.FORCE_LEAD))

    response = lead_client.post(desk.url("part", "capacity"), sent)

    page = text_of(response)
    assert response.status_code == 409
    assert "Your words were not saved" in page
    assert "This assessment is submitted, so its answers are locked." in page
    assert ">\nMy last words.</textarea>" in page
    assert ">\nRed</textarea>" in page
    assert "An answer to capacity-regional." in page
    assert desk.response("capacity-local").text == "An answer to capacity-local."


def test_words_that_wait_can_be_read_while_the_answers_are_locked(desk, lead_client):
    other = desk.person(Role.FORCE_LEAD)
    sent = page_of(desk, capacity_local="Mine, from an older page.")
    fill_in(desk.assessment, by=other)
    lead_client.post(desk.url("part", "capacity"), sent)
    submit_assessment(assessment=desk.refreshed(), by=other)

    page = text_of(lead_client.get(desk.url("part", "capacity")))

    assert "Mine, from an older page.</textarea>" in page
    assert "so its answers are locked" in page


def test_words_too_long_come_back_whole_and_the_others_are_saved(desk, lead_client):
    long = "word " * 20_000
    sent = page_of(desk, capacity_local=long, capacity_regional="Short.")

    response = lead_client.post(desk.url("part", "capacity"), sent)

    page = text_of(response)
    assert "<title>Error: " in page
    assert "must be 10,000 characters or fewer; you have written 99,999" in page
    assert f">\n{long}</textarea>" in page
    assert 'href="#capacity-local"' in page
    assert 'id="capacity-local"' in page
    assert "Your other answers on this page are saved." in page
    assert desk.response("capacity-local").text == ""
    assert desk.response("capacity-regional").text == "Short."


def test_unknown_rating_is_refused_beside_the_radios(desk, lead_client):
    sent = page_of(desk, capacity_rating="splendid", capacity_local="Kept.")

    page = text_of(lead_client.post(desk.url("part", "capacity"), sent))

    assert "Select one of the ratings shown" in page
    assert 'href="#capacity-rating"' in page
    assert 'id="capacity-rating" name="capacity-rating" type="radio"' in page
    assert desk.response("capacity-rating").rating is None
    assert desk.response("capacity-local").text == "Kept."


def test_markup_is_words(desk, lead_client):
    lead_client.post(desk.url("part", "capacity"), page_of(desk, capacity_local=HOSTILE))

    page = text_of(lead_client.get(desk.url("part", "capacity")))

    assert desk.response("capacity-local").text == HOSTILE
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;alert" in page


def test_control_characters_are_dropped(desk, lead_client):
    sent = page_of(desk, capacity_local="One\x00 two\x07.\r\nThree")

    lead_client.post(desk.url("part", "capacity"), sent)

    assert desk.response("capacity-local").text == "One two.\nThree"


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 40, "1.5", "²"])
def test_odd_version_never_overwrites(desk, lead_client, version):
    save(desk, "capacity-local", "Theirs.", by=desk.person(Role.FORCE_LEAD))
    sent = page_of(desk, capacity_local="Mine.") | {"version:capacity-local": version}

    response = lead_client.post(desk.url("part", "capacity"), sent)

    assert response.status_code == 409
    assert desk.response("capacity-local").text == "Theirs."


def test_answer_that_was_not_sent_is_left_alone(desk, lead_client):
    save(desk, "capacity-local", "Kept.", by=desk.lead)

    lead_client.post(desk.url("part", "capacity"), {"capacity-regional": "New."})

    assert desk.response("capacity-local").text == "Kept."
    assert desk.response("capacity-regional").text == "New."


def test_fields_that_are_no_answers_change_nothing(desk, lead_client):
    sent = page_of(desk) | {"status": "approved", "threat-picture": "Elsewhere."}

    lead_client.post(desk.url("part", "capacity"), sent)

    assert desk.refreshed().status == AssessmentStatus.NOT_STARTED
    assert desk.response("threat-picture").text == ""


def test_unknown_part_is_not_found(desk, lead_client):
    assert lead_client.get(desk.url("part", "no-such-part")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_page_of_answers_is_saved_in_ten_queries(
    desk, lead_client, django_assert_max_num_queries
):
    lead_client.post(desk.url("part", "capacity"), page_of(desk, capacity_national="Start."))
    lead_client.get(desk.url("part", "capacity"))
    sent = page_of(
        desk,
        capacity_rating="amber",
        capacity_local="We hold 62.",
        capacity_regional="They hold 40.",
        capacity_national="None.",
    )

    with django_assert_max_num_queries(10 + 2):  # with the two that begin and end it
        lead_client.post(desk.url("part", "capacity"), sent)

    assert desk.response("capacity-national").version == 2
    saved = AuditEvent.objects.filter(action="response.saved").order_by("sequence").last()
    assert saved.details == {
        "answers": {
            "capacity-rating": 1,
            "capacity-local": 1,
            "capacity-regional": 1,
            "capacity-national": 2,
        }
    }


def test_words_of_others_are_not_ones_own_to_let_go(desk, lead_client):
    other = desk.person(Role.FORCE_LEAD)
    save(desk, "capacity-local", "Theirs.", by=desk.lead)
    with pytest.raises(StaleEdit):
        save_response(
            response=desk.response("capacity-local"),
            text="Others.",
            rating=None,
            started_from=0,
            by=other,
        )

    lead_client.post(desk.url("part", "capacity"), page_of(desk) | {"settle:capacity-local": "yes"})

    assert SetAside.objects.filter(settled_at=None, by=other).count() == 1
