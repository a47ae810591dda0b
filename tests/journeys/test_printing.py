"""What comes out of the printer: the words and the marking, and nothing to click."""

import pytest
from django.urls import reverse

from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_person, make_submitted

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_printed_page_has_its_marking_and_no_navigation(visitor):
    acc = make_person(role=Role.ACC_SECURITY, name="Alex Acc")
    assessment = make_submitted(cycle=make_cycle(by=acc))
    reader = visitor(acc)
    at = [assessment.cycle.year, assessment.threat.code]
    for name, arguments in (
        ("assessments:cycle", at[:1]),
        ("assessments:review", at),
        ("assessments:register", ["vulnerabilities"]),
    ):
        reader.open(reverse(name, args=arguments))
        page = reader.page
        assert not page.locator(".portal-marking").first.is_visible()

        page.emulate_media(media="print")

        first, last = page.locator(".portal-marking").all()
        assert "OFFICIAL · " in first.inner_text()
        assert "printed by Alex Acc" in last.inner_text()
        assert not page.get_by_role("navigation").first.is_visible()
        assert not page.locator(".govuk-button:visible, form[role=search]:visible").count()
        assert page.get_by_role("heading", level=1).is_visible()
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
        page.emulate_media(media="screen")
