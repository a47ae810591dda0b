"""Saving an answer while it is written: in order, never over a newer one, and honest about it."""

import datetime
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.domain.assessments import submit_assessment
from assessments.domain.responses import save_response
from assessments.models import Contributor, Response, ResponseVersion, SetAside
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.visits import person_mark
from tests.assessments.lead import desk, lead_client
from tests.factories import fill_in, make_cycle, make_person

__all__ = ["desk", "lead_client"]
PAGE, OTHER_PAGE = "a" * 22, "b" * 22


def typed(code="capacity-local", text="We hold 62.", **more) -> dict:
    """What a page sends while somebody writes."""
    version = more.pop("version", 0)
    return {"code": code, code: text, f"version:{code}": version, "page": PAGE, "number": 1} | more


def send(client, desk, part="capacity", **fields):
    return client.post(desk.url("autosave", part), typed(**fields), headers=JSON)


JSON = {"accept": "application/json"}


def save(desk, text, *, by, code="capacity-local"):
    response = desk.response(code)
    return save_response(
        response=response, text=text, rating=None, started_from=response.version, by=by
    )


def test_an_answer_is_saved_as_it_is_typed(desk, lead_client):
    answer = send(lead_client, desk)

    saved = desk.response("capacity-local")
    local = timezone.localtime(saved.updated_at)
    assert answer.status_code == 200
    assert answer.json() == {"state": "saved", "version": 1, "at": f"{local:%H:%M}"}
    assert (saved.text, saved.version, saved.updated_by) == ("We hold 62.", 1, desk.lead)
    assert desk.response("capacity-regional").version == 0


def test_a_rating_is_saved_too(desk, lead_client):
    answer = send(lead_client, desk, code="capacity-rating", text="amber")

    assert answer.json()["state"] == "saved"
    assert desk.response("capacity-rating").rating.code == "amber"


def test_an_answer_of_every_part_is_saved(desk, lead_client):
    for response in desk.assessment.responses.select_related("question__part"):
        question = response.question
        text = "green" if question.kind == "rating" else "Words."
        answer = send(lead_client, desk, part=question.part.code, code=question.code, text=text)

        assert answer.json()["state"] == "saved", question.code


def test_what_stands_there_is_not_saved_again(desk, lead_client):
    send(lead_client, desk)
    events = AuditEvent.objects.count()

    answer = send(lead_client, desk, version=1, number=2)

    assert answer.json()["state"] == "unchanged"
    assert desk.response("capacity-local").version == 1
    assert AuditEvent.objects.count() == events


def test_a_newer_answer_is_not_replaced_and_both_are_shown(desk, lead_client):
    save(desk, "Robin has 40.", by=desk.person(Role.FORCE_LEAD, name="Robin Vale"))

    answer = send(lead_client, desk, text="Robin has 62.")

    told = answer.json()
    assert answer.status_code == 409
    assert (told["state"], told["version"], told["text"]) == ("stale", 1, "Robin has 40.")
    assert told["reason"] == "This answer was saved by Robin Vale while you were writing"
    assert "only here: </span>62." in told["html"]
    assert "only here: </span>40." in told["html"]
    assert desk.response("capacity-local").text == "Robin has 40."
    assert SetAside.objects.get().values["text"] == "Robin has 62."


def test_words_typed_on_beside_a_newer_answer_take_the_place_of_those_set_aside(desk, lead_client):
    save(desk, "Theirs.", by=desk.person(Role.FORCE_LEAD))
    send(lead_client, desk, text="Mine")
    events = AuditEvent.objects.count()

    send(lead_client, desk, text="Mine, and more.", number=2)

    assert [kept.values["text"] for kept in SetAside.objects.all()] == ["Mine, and more."]
    assert AuditEvent.objects.count() == events


def test_words_set_aside_from_ones_other_tab_stay(desk, lead_client):
    """Two old tabs of one person, both begun on an empty answer: neither replaces the other."""
    save(desk, "Newer.", by=desk.person(Role.FORCE_LEAD))

    send(lead_client, desk, text="In the one.")
    send(lead_client, desk, text="In the other.", page=OTHER_PAGE)

    kept = SetAside.objects.filter(settled_at__isnull=True)
    assert [aside.values["text"] for aside in kept] == ["In the one.", "In the other."]


def test_ones_own_other_tab_is_named_as_what_it_is(desk, lead_client):
    send(lead_client, desk, text="In one tab.")

    told = send(lead_client, desk, text="In the other.", page=OTHER_PAGE).json()

    assert told["state"] == "stale"
    assert told["reason"].startswith("This answer was saved by you, in another tab or window,")


def test_a_save_that_comes_late_replaces_nothing(desk, lead_client):
    send(lead_client, desk, text="We hold 62 units.", number=2)

    late = send(lead_client, desk, text="We hold", number=1)

    assert late.json()["state"] == "overtaken"
    assert desk.response("capacity-local").text == "We hold 62 units."
    assert not SetAside.objects.exists()


def test_a_save_whose_answer_was_lost_on_the_way_is_no_other_tab(desk, lead_client):
    send(lead_client, desk, text="We hold")  # saved as version 1, which the page never learns

    again = send(lead_client, desk, text="We hold 62.", version=0, number=2)

    assert again.json()["state"] == "saved"
    assert desk.response("capacity-local").text == "We hold 62."
    assert not SetAside.objects.exists()


def test_another_persons_page_of_the_same_name_is_not_ones_own(desk, client, lead_client):
    save(desk, "Theirs.", by=desk.person(Role.FORCE_LEAD))
    Response.objects.update(typed_on="")

    assert send(lead_client, desk, text="Mine.", page="").json()["state"] == "stale"


def test_words_brought_back_from_the_device_that_were_saved_since_are_let_go(desk, lead_client):
    save(desk, "We hold 62.", by=desk.lead)
    save(desk, "We hold 70.", by=desk.person(Role.FORCE_LEAD))

    told = send(lead_client, desk, page=OTHER_PAGE, brought_back="yes").json()

    assert (told["state"], told["text"]) == ("overtaken", "We hold 70.")
    assert not SetAside.objects.exists()


def test_words_brought_back_that_nobody_saved_are_kept(desk, lead_client):
    save(desk, "We hold 70.", by=desk.person(Role.FORCE_LEAD))

    assert send(lead_client, desk, brought_back="yes").json()["state"] == "stale"
    assert SetAside.objects.get().values["text"] == "We hold 62."


def test_to_choose_settles_and_to_type_on_does_not(desk, lead_client):
    save(desk, "Theirs.", by=desk.person(Role.FORCE_LEAD))
    send(lead_client, desk, text="Mine.")

    send(lead_client, desk, text="Theirs. And", version=1, number=2)
    assert SetAside.objects.filter(settled_at=None).exists()

    send(
        lead_client,
        desk,
        text="Theirs and mine.",
        version=2,
        number=3,
        **{"settle:capacity-local": "yes"},
    )
    assert not SetAside.objects.filter(settled_at=None).exists()


def test_one_sitting_is_one_line_of_the_audit_and_every_version_is_kept(desk, lead_client):
    for number, text in enumerate(["We", "We hold", "We hold 62."]):
        send(lead_client, desk, text=text, version=number, number=number + 1)
    Response.objects.update(updated_at=timezone.now() - datetime.timedelta(minutes=11))
    send(lead_client, desk, text="We hold 63.", version=3, number=4)

    saved = AuditEvent.objects.filter(action="response.saved").order_by("sequence")
    assert [event.details["answers"] for event in saved] == [
        {"capacity-local": 1},
        {"capacity-local": 4},
    ]
    kept = ResponseVersion.objects.order_by("version").values_list("text", flat=True)
    assert list(kept) == ["We", "We hold", "We hold 62.", "We hold 63."]


def test_after_submission_the_page_is_told_by_whom_and_when(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    other = desk.person(Role.FORCE_LEAD, name="Robin Vale")
    submit_assessment(assessment=desk.assessment, by=other)

    answer = send(lead_client, desk, version=1)

    told = answer.json()
    assert (answer.status_code, told["state"]) == (409, "locked")
    assert told["reason"].startswith("This assessment was submitted by Robin Vale on ")
    assert desk.response("capacity-local").text == "An answer to capacity-local."


def test_a_contributor_saves_the_answers_they_were_asked_for_and_no_other(desk, client):
    colleague = make_person(force=desk.force)
    Contributor.objects.create(
        assessment=desk.assessment,
        person=colleague,
        question_codes=["capacity-local"],
        named_by=desk.lead,
        named_at=timezone.now(),
    )
    client.force_login(colleague)

    assert send(client, desk).json()["state"] == "saved"
    told = send(client, desk, code="capacity-regional").json()

    assert told["state"] == "locked"
    assert "asked you to draft other answers" in told["reason"]
    assert desk.response("capacity-regional").text == ""
    page = client.get(desk.url("part", "capacity")).content.decode()
    assert 'name="capacity-local"' in page
    assert 'name="capacity-regional"' not in page
    assert "asked you to draft other answers" in page


def test_a_person_of_another_force_finds_nothing(desk, client):
    other = make_person(role=Role.FORCE_LEAD)
    make_cycle(force=other.force, year="2017-18")
    client.force_login(other)

    found = send(client, desk)

    assert found.status_code == 404
    assert found.json()["state"] == "refused"
    assert desk.response("capacity-local").text == ""


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("no-such-part", {}),
        ("capacity", {"code": "no-such-question"}),
        ("capacity", {"code": "threat-picture"}),
        ("capacity", {"code": ""}),
    ],
)
def test_what_is_asked_nowhere_is_not_found(desk, lead_client, part, fields):
    assert send(lead_client, desk, part=part, **fields).status_code == 404


def test_an_answer_that_is_too_long_is_not_saved_and_says_so(desk, lead_client):
    answer = send(lead_client, desk, text="x" * 10_001)

    assert answer.status_code == 422
    assert "must be 10,000 characters or fewer" in answer.json()["reason"]
    assert desk.response("capacity-local").text == ""


def test_an_unknown_rating_is_not_saved(desk, lead_client):
    assert send(lead_client, desk, code="capacity-rating", text="splendid").status_code == 422
    assert desk.response("capacity-rating").rating is None


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 40, "²"])
def test_an_odd_version_never_overwrites(desk, lead_client, version):
    save(desk, "Theirs.", by=desk.person(Role.FORCE_LEAD))

    assert send(lead_client, desk, version=version, page="").json()["state"] == "stale"
    assert desk.response("capacity-local").text == "Theirs."


def test_a_stranger_is_told_in_a_way_that_a_script_understands(desk, client):
    answer = send(client, desk)

    assert answer.status_code == 401
    assert answer.json() == {"state": "signed_out"}
    assert desk.response("capacity-local").text == ""


def test_nothing_is_saved_in_the_name_of_who_signed_in_meanwhile(desk, lead_client):
    other = desk.person(Role.FORCE_LEAD)

    refused = send(lead_client, desk, person=person_mark(other))
    saved = send(lead_client, desk, person=person_mark(desk.lead))

    assert (refused.status_code, refused.json()) == (409, {"state": "somebody_else"})
    assert saved.json()["state"] == "saved"


def test_an_outdated_token_is_told_in_a_way_that_a_script_understands(desk, lead_client):
    lead_client.handler.enforce_csrf_checks = True

    answer = send(lead_client, desk)

    assert answer.status_code == 403
    assert answer.json()["state"] == "out_of_date"


def test_the_round_trip_of_a_usual_answer_is_under_two_kilobytes(desk, lead_client):
    usual = "The force holds 62 police support units, of which 19 are pledged to others. " * 20
    page = {"code": "capacity-local", "capacity-local": usual, "version:capacity-local": "0"}
    body = urlencode(page | {"page": PAGE, "number": "117"})

    answer = lead_client.post(
        desk.url("autosave", "capacity"),
        body,
        content_type="application/x-www-form-urlencoded",
        headers=JSON,
    )

    assert len(body) + len(answer.content) < 2_000
    assert answer.json()["state"] == "saved"


def test_get_is_not_possible(desk, lead_client):
    assert lead_client.get(desk.url("autosave", "capacity")).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_saved_in_ten_queries(desk, lead_client, django_assert_max_num_queries):
    send(lead_client, desk, text="Start.")

    with django_assert_max_num_queries(10 + 2):  # with the two that begin and end it
        send(lead_client, desk, text="Go on.", version=1, number=2)


def test_the_address_is_below_the_part(desk):
    assert desk.url("autosave", "capacity") == desk.url("part", "capacity") + "save/"
    assert reverse("assessments:autosave", args=["2016-17", "terrorism", "x"])
