"""What changed between submissions, and how an answer came to be what it is."""

import datetime

import pytest
from django.utils import timezone

from assessments.domain.acceptance import accept_drafts
from assessments.domain.assessments import return_assessment, submit_assessment
from assessments.domain.changes import changes_between
from assessments.domain.items import add_item, change_item
from assessments.domain.moderation import agree_rating, propose_rating
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from assessments.models import ResponseVersion
from assessments.presenters.differences import shown_changes
from assessments.wording import FIELD_LABELS
from spr_portal.identity.enums import Role
from tests.assessments.lead import desk, lead_client
from tests.factories import fill_in, make_force, make_person

__all__ = ["desk", "lead_client"]
pytestmark = pytest.mark.django_db
CODE = "capacity-local"


def save(desk, text, *, by=None, started_from=None, code=CODE, rating=None):
    response = desk.response(code)
    started_from = response.version if started_from is None else started_from
    return save_response(
        response=response, text=text, rating=rating, started_from=started_from, by=by or desk.lead
    )


def page_of(client, desk, code=CODE, **query):
    return client.get(desk.url("history", code), query).content.decode()


def long_ago(desk, *versions):
    """Move these saves back by an hour, so that they are a step of their own."""
    rows = ResponseVersion.objects.filter(response=desk.response(CODE), version__in=versions)
    rows.update(at=timezone.now() - datetime.timedelta(hours=1))


def test_saves_of_one_person_within_minutes_are_one_step_and_each_can_be_read(desk, lead_client):
    for text in ("We hold 62.", "We hold 62 units.", "We hold 62 units, 19 of them ready."):
        save(desk, text)

    page = page_of(lead_client, desk)
    second = page_of(lead_client, desk, version=2)

    assert page.count('<li id="version-') == 1
    assert "Saved 3 times" in page
    assert all(f'href="?version={number}"' in page for number in (1, 2, 3))
    assert "19 of them ready." in page
    assert '<p class="govuk-body">We hold 62 units.</p>' in second
    assert '<ins><span class="govuk-visually-hidden">added: </span>62 units.</ins>' in second


def test_steps_of_several_people_show_what_each_changed(desk, lead_client):
    save(desk, "We hold 62.")
    save(desk, "We hold 19.", by=desk.person(Role.FORCE_LEAD, name="Olga Other"))

    page = page_of(lead_client, desk)

    assert page.count('<li id="version-') == 2
    assert page.index("Olga Other") < page.index("We hold 62.")  # the newest first
    assert '<del><span class="govuk-visually-hidden">removed: </span>62.</del>' in page
    assert '<ins><span class="govuk-visually-hidden">added: </span>19.</ins>' in page


def test_what_one_person_wrote_later_is_another_step(desk, lead_client):
    save(desk, "We hold 62.")
    save(desk, "We hold 19.")
    long_ago(desk, 1)

    assert page_of(lead_client, desk).count('<li id="version-') == 2


def test_drafts_and_their_acceptance_are_marked(desk, lead_client):
    writer = desk.person(Role.CONTRIBUTOR, name="Dora Drafts")
    save(desk, "A first draft.", by=writer)
    accept_drafts(assessment=desk.assessment, versions={CODE: 1}, by=desk.lead)
    save(desk, "A second draft.", by=writer)

    page = page_of(lead_client, desk)

    assert f"A contributor’s draft, accepted by {desk.lead.name}" in page
    assert page.count("A contributor’s draft that no lead has accepted yet") == 1


def test_an_agreed_rating_is_marked_and_stands_in_the_history(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    submitted = submit_assessment(assessment=desk.refreshed(), by=desk.lead)
    acc = desk.person(Role.ACC_SECURITY, name="Alex Acc")
    response = desk.response("capacity-rating")
    given, other = response.rating, desk.cycle.rating_scale.points.order_by("order")[1]
    proposal = propose_rating(response=response, rating=other, reason="It showed gaps.", by=acc)
    agree_rating(proposal=proposal, started_from=response.version, by=desk.lead)

    answer = page_of(lead_client, desk, "capacity-rating")
    whole = lead_client.get(desk.url("changes")).content.decode()

    assert "Proposed by Alex Acc and agreed" in answer
    assert f"added: </span>{other.label}</ins>" in answer
    assert f"removed: </span>{given.label}</del>" in answer
    assert f"Proposed the rating “{other.label}”</strong> by Alex Acc" in whole
    assert f"Agreed to the rating “{other.label}”</strong> by {desk.lead.name}" in whole
    assert submitted.submissions.count() == 2


def test_only_their_author_sees_words_that_were_set_aside(desk, client, lead_client):
    save(desk, "We hold 62.", by=desk.person(Role.FORCE_LEAD))
    with pytest.raises(StaleEdit):
        save(desk, "My own words.", started_from=0)

    mine = page_of(lead_client, desk)
    client.force_login(desk.person(Role.ACC_SECURITY))
    theirs = page_of(client, desk)

    assert "My own words." in mine
    assert "My own words." not in theirs
    assert "We hold 62." in theirs


@pytest.mark.parametrize("version", ["0", "7", "one", "-1", "9" * 30, "\0"])
def test_a_version_that_does_not_exist_is_not_found(desk, lead_client, version):
    save(desk, "We hold 62.")

    address = desk.url("history", CODE)
    assert lead_client.get(address, {"version": version}).status_code == 404


def test_the_history_of_an_answer_is_for_those_who_see_the_assessment(desk, client):
    save(desk, "We hold 62.")
    for person in (
        make_person(force=make_force(), role=Role.ACC_SECURITY),
        desk.person(Role.FORCE_LEAD, threat="cyber"),
        desk.person(Role.OPCC),
    ):
        client.force_login(person)
        assert client.get(desk.url("history", CODE)).status_code == 404


@pytest.mark.parametrize("count", [1, 60])
def test_a_long_history_takes_no_more_queries(
    desk, lead_client, django_assert_max_num_queries, count
):
    for number in range(count):
        save(desk, f"We hold {number}.")
        long_ago(desk, number + 1)
        rows = ResponseVersion.objects.filter(version=number + 1)
        rows.update(at=timezone.now() + datetime.timedelta(hours=number))
    page_of(lead_client, desk)

    with django_assert_max_num_queries(10):
        page = page_of(lead_client, desk)

    assert page.count('<li id="version-') == min(count, 20)


# --- comparing submissions


@pytest.fixture
def thrice(desk):
    """Submitted three times, each with another answer."""
    fill_in(desk.assessment, by=desk.lead)
    acc = desk.person(Role.ACC_SECURITY)
    for number in (1, 2, 3):
        save(desk, f"We hold {number}.")
        assessment = submit_assessment(assessment=desk.refreshed(), by=desk.lead)
        if number < 3:
            return_assessment(assessment=assessment, reason=f"Reason {number}.", by=acc)
    return desk


def differences(client, desk, **query):
    return client.get(desk.url("changes"), query).content.decode()


def test_the_last_two_submissions_are_compared_first(thrice, lead_client):
    page = differences(lead_client, thrice)

    assert "removed: </span>2.</del>" in page
    assert "added: </span>3.</ins>" in page


@pytest.mark.parametrize("query", [{"since": "1", "until": "3"}, {"since": "3", "until": "1"}])
def test_any_two_submissions_can_be_compared_in_either_order(thrice, lead_client, query):
    page = differences(lead_client, thrice, **query)

    assert "removed: </span>1.</del>" in page
    assert "added: </span>3.</ins>" in page


def test_the_reason_shown_is_of_the_return_between_the_two(thrice, lead_client):
    page = differences(lead_client, thrice, since="1", until="2")

    assert "Reason 1." in page.partition("History</h2>")[0]
    assert "Reason 2." not in page.partition("History</h2>")[0]


@pytest.mark.parametrize("since", ["9", "now", "x", "\0", ""])
def test_a_submission_that_does_not_exist_is_not_compared(thrice, lead_client, since):
    page = differences(lead_client, thrice, since=since)

    assert "added: </span>3.</ins>" in page


def test_a_lead_sees_what_they_changed_since_the_return(thrice, lead_client):
    acc = thrice.person(Role.ACC_SECURITY, name="Alex Acc")
    return_assessment(assessment=thrice.refreshed(), reason="Once more.", by=acc)
    save(thrice, "We hold 4.")

    page = differences(lead_client, thrice)

    assert "What is written now" in page
    assert "Once more." in page
    assert "removed: </span>3.</del>" in page
    assert "added: </span>4.</ins>" in page
    assert thrice.url("history", CODE) in page


def test_what_changed_reads_in_the_order_of_the_form():
    """PostgreSQL gives a stored content back with its names in an order of its own."""
    in_form = ["unit", "level", "required", "required_by"]
    figure = {name: f"The {name}" for name in reversed(in_form)} | {"level": "local"}
    answers = {code: {"text": "New.", "rating": None} for code in (CODE, "threat-picture")}
    before = {"responses": {}, "figures": []}
    after = {"responses": answers, "figures": [{"identity": "psu"} | figure]}

    changes = changes_between(before, after)
    shown = shown_changes(changes, {"threat-picture": "Threat?", CODE: "Capacity?"}, {})

    assert [change.heading for change in shown] == ["Threat?", "Capacity?", "Capacity figures"]
    assert [field.label for field in shown[-1].fields] == [FIELD_LABELS[name] for name in in_form]


# --- lists that are locked


def test_words_of_an_item_that_were_set_aside_are_read_while_the_list_is_locked(
    desk, client, lead_client
):
    fill_in(desk.assessment, by=desk.lead)
    values = {"text": "Another paragraph.", "is_public": True}
    item = add_item(assessment=desk.assessment, kind=ItemKind.SUMMARY, values=values, by=desk.lead)
    with pytest.raises(StaleEdit):
        change_item(
            assessment=desk.assessment,
            kind=ItemKind.SUMMARY,
            identity=item.identity,
            values={"text": "My own words.", "is_public": True},
            started_from=0,
            by=desk.lead,
        )
    submit_assessment(assessment=desk.refreshed(), by=desk.lead)

    mine = lead_client.get(desk.url("items", "summary")).content.decode()
    tasks = lead_client.get(desk.url("assessment")).content.decode()
    client.force_login(desk.person(Role.FORCE_LEAD))
    theirs = client.get(desk.url("items", "summary")).content.decode()

    assert "My own words." in mine
    assert "My own words." not in theirs
    assert f'href="{desk.url("items", "summary")}">' in tasks
