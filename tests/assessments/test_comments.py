"""Threads beside answers, lists and the whole: who begins, answers, resolves and reopens them."""

import pytest

from assessments.domain.assessments import return_assessment, submit_assessment
from assessments.domain.comments import add_comment, reopen_thread, reply, resolve_thread
from assessments.domain.content import content_of, hash_of
from assessments.domain.contributors import end_contributor, name_contributor
from assessments.domain.responses import save_response
from assessments.enums import AssessmentStatus, ItemKind
from assessments.exceptions import UnknownPlace
from assessments.models import Comment, DigestLine, SetAside
from assessments.talk_selectors import threads_by_place
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.identity.models import User
from tests.assessments.lead import desk, lead_client
from tests.factories import fill_in, make_person, make_submitted

__all__ = ["desk", "lead_client"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def acc(desk):
    return desk.person(Role.ACC_SECURITY, name="Alex Acc")


@pytest.fixture
def thread(desk, acc):
    return add_comment(assessment=desk.assessment, place="capacity-local", text="How many?", by=acc)


def last_events(count):
    return [event.action for event in AuditEvent.objects.order_by("-sequence")[:count]][::-1]


def test_lead_answers_and_reviewer_resolves(desk, acc, thread):
    reply(thread=thread, text="Sixty-two.", by=desk.lead)
    resolve_thread(thread=thread, by=acc)

    thread.refresh_from_db()
    assert [one.text for one in thread.replies.all()] == ["Sixty-two."]
    assert (thread.is_open, thread.resolved_by, thread.resolved_by_name) == (False, acc, "Alex Acc")
    assert last_events(3) == ["comment.added", "comment.replied", "comment.resolved"]


def test_lead_cannot_close_what_a_reviewer_asks(desk, thread):
    with pytest.raises(PolicyDenied):
        resolve_thread(thread=thread, by=desk.lead)

    thread.refresh_from_db()
    assert thread.is_open


def test_who_began_a_thread_and_every_reviewer_can_resolve_it(desk, acc):
    begun = [
        add_comment(assessment=desk.assessment, place="", text=f"Question {number}?", by=desk.lead)
        for number in range(2)
    ]

    resolve_thread(thread=begun[0], by=desk.lead)
    resolve_thread(thread=begun[1], by=desk.person(Role.STAFF_OFFICER))

    assert not Comment.objects.filter(resolved_at__isnull=True).exists()


def test_a_reply_opens_a_resolved_thread_again(desk, acc, thread):
    resolve_thread(thread=thread, by=acc)

    reply(thread=thread, text="One more thing.", by=desk.lead)

    thread.refresh_from_db()
    assert thread.is_open
    assert thread.resolved_by_name == ""


def test_whoever_takes_part_reopens(desk, acc, thread):
    resolve_thread(thread=thread, by=acc)

    reopen_thread(thread=thread, by=desk.lead)

    thread.refresh_from_db()
    assert thread.is_open


@pytest.mark.parametrize("step", [resolve_thread, reopen_thread])
def test_a_step_taken_twice_is_taken_once(acc, thread, step):
    resolve_thread(thread=thread, by=acc)
    step(thread=thread, by=acc)
    before = AuditEvent.objects.count()

    step(thread=thread, by=acc)

    assert AuditEvent.objects.count() == before


def test_pressing_twice_says_it_once(desk, acc, thread):
    add_comment(assessment=desk.assessment, place="capacity-local", text="How many?", by=acc)
    for _ in range(2):
        reply(thread=thread, text="Sixty-two.", by=desk.lead)

    assert Comment.objects.count() == 2
    assert AuditEvent.objects.filter(action__startswith="comment.").count() == 2


def test_the_same_words_at_another_place_are_another_comment(desk, acc, thread):
    add_comment(assessment=desk.assessment, place="threat-picture", text="How many?", by=acc)

    assert Comment.objects.count() == 2


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.OPCC, Role.ADMINISTRATOR])
def test_others_take_no_part(desk, thread, role):
    person = desk.person(role)
    for step in (
        lambda: add_comment(assessment=desk.assessment, place="", text="Hm.", by=person),
        lambda: reply(thread=thread, text="Hm.", by=person),
        lambda: resolve_thread(thread=thread, by=person),
        lambda: reopen_thread(thread=thread, by=person),
    ):
        with pytest.raises(PolicyDenied):
            step()

    assert Comment.objects.count() == 1


def test_another_forces_reviewer_and_another_threats_lead_take_no_part(desk, thread):
    for person in (
        make_person(role=Role.ACC_SECURITY),
        desk.person(Role.FORCE_LEAD, threat="cyber"),
    ):
        with pytest.raises(PolicyDenied):
            reply(thread=thread, text="Hm.", by=person)


def test_a_comment_on_no_answer_is_refused(desk, acc):
    with pytest.raises(UnknownPlace):
        add_comment(assessment=desk.assessment, place="no-such", text="Hm.", by=acc)


def test_people_talk_while_the_answers_are_locked():
    submitted = make_submitted()
    acc = make_person(force=submitted.force, role=Role.ACC_SECURITY)

    thread = add_comment(assessment=submitted, place=ItemKind.SUMMARY, text="Why?", by=acc)
    reply(thread=thread, text="Because.", by=submitted.submitted_by)

    assert Comment.objects.count() == 2
    assert hash_of(content_of(submitted)) == submitted.submissions.get().content_hash


def test_threads_come_with_their_replies_in_one_query(desk, acc, thread, django_assert_num_queries):
    reply(thread=thread, text="Sixty-two.", by=desk.lead)
    add_comment(assessment=desk.assessment, place="", text="Well done.", by=acc)

    with django_assert_num_queries(1):
        threads = threads_by_place(desk.assessment)

    texts = {place: [[one.text for one in each] for each in at] for place, at in threads.items()}
    assert texts == {"capacity-local": [["How many?", "Sixty-two."]], "": [["Well done."]]}


# --- on the page of answers


def talk(desk, client, step, about, text="", **answers):
    data = {"talk": f"{step}:{about}", f"talk:{step}:{about}": text} | answers
    return client.post(desk.url("part_talk", "capacity"), data)


def test_sending_a_reply_saves_the_answers_of_the_page_too(desk, lead_client, thread):
    response = talk(
        desk,
        lead_client,
        "reply",
        thread.identity,
        "Sixty-two.",
        **{"capacity-local": "We hold 62.", "version:capacity-local": "0"},
    )

    assert response["Location"] == desk.url("part", "capacity") + "#talk-capacity-local"
    assert desk.response("capacity-local").text == "We hold 62."
    assert thread.replies.get().text == "Sixty-two."


def test_a_reply_is_kept_though_the_answer_is_stale(desk, lead_client, thread):
    other = desk.person(Role.FORCE_LEAD)
    answer = desk.response("capacity-local")
    save_response(response=answer, text="We hold 19.", rating=None, started_from=0, by=other)

    response = talk(
        desk,
        lead_client,
        "reply",
        thread.identity,
        "Sixty-two.",
        **{"capacity-local": "We hold 62.", "version:capacity-local": "0"},
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else saved this answer" in page or "Both versions" in page
    assert "We hold 62.</textarea>" in page
    assert thread.replies.get().text == "Sixty-two."
    assert SetAside.objects.get().values["text"] == "We hold 62."


def test_an_empty_reply_asks_for_words_and_the_answers_are_saved(desk, lead_client, thread):
    response = talk(
        desk,
        lead_client,
        "reply",
        thread.identity,
        " ",
        **{"capacity-local": "We hold 62.", "version:capacity-local": "0"},
    )

    assert "Write your comment first" in response.content.decode()
    assert desk.response("capacity-local").text == "We hold 62."
    assert not thread.replies.exists()


def test_a_reply_that_is_too_long_is_given_back(desk, lead_client, thread):
    words = "many words " * 500

    page = talk(desk, lead_client, "reply", thread.identity, words).content.decode()

    assert "must be 4,000 characters or fewer" in page
    assert words.strip() in page


def test_a_comment_that_was_begun_is_not_lost_when_the_answers_are_saved(desk, lead_client, thread):
    response = lead_client.post(
        desk.url("part", "capacity"),
        {
            "capacity-local": "We hold 62.",
            "version:capacity-local": "0",
            f"talk:reply:{thread.identity}": "I am asking the",
            "talk:new:capacity-regional": "Do we count",
        },
    )

    page = response.content.decode()
    assert desk.response("capacity-local").text == "We hold 62."
    assert "I am asking the</textarea>" in page
    assert "Do we count</textarea>" in page
    assert "not sent yet" in page
    assert Comment.objects.count() == 1


def test_another_comment_that_was_begun_stays_when_one_is_sent(desk, lead_client, thread):
    response = talk(
        desk,
        lead_client,
        "reply",
        thread.identity,
        "Sixty-two.",
        **{"talk:new:capacity-regional": "Do we count"},
    )

    assert "Do we count</textarea>" in response.content.decode()
    assert [one.text for one in Comment.objects.all()] == ["How many?", "Sixty-two."]


def test_a_new_comment_on_the_page_of_answers(desk, lead_client):
    talk(desk, lead_client, "new", "capacity-local", "Which units count?")

    assert Comment.objects.get().place == "capacity-local"
    assert "Which units count?" in lead_client.get(desk.url("part", "capacity")).content.decode()


def test_a_lead_replies_on_the_page_that_is_locked(client):
    submitted = make_submitted()
    acc = make_person(force=submitted.force, role=Role.ACC_SECURITY)
    thread = add_comment(assessment=submitted, place="capacity-local", text="How many?", by=acc)
    client.force_login(submitted.submitted_by)
    at = f"/cycles/{submitted.cycle.year}/terrorism/"

    page = client.get(f"{at}answers/capacity/").content.decode()
    name = f"reply:{thread.identity}"
    response = client.post(f"{at}talk/", {"talk": name, f"talk:{name}": "Sixty-two."})

    assert f'name="talk:{name}"' in page
    assert response["Location"] == f"{at}answers/capacity/#talk-capacity-local"
    assert thread.replies.get().text == "Sixty-two."


def test_nobody_is_offered_what_they_cannot_do(desk, client, acc, thread):
    client.force_login(desk.person(Role.EXECUTIVE))

    page = client.get(desk.url("review")).content.decode()

    assert "How many?" in page
    assert 'name="talk' not in page
    assert "?place=" not in page


@pytest.mark.parametrize("talk", ["", "reply", "reply:", "burn:x", "reply:\0", "resolve:none"])
def test_a_button_that_does_not_exist_does_nothing(desk, lead_client, talk):
    assert lead_client.post(desk.url("talk"), {"talk": talk}).status_code == 404


def test_a_return_lists_the_answers_to_change_and_whether_they_were(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    submitted = desk.refreshed()
    acc = desk.person(Role.ACC_SECURITY)
    submit_assessment(assessment=submitted, by=desk.lead)
    return_assessment(
        assessment=submitted,
        reason="Two things.",
        places=[ItemKind.VULNERABILITY, "capacity-local"],
        by=acc,
    )
    answer = desk.response("capacity-local")
    save_response(
        response=answer, text="Sixty-two.", rating=None, started_from=answer.version, by=desk.lead
    )

    page = lead_client.get(desk.url("assessment")).content.decode()

    assert desk.assessment.status_changes.last().places == ["capacity-local", "vulnerabilities"]
    assert page.count("Changed since") == 1
    assert page.count("Not changed yet") == 1
    assert page.index("Changed since") < page.index("Not changed yet")


def test_a_return_cannot_ask_for_an_answer_that_does_not_exist():
    submitted = make_submitted()
    acc = make_person(force=submitted.force, role=Role.ACC_SECURITY)

    with pytest.raises(UnknownPlace):
        return_assessment(assessment=submitted, reason="Hm.", places=["no-such"], by=acc)

    submitted.refresh_from_db()
    assert submitted.status == AssessmentStatus.SUBMITTED


def test_the_page_of_a_return_ticks_what_has_unresolved_comments(client):
    submitted = make_submitted()
    acc = make_person(force=submitted.force, role=Role.ACC_SECURITY)
    add_comment(assessment=submitted, place="capacity-local", text="How many?", by=acc)
    done = add_comment(assessment=submitted, place="threat-picture", text="Good.", by=acc)
    resolve_thread(thread=done, by=acc)
    client.force_login(acc)
    address = f"/cycles/{submitted.cycle.year}/terrorism/return/"

    page = client.get(address).content.decode()
    client.post(address, {"reason": "See there.", "places": ["capacity-local", "figures"]})

    assert 'value="capacity-local" checked' in page
    assert page.count(" checked") == 1
    assert submitted.status_changes.last().places == ["capacity-local", "figures"]


@pytest.mark.parametrize("more", [{"version:capacity-local": "0"}, {"talk:new:": "Begun."}])
def test_a_comment_too_long_is_not_lost_where_the_page_has_more_to_say(desk, lead_client, more):
    """A stale answer, or another comment that was begun."""
    other = desk.person(Role.FORCE_LEAD)
    response = desk.response("capacity-local")
    save_response(response=response, text="Theirs.", rating=None, started_from=0, by=other)
    sent = {"capacity-local": "Mine here.", "version:capacity-local": "1"} | more

    page = lead_client.post(
        desk.url("part_talk", "capacity"),
        sent
        | {"talk": "new:capacity-local", "talk:new:capacity-local": "Far too many words. " * 300},
    )

    assert "Far too many words. Far too many words." in page.text
    assert "Your words are not sent yet." in page.text
    assert "Mine here." in page.text
    assert not Comment.objects.exists()


def test_whoever_signs_in_again_after_a_comment_is_back_at_the_answers(desk, lead_client):
    back = lead_client.get(desk.url("part_talk", "capacity"))

    assert (back.status_code, back.url) == (302, desk.url("part", "capacity"))


def test_who_may_read_a_thread_no_more_is_told_nothing_of_it(desk):
    person = desk.person(None)
    named = name_contributor(
        assessment=desk.assessment, person=person, question_codes=[], by=desk.lead
    )
    contributor = User.objects.get(pk=person.pk)
    thread = add_comment(
        assessment=desk.assessment, place="capacity-local", text="How many?", by=contributor
    )
    end_contributor(contributor=named, by=desk.lead)

    reply(thread=Comment.objects.get(pk=thread.pk), text="Sixty-two.", by=desk.lead)

    assert not DigestLine.objects.filter(person=person).exists()
