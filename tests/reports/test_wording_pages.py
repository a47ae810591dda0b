"""Writing the paper's own words: sections and paragraphs."""

import pytest
from django.urls import reverse

from reports.domain.papers import send_paper
from reports.domain.wording import add_section, remove_section
from spr_portal.identity.enums import Role
from tests.factories import make_force, make_paper, make_person

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
CLEARED = {"publication": "public", "withheld_under": ""}


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


@pytest.fixture
def paper(acc):
    return make_paper(by=acc)


@pytest.fixture
def client(paper, acc, sign_in):
    return sign_in(acc)


def the_paragraph(paper, section="introduction", identity="objective"):
    return paper.sections.get(identity=section).paragraphs.get(identity=identity)


def test_a_section_shows_its_paragraphs_with_derived_numbers_and_lists(client):
    text = client.get(url("section", "introduction")).content.decode()

    assert '<span class="portal-printed__number">2.</span>' in text
    assert "<li>Terrorism</li>" in text
    assert "<li>The plans were tested in May 2016.</li>" in text
    assert "The list is made anew each time" in text


def test_a_threats_section_shows_the_approved_words_and_no_way_to_change_them(client):
    text = client.get(url("section", "terrorism")).content.decode()

    assert "What the board reads on Terrorism." in text
    assert "Ann Approver, ACC Security" in text
    assert "Add a paragraph" not in text
    assert client.get(url("add_paragraph", "terrorism")).status_code == 404


def test_a_paragraph_is_added_with_references_that_can_be_typed(client, paper):
    page = client.get(url("add_paragraph", "conclusion")).content.decode()
    client.post(
        url("add_paragraph", "conclusion"),
        CLEARED | {"text": "See [[recommendation:submit]] before [[board-date]]."},
    )

    text = client.get(url("section", "conclusion")).content.decode()
    assert "[[recommendation:submit]]" in page
    assert "the day the board meets" in page
    assert "See recommendation 2 before 7 February 2017." in text


def test_an_unknown_reference_is_refused_beside_the_field_with_those_that_are_known(client, paper):
    response = client.post(
        url("add_paragraph", "conclusion"), CLEARED | {"text": "See [[recommendation:gone]]."}
    )

    assert response.context["form"].errors["text"] == [
        "[[recommendation:gone]] leads nowhere. These can be used: [[recommendation:note]], "
        "[[recommendation:submit]], [[board-date]], [[as-at-date]], [[tasked-month]], "
        "[[due-month]], [[executive-date]]"
    ]
    assert paper.sections.get(identity="conclusion").paragraphs.count() == 2


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"publication": "restricted", "withheld_under": ""}, "withheld_under"),
        ({"publication": "public", "withheld_under": "section 31"}, "withheld_under"),
        ({"withheld_under": ""}, "publication"),
        ({"publication": "restricted", "withheld_under": "section 99"}, "withheld_under"),
        (CLEARED | {"text": " \n "}, "text"),
        (CLEARED | {"text": "x" * 10_001}, "text"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_words_stay(client, paper, sent, field):
    response = client.post(
        url("paragraph", "introduction", "objective"), {"text": "My words.", "version": 1} | sent
    )

    assert field in response.context["form"].errors
    if "text" not in sent:
        assert "My words." in response.content.decode()
    assert the_paragraph(paper).version == 1


def test_a_restricted_paragraph_says_so_in_its_section(client, paper):
    client.post(
        url("paragraph", "introduction", "objective"),
        {"text": "Closed.", "publication": "restricted", "withheld_under": "section 31",
         "version": 1},
    )  # fmt: skip

    text = client.get(url("section", "introduction")).content.decode()
    assert "Withheld under Section 31 (law enforcement)" in text
    public = client.get(url("preview", "public")).content.decode()
    assert "Closed." not in public


def test_a_stale_edit_shows_both_and_loses_nothing(client, paper):
    address = url("paragraph", "introduction", "objective")
    client.post(address, CLEARED | {"text": "Theirs.", "version": 1})

    stale = client.post(address, CLEARED | {"text": "Mine.", "version": 1})
    still_theirs = the_paragraph(paper).text
    client.post(address, CLEARED | {"text": "Mine.", "version": 2})

    text = stale.content.decode()
    assert stale.status_code == 409
    assert "Theirs." in text
    assert "Mine." in text
    assert 'name="version" value="2"' in text
    assert still_theirs == "Theirs."
    assert the_paragraph(paper).text == "Mine."


def test_words_for_a_paragraph_somebody_removed_can_be_copied(client, paper):
    client.post(url("remove_paragraph", "introduction", "objective"))

    response = client.post(
        url("paragraph", "introduction", "objective"), CLEARED | {"text": "Mine.", "version": 1}
    )

    assert response.status_code == 409
    assert "Somebody removed this while you were writing" in response.content.decode()
    assert "Mine." in response.content.decode()


def test_words_for_a_section_somebody_removed_can_be_copied(client, paper, acc):
    section = add_section(paper=paper, heading="Wellbeing", has_numbers=True, by=acc)
    remove_section(section=section, by=acc)

    response = client.post(
        url("add_paragraph", section.identity), CLEARED | {"text": "A long thought on wellbeing."}
    )

    assert response.status_code == 409
    assert "A long thought on wellbeing." in response.content.decode()
    assert client.get(url("add_paragraph", section.identity)).status_code == 404


def test_words_for_a_paper_that_was_locked_meanwhile_can_be_copied(client, paper, acc):
    send_paper(paper=paper, by=acc)

    response = client.post(
        url("paragraph", "introduction", "objective"), CLEARED | {"text": "Mine.", "version": 1}
    )

    assert response.status_code == 403
    text = response.content.decode()
    assert "its words are locked" in text
    assert "Mine." in text
    assert "Cleared for publication" in text


def test_a_locked_paper_offers_nothing_to_change(client, paper, acc):
    send_paper(paper=paper, by=acc)

    text = client.get(url("section", "introduction")).content.decode()

    assert "its words are locked" in text
    assert "Move up" not in text
    assert client.get(url("paragraph", "introduction", "objective")).status_code == 403
    assert client.post(url("move_section", "introduction"), {"move": "up"}).status_code == 403


def test_a_paragraph_moves_and_the_numbers_follow(client, paper):
    client.post(url("move_paragraph", "introduction", "objective"), {"move": "up"})

    text = client.get(url("section", "introduction")).content.decode()
    assert text.index("For each threat the report") < text.index("names six national threats")


def test_a_paragraph_is_removed_after_a_question(client, paper):
    page = client.get(url("remove_paragraph", "introduction", "objective"))
    first = client.post(url("remove_paragraph", "introduction", "objective"))
    again = client.post(url("remove_paragraph", "introduction", "objective"))

    assert "Remove this paragraph?" in page.content.decode()
    assert first.status_code == again.status_code == 302
    assert not paper.sections.get(identity="introduction").paragraphs.filter(identity="objective")


def test_a_section_is_added_before_the_recommendations_and_removed_once_empty(client, paper):
    client.post(
        url("add_section"), {"heading": "Risks on [[board-date]]", "numbering": "yes"} | CLEARED
    )
    section = paper.sections.get(heading__startswith="Risks")
    client.post(url("add_paragraph", section.identity), CLEARED | {"text": "One."})
    refused = client.post(url("remove_section", section.identity))
    paragraph = section.paragraphs.get()
    client.post(url("remove_paragraph", section.identity, paragraph.identity))
    client.post(url("remove_section", section.identity))

    assert refused.status_code == 409
    assert list(paper.sections.all())[-1].identity == "recommendations"
    assert not paper.sections.filter(pk=section.pk).exists()


def test_a_sections_heading_and_numbering_change_and_a_stale_change_shows_both(client, paper):
    address = url("change_section", "legal")
    client.post(address, {"heading": "Law", "numbering": "yes", "version": 1} | CLEARED)
    stale = client.post(address, {"heading": "Legal", "numbering": "no", "version": 1} | CLEARED)

    section = paper.sections.get(identity="legal")
    assert (section.heading, section.has_numbers) == ("Law", True)
    assert stale.status_code == 409
    assert "Law" in stale.content.decode()
    assert 'value="Legal"' in stale.content.decode()


def test_a_section_moves(client, paper):
    before = [row.identity for row in paper.sections.all()]
    client.post(url("move_section", "introduction"), {"move": "up"})

    after = [row.identity for row in paper.sections.all()]
    assert after[:2] == ["introduction", "purpose"]
    assert sorted(after) == sorted(before)


WRITING = [
    ("change_paper", ()),
    ("add_section", ()),
    ("change_section", ("legal",)),
    ("move_section", ("legal",)),
    ("remove_section", ("legal",)),
    ("add_paragraph", ("legal",)),
    ("paragraph", ("legal", "legal")),
    ("remove_paragraph", ("legal", "legal")),
    ("move_paragraph", ("legal", "legal")),
    ("take_up", ()),
    ("add_recommendation", ()),
    ("recommendation", ("submit",)),
    ("remove_recommendation", ("submit",)),
    ("move_recommendation", ("submit",)),
    ("outcome", ("earlier",)),
    ("add_earlier", ()),
]


def test_only_those_who_write_the_paper_change_it(paper, sign_in):
    force = paper.force
    readers = make_person(force=force, role=Role.EXECUTIVE)
    strangers = [
        make_person(force=force, role=Role.FORCE_LEAD),
        make_person(force=force, role=Role.OPCC),
        make_person(force=force, role=Role.ADMINISTRATOR),
        make_person(force=make_force(), role=Role.ACC_SECURITY),
    ]
    before = list(paper.sections.values_list("identity", "order", "version"))

    for person, expected in ((readers, 403), *((stranger, 404) for stranger in strangers)):
        client = sign_in(person)
        for name, args in WRITING:
            assert client.post(url(name, *args), {"move": "up"}).status_code == expected, name
    assert list(paper.sections.values_list("identity", "order", "version")) == before


def test_the_staff_officer_writes_too(paper, sign_in):
    client = sign_in(make_person(force=paper.force, role=Role.STAFF_OFFICER))

    for name, args in WRITING:
        if name not in ("take_up", "move_section", "move_paragraph", "move_recommendation"):
            assert client.get(url(name, *args)).status_code == 200, name


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "{{ 7 }}{% now %}", "=1+1"])
def test_what_is_typed_is_never_markup(client, paper, typed):
    client.post(url("paragraph", "introduction", "objective"),
                CLEARED | {"text": typed, "version": 1})  # fmt: skip

    for address in (url("section", "introduction"), url("preview", "full"), url("paper")):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
    assert the_paragraph(paper).text == typed


def test_a_version_that_is_no_number_is_refused(client, paper):
    for version in ("x", "-1", "99999999999999999999"):
        response = client.post(
            url("paragraph", "introduction", "objective"),
            CLEARED | {"text": "Mine.", "version": version},
        )
        assert response.status_code == 200
    assert the_paragraph(paper).version == 1
