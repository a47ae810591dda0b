"""The pages on which a lead names contributors and decides on their drafts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.domain.contributors import name_contributor
from assessments.domain.items import add_item, change_item
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from assessments.models import Contributor
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from tests.assessments.lead import desk, lead_client

__all__ = ["desk", "lead_client"]  # fixtures
LOCAL, REGIONAL = "capacity-local", "capacity-regional"
VULNERABILITY = {"statement": "Few trained.", "likelihood": "low", "impact": "high"}


@pytest.fixture
def colleague(desk):
    return desk.person(None, name="Cara Moss")


@pytest.fixture
def contributor(desk, colleague):
    return name_contributor(
        assessment=desk.assessment, person=colleague, question_codes=[], by=desk.lead
    )


def draft(desk, person, code=LOCAL, text="Nineteen units.", started_from=0):
    return save_response(
        response=desk.response(code),
        text=text,
        rating=None,
        started_from=started_from,
        by=User.objects.get(pk=person.pk),
    )


def page(client, desk):
    return client.get(desk.url("part", "capacity")).text


def sent(desk, **more) -> dict:
    """What the page of capacity sends: each answer as it stands."""
    data = {}
    for code in (LOCAL, REGIONAL):
        response = desk.response(code)
        data |= {code: response.text, f"version:{code}": response.version}
        if response.is_draft:
            data[f"draft:{code}"] = response.version
    return data | more


def test_lead_names_a_contributor_for_some_answers(desk, lead_client, colleague):
    response = lead_client.post(
        desk.url("name_contributor"),
        {"person": colleague.pk, "scope": "some", "part-capacity": [LOCAL]},
        follow=True,
    )

    assert "Cara Moss can draft now" in response.text
    assert "What capacity does the force itself hold?" in response.text
    assert Contributor.objects.get().question_codes == [LOCAL]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"scope": "everything"}, "Select who drafts"),
        ({"person": "1"}, "Select what they draft"),
        ({"person": "1", "scope": "some"}, "Tick the answers they draft"),
        ({"person": "999999", "scope": "everything"}, "Select who drafts"),
        (
            {"person": "1", "scope": "some", "part-capacity": ["delivery-local"]},
            "Select from the answers shown",
        ),
    ],
)
def test_a_form_that_is_not_whole_says_what_is_missing(
    desk, lead_client, colleague, data, sentence
):
    data = {name: colleague.pk if value == "1" else value for name, value in data.items()}

    assert sentence in lead_client.post(desk.url("name_contributor"), data).text
    assert not Contributor.objects.exists()


def test_naming_somebody_whom_another_lead_has_just_named_says_so(
    desk, lead_client, colleague, contributor
):
    data = {"person": colleague.pk, "scope": "everything"}

    assert "has been named already" in lead_client.post(desk.url("name_contributor"), data).text


def test_lead_changes_what_a_contributor_drafts_and_ends_it(desk, lead_client, contributor):
    at = desk.url("change_contributor", contributor.pk)
    lead_client.post(at, {"scope": "some", "part-capacity": [REGIONAL]})
    contributor.refresh_from_db()
    assert contributor.question_codes == [REGIONAL]

    for _ in range(2):  # a double click is one end
        ended = lead_client.post(desk.url("end_contributor", contributor.pk), follow=True)
        assert "can draft no more" in ended.text
    assert "Nobody drafts for the leads yet." in ended.text


def test_a_contributor_finds_the_assessment_and_what_is_theirs(desk, client, colleague):
    name_contributor(
        assessment=desk.assessment, person=colleague, question_codes=[LOCAL], by=desk.lead
    )
    client.force_login(colleague)

    assert desk.assessment.get_absolute_url() in client.get(reverse("reports:home")).text
    assert "You draft 1 of its 4 answers" in client.get(desk.url("assessment")).text
    assert 'name="capacity-local"' in page(client, desk)
    assert 'name="capacity-regional"' not in page(client, desk)
    assert client.get(desk.url("people")).status_code == 200
    assert client.get(desk.url("items", "summary")).status_code == 200
    assert "Add a " not in client.get(desk.url("items", "summary")).text


def test_an_ended_contributors_words_are_shown_for_copying(desk, client, contributor):
    client.force_login(contributor.person)
    contributor.ended_at = contributor.named_at
    contributor.save()

    response = client.post(
        desk.url("part", "capacity"),
        {LOCAL: "A sentence I typed.", f"version:{LOCAL}": "0"},
        HTTP_ORIGIN="http://testserver",
    )

    assert response.status_code == 404
    assert "A sentence I typed." in response.text


def test_a_draft_says_whose_it_is_and_what_differs(desk, lead_client, contributor):
    draft(desk, desk.lead, text="Nine units.")
    draft(desk, contributor.person, text="Nineteen units.", started_from=1)

    text = page(lead_client, desk)

    assert "Drafted by Cara Moss" in text
    assert "removed: </span>Nine </del>" in text
    assert "added: </span>Nineteen </ins>" in text


def test_the_contributor_reads_that_it_waits(desk, client, contributor):
    draft(desk, contributor.person)
    client.force_login(contributor.person)

    text = page(client, desk)

    assert "It waits for a lead" in text
    assert 'name="accept"' not in text


def test_accepting_keeps_what_was_typed_beside_it(desk, lead_client, contributor):
    draft(desk, contributor.person)

    response = lead_client.post(
        desk.url("part", "capacity"), sent(desk, **{"accept": LOCAL, REGIONAL: "Typed, not saved."})
    )

    assert response["Location"].endswith(f"/answers/capacity/#{LOCAL}")
    assert not desk.response(LOCAL).is_draft
    assert desk.response(REGIONAL).text == "Typed, not saved."


def test_all_drafts_of_a_page_are_accepted_at_once(desk, lead_client, contributor):
    draft(desk, contributor.person)
    assert "Accept all drafts" not in page(lead_client, desk)
    draft(desk, contributor.person, code=REGIONAL)
    assert "Accept all drafts" in page(lead_client, desk)

    lead_client.post(desk.url("part", "capacity"), sent(desk, accept="*"))

    assert not desk.response(LOCAL).is_draft
    assert not desk.response(REGIONAL).is_draft


def test_a_draft_the_lead_has_not_read_is_not_accepted(desk, lead_client, contributor):
    draft(desk, contributor.person)
    data = sent(desk, accept=LOCAL)
    draft(desk, contributor.person, text="Twenty units.", started_from=1)

    response = lead_client.post(desk.url("part", "capacity"), data, follow=True)

    assert "A newer draft came in" in response.text
    assert desk.response(LOCAL).is_draft
    assert desk.response(LOCAL).text == "Twenty units."


def test_going_back_brings_the_accepted_words(desk, lead_client, contributor):
    draft(desk, desk.lead, text="Nine units.")
    draft(desk, contributor.person, started_from=1)

    lead_client.post(desk.url("part", "capacity"), sent(desk, go_back=LOCAL))

    assert (desk.response(LOCAL).text, desk.response(LOCAL).is_draft) == ("Nine units.", False)


def test_a_lead_who_rewrote_the_draft_keeps_their_words(desk, lead_client, contributor):
    draft(desk, contributor.person)
    data = sent(desk, **{"go_back": LOCAL, LOCAL: "My own words."})

    response = lead_client.post(desk.url("part", "capacity"), data, follow=True)

    assert desk.response(LOCAL).text == "My own words."
    assert "no draft left" in response.text


@pytest.mark.parametrize("button", ["accept", "go_back"])
def test_a_contributor_cannot_decide(desk, client, contributor, button):
    draft(desk, contributor.person)
    client.force_login(contributor.person)

    response = client.post(desk.url("part", "capacity"), sent(desk, **{button: LOCAL}))

    assert response.status_code == 403
    assert desk.response(LOCAL).is_draft


def test_enter_in_a_field_decides_nothing(desk, lead_client, contributor):
    draft(desk, contributor.person)

    first = page(lead_client, desk).split('data-answers="')[1].split("<button", 2)[1]

    assert "name=" not in first.split(">")[0]


def test_the_task_list_counts_drafts_and_the_check_page_leads_to_them(
    desk, lead_client, contributor
):
    draft(desk, contributor.person)
    add_item(
        assessment=desk.assessment,
        kind=ItemKind.VULNERABILITY,
        values=VULNERABILITY,
        by=User.objects.get(pk=contributor.person_id),
    )

    tasks, check = (lead_client.get(desk.url(name)).text for name in ("assessment", "check"))

    assert tasks.count("1\N{NO-BREAK SPACE}draft to accept") == 2
    assert f'href="{desk.url("part", "capacity")}#{LOCAL}"' in check
    assert "Vulnerabilities: 1 draft waits to be accepted" in check


@pytest.fixture
def changed_item(desk, contributor):
    item = add_item(
        assessment=desk.assessment,
        kind=ItemKind.VULNERABILITY,
        values=VULNERABILITY,
        by=desk.lead,
    )
    change_item(
        assessment=desk.assessment,
        kind=ItemKind.VULNERABILITY,
        identity=item.identity,
        values=VULNERABILITY | {"statement": "None trained."},
        started_from=1,
        by=User.objects.get(pk=contributor.person_id),
    )
    return item


def test_a_drafted_item_shows_what_differs_and_is_accepted(desk, lead_client, changed_item):
    text = lead_client.get(desk.url("items", "vulnerabilities")).text
    assert "changed by Cara Moss" in text
    assert "removed: </span>Few </del>" in text

    at = desk.url("decide_on_item", "vulnerabilities", changed_item.identity)
    lead_client.post(at, {"version": "1", "decision": "accept"})
    changed_item.refresh_from_db()
    assert changed_item.is_draft  # version 1 is not what stands there

    lead_client.post(at, {"version": "2", "decision": "accept"})
    changed_item.refresh_from_db()
    assert (changed_item.is_draft, changed_item.statement) == (False, "None trained.")


def test_an_item_goes_back_to_what_was_accepted(desk, lead_client, changed_item):
    at = desk.url("decide_on_item", "vulnerabilities", changed_item.identity)

    lead_client.post(at, {"version": "2", "decision": "go_back"})

    changed_item.refresh_from_db()
    assert (changed_item.is_draft, changed_item.statement) == (False, "Few trained.")


def test_the_administrator_arranges_who_acts(desk, client):
    administrator = desk.person(Role.ADMINISTRATOR)
    deputy = desk.person(None, name="Bo Day")
    client.force_login(administrator)
    at = reverse("assessments:acting", args=[desk.lead.pk])
    assert at in client.get(reverse("person", args=[desk.lead.pk])).text

    days = {"starts_on_day": 1, "starts_on_month": 2, "starts_on_year": 2040}
    days |= {"ends_on_day": 9, "ends_on_month": 2, "ends_on_year": 2040}
    arranged = client.post(at, {"person": deputy.pk} | days, follow=True)

    assert "1 February 2040 to 9 February 2040" in arranged.text
    assert f"acting for {desk.lead.name}" in client.get(reverse("person", args=[deputy.pk])).text

    end = reverse("assessments:end_acting", args=[desk.lead.pk, deputy.pk])
    client.post(end, {"when": "at_once"})
    assert not deputy.appointments.exists()


def test_a_page_with_drafts_asks_the_database_as_seldom(desk, client, contributor):
    draft(desk, desk.lead, text="Nine units.")
    draft(desk, contributor.person, started_from=1)
    draft(desk, contributor.person, code=REGIONAL)
    for person in (desk.lead, contributor.person):
        client.force_login(person)
        page(client, desk)  # the visit is noted once a minute
        with CaptureQueriesContext(connection) as queries:
            page(client, desk)

        assert len(queries) <= 8, person
