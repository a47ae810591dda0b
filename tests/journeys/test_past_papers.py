"""Last year's paper is brought in, looked through, corrected and taken in."""

import pytest

from reports.models import IssuedPaper, Recommendation
from spr_portal.identity.enums import Role
from tests.factories import make_cycle, make_person
from tests.past_papers.papers import Layout, as_pdf

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_past_paper_from_its_file_to_open_recommendations(visitor, tmp_path):
    officer = make_person(role=Role.STAFF_OFFICER, name="Robin Staff")
    make_cycle(by=make_person(force=officer.force, role=Role.ACC_SECURITY), year="2019-20")
    file = tmp_path / "paper.pdf"
    file.write_bytes(as_pdf(Layout(places=("front", "end"), date="%B %Y")))

    staff = visitor(officer)
    staff.open("/papers/")
    staff.follow("Past papers, made before the portal was used")
    staff.page.get_by_label("The paper").set_input_files(file)
    staff.page.get_by_label("Year it reports on").select_option("2018-19")
    staff.page.get_by_label("Strategic Policing Requirement, March 2015").check()
    staff.page.get_by_label("Yes, all of it was published").check()
    staff.press("Read the paper")
    staff.sees("The file is read.")
    staff.sees("The day of the meeting is missing.")
    staff.look()

    staff.follow("The day of the meeting is missing.")
    for part, value in (("Day", "14"), ("Month", "3"), ("Year", "2019")):
        staff.page.get_by_label(part, exact=True).fill(value)
    staff.press("Save")
    staff.sees("The head of the paper is saved.")

    staff.page.get_by_role("link", name="Recommendations (6)").click()
    staff.page.get_by_role("link", name="Correct").first.click()
    staff.look()
    staff.fill("Words", "to fill every vacant post of armed officers by June.")
    staff.press("Save and go to the next")
    staff.sees("The part is saved.")

    staff.open("/past-papers/2018-19/take-in/")
    staff.sees("to fill every vacant post")
    staff.look()
    staff.press("Take the paper in")
    staff.sees("The paper is taken in.")

    issued = IssuedPaper.objects.get()
    assert bytes(issued.files.get().content) == file.read_bytes()
    texts = Recommendation.objects.filter(year="2018-19").order_by("order")
    assert [row.text[:15] for row in texts] == [
        "to fill every v", "should support ", "to report on th",
    ]  # fmt: skip
