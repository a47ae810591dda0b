"""Somebody who writes on a page of answers, and what is kept of it where."""

import pytest
from playwright.sync_api import expect

from assessments.domain.responses import save_response
from assessments.models import Response
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_force, make_person

ONE = "/cycles/2016-17/terrorism/"

CAPACITY = f"{ONE}answers/capacity/"

SOON = 5_000  # the five seconds within which the page must say that it could not save


@pytest.fixture
def force():
    return make_force("wmp", name="West Midlands Police", short_name="WMP")


@pytest.fixture
def assessment(force):
    acc = make_person(force=force, role=Role.ACC_SECURITY, name="Alex Acc")
    return make_cycle(by=acc).assessments.get(threat__code="terrorism")


@pytest.fixture
def lead(force):
    return make_person(force=force, role=Role.FORCE_LEAD, name="Lee Lead", email="lee@example.org")


@pytest.fixture
def other(force):
    return make_person(
        force=force, role=Role.FORCE_LEAD, name="Olga Other", email="olga@example.org"
    )


@pytest.fixture
def expected(complaints):
    """What a browser says of requests that are meant to be refused or cut is no complaint."""
    yield
    kept = [one for one in complaints if not one.startswith(("401 ", "403 ", "404 ", "409 "))]
    complaints[:] = [one for one in kept if "accounts/login" not in one]


@pytest.fixture
def writer(visitor, assessment, lead, expected):
    somebody = visitor(lead)
    somebody.open(CAPACITY)
    return somebody


def box(somebody, code="capacity-local"):
    return somebody.page.locator(f"#{code}")


def line(somebody, code="capacity-local"):
    return somebody.page.locator(f"[data-answer={code}] [data-saved]")


def type_in(somebody, words, code="capacity-local"):
    """Key by key, as a person does."""
    box(somebody, code).focus()
    box(somebody, code).press("End")
    somebody.page.keyboard.type(words)


def is_saved(somebody, code="capacity-local"):
    expect(line(somebody, code)).to_contain_text("aved at ", timeout=SOON)


def answer(assessment, code="capacity-local") -> Response:
    return assessment.responses.get(question__code=code)


def save(assessment, text, *, by, code="capacity-local"):
    response = answer(assessment, code)
    save_response(response=response, text=text, rating=None, started_from=response.version, by=by)


def kept_on_device(somebody) -> dict:
    store = somebody.page.evaluate("Object.entries(localStorage)")
    return {name: value for name, value in store if name.startswith("words:")}
