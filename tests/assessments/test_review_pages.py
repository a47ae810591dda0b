"""The pages of a cycle and of a review, as people use them."""

import pytest
from django.urls import reverse

from assessments.domain.assessments import return_assessment, submit_assessment
from assessments.domain.content import content_of, hash_of
from assessments.domain.items import add_item
from assessments.domain.responses import save_response
from assessments.enums import AssessmentStatus, ItemKind
from assessments.models import Assessment, Comment, Cycle
from assessments.presenters.differences import word_difference
from spr_portal.identity.enums import Role
from tests.background.working import work_off
from tests.factories import (
    make_cycle,
    make_force,
    make_person,
    make_submitted,
    shipped_edition,
)

pytestmark = pytest.mark.django_db


def address(name, assessment):
    return reverse(f"assessments:{name}", args=[assessment.cycle.year, assessment.threat.code])


@pytest.fixture
def submitted():
    return make_submitted()


@pytest.fixture
def acc(submitted, client):
    person = make_person(force=submitted.force, role=Role.ACC_SECURITY)
    client.force_login(person)
    return person


def dates(**changes):
    typed = {
        "as_at": (31, 8, 2016),
        "tasked_on": (15, 2, 2016),
        "due_on": (31, 8, 2016),
        "executive_on": (16, 1, 2017),
        "board_on": (7, 2, 2017),
    } | changes
    return {
        f"{name}_{box}": part
        for name, parts in typed.items()
        for box, part in zip(("day", "month", "year"), parts, strict=True)
    }


def new_cycle(**changes):
    return {"year": "2016/17", "rating_scale": "red-amber-green"} | dates() | changes


def open_on(client, data, edition="2015-03"):
    return client.post(reverse("assessments:open_cycle") + f"?edition={edition}", data)


@pytest.mark.parametrize("role", [Role.ACC_SECURITY, Role.STAFF_OFFICER])
def test_a_cycle_is_opened_on_an_edition_with_its_leads(client, role):
    shipped_edition()
    person = make_person(role=role)
    lead = make_person(force=person.force, name="Lee Lead")
    client.force_login(person)

    response = open_on(client, new_cycle(**{"lead-terrorism": [lead.pk]}))

    cycle = Cycle.objects.get()
    assert response.status_code == 302
    assert (cycle.year, cycle.edition.code, cycle.force) == ("2016-17", "2015-03", person.force)
    assert cycle.assessments.count() == 6
    assert lead.appointments.get().threat_code == "terrorism"


@pytest.mark.django_db(transaction=True)
def test_leads_are_told_by_email_when_a_cycle_opens(mailoutbox):
    acc = make_person(role=Role.ACC_SECURITY, name="Ann Approver")
    already = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="cyber")
    added = make_person(force=acc.force)

    make_cycle(by=acc, leads={"terrorism": [added]})
    work_off()

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([already.email, added.email])
    assert mailoutbox[0].subject == "Self-assessment for 2016/17: due on 31 August 2016"
    assert "/cycles/2016-17/" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (new_cycle(year="2016-18"), "Enter a financial year such as 2016/17"),
        (new_cycle(**dates(due_on=(1, 2, 2016))), "due date must be the same as or after"),
        (
            new_cycle(**dates(as_at=(1, 1, 1990))),
            "As-at date must be near the financial year 2016/17",
        ),
        (new_cycle(**dates(board_on=(31, 12, 9999))), "Board date must be near the financial year"),
        (new_cycle(year="9999-00"), "Enter a financial year such as 2016/17"),
        (new_cycle(year="0000-01"), "Enter a financial year such as 2016/17"),
        (new_cycle(year="٢٠١٦-١٧"), "Enter a financial year such as 2016/17"),
        (new_cycle(**dates(board_on=(31, 2, 2017))), "must be a real date"),
        (new_cycle(**dates(executive_on=("", "", ""))), "Enter the Executive Team date"),
        (new_cycle(**{"lead-terrorism": ["999999"]}), "Select a valid choice"),
    ],
)
def test_a_cycle_with_a_mistake_is_not_opened_and_says_why(client, data, sentence):
    shipped_edition()
    client.force_login(make_person(role=Role.ACC_SECURITY))

    response = open_on(client, data)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Cycle.objects.exists()


def test_a_second_cycle_of_one_year_is_refused(client):
    cycle = make_cycle()
    client.force_login(make_person(force=cycle.force, role=Role.ACC_SECURITY))

    response = open_on(client, new_cycle())

    assert "There is already a cycle for 2016-17" in response.content.decode()
    assert Cycle.objects.count() == 1


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.ACC_SECURITY, Role.STAFF_OFFICER)]
)
def test_others_cannot_open_a_cycle(client, role):
    shipped_edition()
    client.force_login(make_person(role=role))

    assert open_on(client, new_cycle()).status_code == 403
    assert not Cycle.objects.exists()


def test_the_cycle_page_shows_every_threat_with_status_and_ratings(client, submitted, acc):
    page = client.get(submitted.cycle.get_absolute_url()).content.decode()

    assert "Terrorism" in page
    assert "Submitted" in page
    assert "Late</strong>" in page  # five others were due in 2016 and have not begun
    assert "Nobody is appointed" in page


@pytest.mark.parametrize("count", [1, 6])
def test_the_cycle_page_costs_the_same_for_any_number_of_assessments(
    client, django_assert_max_num_queries, count
):
    cycle = make_cycle()
    for threat in list(cycle.edition.threats.all())[:count]:
        make_submitted(cycle=cycle, threat=threat.code)
    client.force_login(make_person(force=cycle.force, role=Role.ACC_SECURITY))

    client.get(cycle.get_absolute_url())  # the first page of a minute notes the visit

    with django_assert_max_num_queries(10):
        client.get(cycle.get_absolute_url())


@pytest.mark.parametrize("name", ["review", "changes"])
def test_a_review_page_is_for_its_force_only(client, submitted, name):
    client.force_login(make_person(force=make_force(), role=Role.ACC_SECURITY))

    assert client.get(address(name, submitted)).status_code == 404


def test_the_review_shows_answers_beside_last_year(client, submitted, acc):
    later = make_submitted(cycle=make_cycle(by=acc, year="2017-18"))

    page = client.get(address("review", later)).content.decode()

    assert page.count("An answer to threat-picture.") == 2
    assert "Unchanged and confirmed" in page


def test_the_review_says_what_no_lead_has_accepted_yet(client, submitted, acc):
    submitted.responses.filter(question__code="threat-picture").update(accepted_version=0)

    page = client.get(address("review", submitted)).content.decode()

    assert page.count("not yet accepted by a lead") == 1


def test_a_comment_is_kept_beside_its_answer(client, submitted, acc):
    response = client.post(
        address("comment", submitted), {"place": "capacity-local", "text": "Which <b>units</b>?"}
    )

    assert response["Location"].endswith("#talk-capacity-local")
    comment = Comment.objects.get()
    assert (comment.place, comment.text, comment.by) == (
        "capacity-local",
        "Which <b>units</b>?",
        acc,
    )
    assert (
        "Which &lt;b&gt;units&lt;/b&gt;?"
        in client.get(address("review", submitted)).content.decode()
    )


def test_a_comment_on_nothing_is_refused(client, submitted, acc):
    response = client.post(address("comment", submitted), {"place": "nowhere", "text": "Hm."})

    assert response.status_code == 404
    assert not Comment.objects.exists()


def test_acc_security_returns_with_a_reason(client, submitted, acc):
    client.post(address("return", submitted), {"reason": "Say more about mutual aid."})

    submitted.refresh_from_db()
    assert submitted.status == AssessmentStatus.RETURNED
    assert submitted.status_changes.last().reason == "Say more about mutual aid."


def test_a_return_without_a_reason_asks_for_one(client, submitted, acc):
    page = client.post(address("return", submitted), {"reason": " "}).content.decode()

    assert "There is a problem" in page
    submitted.refresh_from_db()
    assert submitted.status == AssessmentStatus.SUBMITTED


def test_a_reason_that_comes_too_late_is_given_back(client, submitted, acc):
    return_assessment(assessment=submitted, reason="Name the units.", by=acc)

    response = client.post(
        address("return", submitted),
        {"reason": "Say more about mutual aid."},
        headers={"Origin": "http://testserver"},
    )

    assert response.status_code == 409
    assert "Say more about mutual aid.</textarea>" in response.content.decode()


def test_acc_security_approves_what_was_shown(client, submitted, acc):
    shown = hash_of(content_of(submitted))

    client.post(address("approve", submitted), {"content_hash": shown, "has_read": "on"})

    submitted.refresh_from_db()
    assert (submitted.status, submitted.approved_hash) == (AssessmentStatus.APPROVED, shown)


def test_the_page_of_a_review_leads_to_the_approval_of_what_it_shows(client, submitted, acc):
    shown = hash_of(content_of(submitted))

    read = client.get(address("review", submitted)).content.decode()
    page = client.get(address("approve", submitted) + f"?content={shown}").content.decode()

    assert f'{address("approve", submitted)}?content={shown}"' in read
    assert f'name="content_hash" value="{shown}"' in page


def test_what_came_after_the_page_that_was_read_is_not_approved(client, submitted, acc):
    """Returned, changed and submitted again while the reviewer had the older page before them."""
    shown, lead = hash_of(content_of(submitted)), submitted.submitted_by
    returned = return_assessment(assessment=submitted, reason="Name the units.", by=acc)
    add_item(
        assessment=returned,
        kind=ItemKind.RECOMMENDATION,
        values={"addressee": "The Commissioner", "text": "to buy a helicopter."},
        by=lead,
    )
    submit_assessment(assessment=returned, by=lead)

    response = client.get(address("approve", submitted) + f"?content={shown}")

    assert response.status_code == 409
    assert "read it again" in response.content.decode()


def test_nobody_approves_without_having_opened_the_review(client, submitted, acc):
    response = client.get(address("approve", submitted))

    assert (response.status_code, response["Location"]) == (302, address("review", submitted))


def test_approving_twice_tells_the_second(client, submitted, acc):
    data = {"content_hash": hash_of(content_of(submitted)), "has_read": "on"}
    client.post(address("approve", submitted), data)

    response = client.post(address("approve", submitted), data)

    assert response.status_code == 409
    assert "approved" in response.content.decode()


@pytest.mark.parametrize("name", ["return", "approve", "reopen"])
def test_a_staff_officer_cannot_decide(client, submitted, name):
    client.force_login(make_person(force=submitted.force, role=Role.STAFF_OFFICER))

    assert client.post(address(name, submitted), {"reason": "x"}).status_code == 403


def test_a_resubmission_shows_what_changed_word_by_word(client, submitted, acc):
    lead = submitted.submitted_by
    return_assessment(assessment=submitted, reason="Name the units.", by=acc)
    assessment = Assessment.objects.get(pk=submitted.pk)
    response = assessment.responses.get(question__code="capacity-local")
    save_response(
        response=response,
        text="A better answer to capacity-local.",
        rating=None,
        started_from=response.version,
        by=lead,
    )
    submit_assessment(assessment=assessment, by=lead)

    page = client.get(address("changes", submitted)).content.decode()

    assert "Name the units." in page
    assert '<del><span class="govuk-visually-hidden">removed: </span>An </del>' in page
    assert '<ins><span class="govuk-visually-hidden">added: </span>A better </ins>' in page
    assert page.count("<ins>") == 1


@pytest.mark.parametrize("name", ["review", "changes"])
def test_a_review_page_costs_the_same_however_much_is_written(
    name, client, submitted, acc, django_assert_max_num_queries
):
    earlier = make_cycle(by=acc, year="2015-16")
    make_submitted(cycle=earlier)
    for place in ("capacity-local", "summary", ""):
        client.post(address("comment", submitted), {"place": place, "text": "A remark."})

    client.get(address(name, submitted))  # shows what was saved, which writes the session

    with django_assert_max_num_queries(8):
        client.get(address(name, submitted))


def test_one_word_over_and_over_is_not_compared_one_by_one():
    before, after = "on and " * 2_000, "and on " * 2_000

    pieces = word_difference(before, after)

    assert [piece.kind for piece in pieces] == ["removed", "added"]
    assert "".join(piece.text for piece in pieces if piece.kind == "added") == after
