"""What the paper recommends, and what became of last year's recommendations."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import ProposedRecommendation
from reports.models import Recommendation
from tests.factories import make_paper

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
FILLED = {
    "heading": "Terrorism",
    "addressee_choice": "Chief Constable",
    "addressee_other": "",
    "text": "to keep the plans tested.",
    "threat_codes": ["terrorism"],
    "publication": "public",
    "withheld_under": "",
}


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


@pytest.fixture
def paper(acc):
    return make_paper(by=acc)


@pytest.fixture
def client(paper, acc, sign_in):
    return sign_in(acc)


def this_years(paper):
    return Recommendation.objects.filter(force=paper.force, year=YEAR).order_by("order")


def test_a_recommendation_is_added_with_its_threats(client, paper):
    client.post(url("add_recommendation"), FILLED)

    text = client.get(url("recommendations")).content.decode()
    added = this_years(paper).last()
    assert (added.addressee, added.threat_codes) == ("Chief Constable", ["terrorism"])
    assert "3)" in text
    assert "Threats: Terrorism" in text


def test_somebody_else_is_addressed_by_name(client, paper):
    other = FILLED | {"addressee_choice": "other"}

    refused = client.post(url("add_recommendation"), other)
    client.post(url("add_recommendation"), other | {"addressee_other": "The regional unit"})
    page = client.get(url("recommendation", this_years(paper).last().identity)).content.decode()

    assert refused.context["form"].errors["addressee_other"] == ["Enter who is to act"]
    assert this_years(paper).last().addressee == "The regional unit"
    assert "The regional unit" in page


def test_a_recommendation_without_words_says_so_in_good_english(client, paper):
    refused = client.post(url("add_recommendation"), FILLED | {"text": ""})

    assert refused.context["form"].errors["text"] == ["Enter what they are to do"]


def test_an_unknown_threat_is_refused(client, paper):
    response = client.post(url("add_recommendation"), FILLED | {"threat_codes": ["weather"]})

    assert "threat_codes" in response.context["form"].errors
    assert this_years(paper).count() == 2


def test_a_stale_change_shows_both(client, paper):
    address = url("recommendation", "submit")
    client.post(address, FILLED | {"text": "to do theirs.", "version": 1})
    stale = client.post(address, FILLED | {"text": "to do mine.", "version": 1})

    assert stale.status_code == 409
    assert "to do theirs." in stale.content.decode()
    assert "to do mine." in stale.content.decode()
    assert this_years(paper).get(identity="submit").text == "to do theirs."


def test_moving_renumbers_and_references_follow(client, paper):
    before = client.get(url("section", "financial")).content.decode()
    client.post(url("move_recommendation", "submit"), {"move": "up"})
    after = client.get(url("section", "financial")).content.decode()

    assert "See recommendation 2." in before
    assert "See recommendation 1." in after


def test_removing_warns_where_it_is_referred_to(client, paper):
    page = client.get(url("remove_recommendation", "submit")).content.decode()
    quiet = client.get(url("remove_recommendation", "note")).content.decode()
    client.post(url("remove_recommendation", "submit"))

    assert "It is referred to in the section “Financial implications”." in page
    assert "It is referred to" not in quiet
    assert [row.identity for row in this_years(paper)] == ["note"]


def test_proposals_are_taken_up_once(client, paper):
    assessment = paper.cycle.assessments.get(threat__code="terrorism")
    ProposedRecommendation.objects.create(
        assessment=assessment, order=1, addressee="Force leads", text="to exercise together."
    )

    page = client.get(url("recommendations")).content.decode()
    client.post(url("take_up"))
    again = client.post(url("take_up"), follow=True).content.decode()

    assert "Leads propose 1 recommendation that is not in this list." in page
    assert "is in the list already" in again
    assert "Leads propose" not in again
    assert this_years(paper).first().text == "to exercise together."
    assert this_years(paper).count() == 3


def test_an_outcome_is_told_and_a_stale_one_shows_both(client, paper):
    address = url("outcome", "earlier")
    told = {
        "status": "in_progress",
        "outcome": "Half is done.",
        "outcome_on_day": "1",
        "outcome_on_month": "9",
        "outcome_on_year": "2016",
        "version": 1,
    }
    client.post(address, told)
    stale = client.post(address, told | {"outcome": "All is done."})

    row = Recommendation.objects.get(identity="earlier")
    assert (row.status, row.outcome) == ("in_progress", "Half is done.")
    assert row.outcome_on == datetime.date(2016, 9, 1)
    assert stale.status_code == 409
    assert "Half is done." in stale.content.decode()
    assert "All is done." in stale.content.decode()


def test_an_outcome_in_the_future_is_refused(client, paper):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    response = client.post(
        url("outcome", "earlier"),
        {
            "status": "completed",
            "outcome": "Done.",
            "outcome_on_day": str(tomorrow.day),
            "outcome_on_month": str(tomorrow.month),
            "outcome_on_year": str(tomorrow.year),
            "version": 1,
        },
    )

    assert "outcome_on" in response.context["form"].errors


def test_one_of_a_paper_from_before_the_portal_is_added(client, paper):
    earlier = {key: value for key, value in FILLED.items() if key != "threat_codes"}

    client.post(url("add_earlier"), earlier | {"year": "2015-16", "text": "to begin."})
    text = client.get(url("outcomes")).content.decode()

    assert "2015/16, recommendation 2: Chief Constable" in text
    assert "No outcome has been told yet." in text


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        ("2016-17", "The year must be before 2016-17"),
        ("2031-32", "The year must be before 2016-17"),
        ("last year", "Enter a financial year such as 2016-17."),
    ],
)
def test_an_earlier_recommendation_has_an_earlier_year(client, paper, year, sentence):
    earlier = {key: value for key, value in FILLED.items() if key != "threat_codes"}

    response = client.post(url("add_earlier"), earlier | {"year": year})

    assert sentence in response.context["form"].errors["year"][0]
    assert Recommendation.objects.exclude(year=YEAR).count() == 1


def test_an_outcome_of_a_recommendation_reported_no_more_is_given_back(client, paper):
    """An earlier recommendation of a later year was entered meanwhile."""
    Recommendation.objects.filter(year="2015-16").update(year="2014-15")
    client.post(url("add_earlier"), FILLED | {"year": "2015-16"})

    response = client.post(
        url("outcome", "earlier"),
        {"status": "completed", "outcome": "The plans were tested twice.", "version": "1"},
        headers={"Origin": "http://testserver"},
    )

    assert response.status_code == 404
    assert "The plans were tested twice.</textarea>" in response.content.decode()


def test_a_year_that_is_none_is_refused(client, paper):
    response = client.post(url("add_earlier"), FILLED | {"year": "2015-99"})

    assert response.context["form"].errors["year"] == ["Enter a financial year such as 2015-16"]
    assert not Recommendation.objects.filter(year="2015-99").exists()
