"""A lead asks a colleague to draft, somebody acts for the lead, and a form goes away and back."""

from pathlib import Path

import pytest

from assessments.models import Response
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from tests.factories import make_cycle, make_force, make_person
from tests.word_form.forms import filled

pytestmark = pytest.mark.django_db(transaction=True)
LOCAL = "What capacity does the force itself hold?"
CAPACITY = "/cycles/2016-17/terrorism/answers/capacity/"


@pytest.fixture
def people(visitor):
    force = make_force("wmp", name="West Midlands Police", short_name="WMP")
    make_cycle(force=force)
    lead = make_person(force=force, role=Role.FORCE_LEAD, name="Ann Lee")
    colleague = make_person(force=force, name="Cara Moss")
    return lead, colleague


def answer(code: str = "capacity-local") -> Response:
    return Response.objects.get(assessment__threat__code="terrorism", question__code=code)


def test_a_colleague_drafts_what_they_are_named_for_and_the_lead_accepts_it(visitor, people):
    ann = visitor(people[0])
    ann.open("/cycles/2016-17/terrorism/")
    ann.follow("Who works on this assessment")
    ann.press("Name a contributor")
    ann.press("Name as a contributor")
    ann.sees("There is a problem", "Select who drafts")
    ann.page.get_by_label("Who drafts?").select_option(label="Cara Moss")
    ann.choose("Some of its answers")
    ann.choose(LOCAL)
    ann.press("Name as a contributor")
    ann.sees("Cara Moss can draft now", LOCAL)

    cara = visitor(people[1])
    cara.open("/")
    cara.follow("Terrorism")
    cara.sees("You draft 1 of its 4 answers")
    cara.follow("Capacity", exact=True)
    cara.fill(LOCAL, "Nineteen units.")
    cara.press("Save and return to the task list")
    cara.sees("1\N{NO-BREAK SPACE}draft to accept")
    cara.open(CAPACITY)
    cara.sees("It waits for a lead")

    ann.open("/cycles/2016-17/terrorism/check/")
    ann.sees("a draft waits to be accepted")
    ann.open(CAPACITY)
    ann.sees("Drafted by Cara Moss")
    ann.press(f"Accept the draft: {LOCAL}")
    ann.sees("The draft is accepted.")
    assert not answer().is_draft

    ann.open("/cycles/2016-17/terrorism/people/")
    ann.follow("End that Cara Moss drafts")
    ann.press("End it now")
    ann.sees("Cara Moss can draft no more")
    cara.page.goto(cara.url + CAPACITY)
    cara.sees("Page not found")


def test_somebody_acts_for_a_lead_from_today(visitor, people):
    ann = visitor(people[0])
    ann.open("/cycles/2016-17/terrorism/people/")
    ann.follow("Who acts for Ann Lee")
    ann.page.get_by_label("Who acts for them?").select_option(label="Cara Moss")
    ann.fill_date("Last day", "31", "12", "2040")
    ann.press("Name them")
    ann.sees("Cara Moss acts for Ann Lee", "31 December 2040")

    cara = visitor(User.objects.get(pk=people[1].pk))
    cara.open("/cycles/2016-17/terrorism/check/")
    cara.open("/cycles/2016-17/terrorism/people/")
    cara.sees("Acts for Ann Lee from")

    ann.follow("End that Cara Moss acts")
    ann.choose("Now")
    ann.press("End the acting")
    ann.sees("Nobody acts for you now")


def test_a_form_goes_away_and_comes_back(visitor, people, tmp_path):
    ann = visitor(people[0])
    ann.open("/cycles/2016-17/terrorism/")
    ann.follow("Work in Word")
    ann.press("Show what would change")
    ann.sees("Select the form that you have filled in")
    with ann.page.expect_download() as started:
        ann.page.get_by_role("button", name="Download the form").click()
    content = Path(started.value.path()).read_bytes()
    typed = {"capacity-local": "Nine units.", "capacity-rating": "Green", "delivery-local": "So."}
    form = tmp_path / "form.docx"
    form.write_bytes(filled(content, typed | {"capability-rating": "Rather good"}))

    ann.page.get_by_label("The form you filled in").set_input_files(form)
    ann.press("Show what would change")
    ann.sees("What your form would change", "What could not be taken", "Rather good")
    ann.page.get_by_label("Take this answer: 3.").uncheck()
    ann.press("Save the ticked answers")
    ann.sees("2 answers are taken from the form")
    assert answer().text == "Nine units."
    assert answer("delivery-local").text == ""
