"""What a paper says otherwise than a threat's assessment, or leaves out."""

import pytest
from django.urls import reverse

from assessments.domain.content import content_of, hash_of
from assessments.models import Assessment, SummaryParagraph
from reports.document import Audience, plain, to_json
from reports.domain.documents import document_hash, document_of, final_documents, problems_in
from reports.domain.overrides import mark_of, override_paragraph, put_paragraph_back
from reports.domain.papers import agree_paper, send_paper
from reports.exceptions import SourceChanged, StalePaperEdit
from reports.models import BoardPaper, ParagraphOverride
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from tests.factories import make_force, make_paper, make_person

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
PUBLIC = {"is_public": True, "withheld_under": ""}
SECRET = {"is_public": False, "withheld_under": "section 31"}


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


@pytest.fixture
def paper(acc):
    return make_paper(by=acc)


@pytest.fixture
def section(paper):
    return paper.sections.get(threat_code="terrorism")


@pytest.fixture
def source(paper):
    return SummaryParagraph.objects.get(
        assessment__cycle=paper.cycle, assessment__threat__code="terrorism"
    )


@pytest.fixture
def rewrite(section, source, acc):
    def written(text="As the board is told.", *, by=acc, started_from=0, **values):
        return override_paragraph(
            section=section,
            source=source.identity,
            values={"text": text, **PUBLIC, **values},
            shown=mark_of(source.text),
            started_from=started_from,
            by=by,
        )

    return written


def change_source(source, **values):
    """What a lead's new version, approved again, comes to."""
    SummaryParagraph.objects.filter(pk=source.pk).update(**values)
    assessment = Assessment.objects.get(pk=source.assessment_id)
    assessment.approved_hash = hash_of(content_of(assessment))
    assessment.save()


def words_of(paper, audience=Audience.FULL):
    return [plain(p.inlines) for p in document_of(paper, audience).paragraphs()]


def test_a_paragraph_told_otherwise_stands_in_its_place_and_the_assessment_keeps_its_own(
    paper, source, rewrite
):
    before = words_of(paper)

    rewrite()

    place = before.index(source.text)
    assert words_of(paper)[place] == "As the board is told."
    source.refresh_from_db()
    assert source.text == "What the board reads on Terrorism."
    event = AuditEvent.objects.latest("sequence")
    assert event.action == "paragraph.overridden"


def test_what_is_left_out_moves_the_numbers_after_it_up(paper, section, source, rewrite):
    before = {p.source.reference: p.number for p in document_of(paper, Audience.FULL).paragraphs()}

    rewrite("", is_left_out=True)

    after = {p.source.reference: p.number for p in document_of(paper, Audience.FULL).paragraphs()}
    assert source.text not in words_of(paper)
    assert after["conclusion/position"] == before["conclusion/position"] - 1


def test_what_is_put_back_says_what_the_assessment_says_and_the_audit_keeps_the_words(
    paper, section, source, rewrite, acc
):
    rewrite("Words of some work.")

    put_paragraph_back(section=section, source=source.identity, by=acc)

    assert source.text in words_of(paper)
    assert AuditEvent.objects.latest("sequence").details["text"] == "Words of some work."


def test_agreement_is_bound_to_what_the_paper_says(paper, section, source, rewrite, acc, executive):
    rewrite()
    paper = send_paper(paper=paper, by=acc)
    shown = document_hash(final_documents(paper)[Audience.FULL])
    paper = agree_paper(paper=paper, document=shown, by=executive)

    ParagraphOverride.objects.update(text="Put in by hand.")

    assert document_hash(final_documents(paper)[Audience.FULL]) != paper.agreed_hash


def test_a_change_of_the_source_keeps_the_paper_until_somebody_has_looked(
    paper, source, rewrite, acc
):
    row = rewrite()
    change_source(source, text="Something new.")
    source.refresh_from_db()

    (problem,) = [p for p in problems_in(paper) if "has changed it since" in p]
    assert "Something new." in problem

    rewrite("As the board is told.", started_from=row.version)
    assert not [p for p in problems_in(paper) if "has changed it since" in p]


def test_what_a_page_did_not_show_is_not_written_over(section, source, acc):
    change_source(source, text="Something new.")

    with pytest.raises(SourceChanged):
        override_paragraph(
            section=section,
            source=source.identity,
            values={"text": "Mine.", **PUBLIC},
            shown=mark_of("What the board reads on Terrorism."),
            started_from=0,
            by=acc,
        )

    assert not ParagraphOverride.objects.exists()


def test_two_writers_never_write_over_each_other(section, source, rewrite, acc):
    first = rewrite("First.")

    with pytest.raises(StalePaperEdit) as stale:
        rewrite("Second.")
    assert stale.value.newer.text == "First."

    put_paragraph_back(section=section, source=source.identity, by=acc)
    rewrite("Third.")
    with pytest.raises(StalePaperEdit):
        rewrite("Late.", started_from=first.version)


def test_what_its_lead_withholds_is_published_only_by_saying_so(paper, source, rewrite):
    change_source(source, **SECRET)

    with pytest.raises(Refused):
        rewrite("Harmless.")
    rewrite("Harmless.", clears_withheld=True)

    assert "Harmless." in words_of(paper, Audience.PUBLIC)
    assert problems_in(paper) == []


def test_a_source_withheld_afterwards_keeps_the_paper(paper, source, rewrite):
    rewrite("Harmless then.")

    change_source(source, **SECRET)

    assert any("its lead withholds" in problem for problem in problems_in(paper))


def test_a_restricted_rewriting_of_a_public_source_stays_out_of_the_public_edition(
    paper, source, rewrite
):
    rewrite("Only for us.", **SECRET)

    public = to_json(document_of(paper, Audience.PUBLIC))
    assert "Only for us." not in public
    assert source.text not in public


def test_a_locked_paper_and_a_wrong_person_write_nothing(paper, section, source, rewrite, acc):
    stranger = make_person(force=make_force("gmp", name="GMP"), role=Role.ACC_SECURITY)
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")
    for person in (stranger, lead):
        with pytest.raises(PolicyDenied):
            rewrite(by=person)
    send_paper(paper=paper, by=acc)

    with pytest.raises(PolicyDenied):
        rewrite()
    with pytest.raises(PolicyDenied):
        put_paragraph_back(section=section, source=source.identity, by=acc)


FORM = {"telling": "rewrite", "publication": "public", "withheld_under": "", "marking": "OFFICIAL"}


def form(source, **values):
    return FORM | {"text": "As told.", "shown": mark_of(source.text), "version": ""} | values


@pytest.fixture
def client(paper, acc, sign_in):
    return sign_in(acc)


def test_the_page_begins_with_the_assessments_words(client, source):
    text = client.get(url("override", "terrorism", source.identity)).content.decode()

    assert "What the assessment says" in text
    assert f">\n{source.text}</textarea>" in text


def test_the_section_shows_what_is_rewritten_beside_its_source(client, source):
    to = client.post(url("override", "terrorism", source.identity), form(source))

    text = client.get(to.url).content.decode()
    assert "Rewritten" in text
    assert '<span class="govuk-visually-hidden">removed: </span>What the board reads' in text
    assert "Put it back" in text


def test_the_page_asks_for_the_tick_before_it_publishes_what_is_withheld(client, source):
    change_source(source, **SECRET)
    address = url("override", "terrorism", source.identity)

    refused = client.post(address, form(source)).content.decode()
    taken = client.post(address, form(source, clears_withheld="on"))

    assert "Say that what you wrote may be public all the same" in refused
    assert taken.status_code == 302


def test_a_change_of_the_source_while_somebody_writes_loses_no_word(client, source):
    sent = form(source, text="Hours of work.")
    change_source(source, text="Something new.")
    address = url("override", "terrorism", source.identity)

    text = client.post(address, sent).content.decode()

    assert "Hours of work." in text
    assert "The assessment was changed while you were writing." in text
    assert "Something new." in text
    assert not ParagraphOverride.objects.exists()
    source.refresh_from_db()
    assert client.post(address, form(source, text="Hours of work.")).status_code == 302


def test_a_stale_rewriting_shows_both_texts(client, source, rewrite):
    rewrite("Theirs.")

    response = client.post(
        url("override", "terrorism", source.identity), form(source, text="Mine and long.")
    )

    text = response.content.decode()
    assert response.status_code == 409
    assert "Theirs." in text
    assert "Mine and long." in text
    version = ParagraphOverride.objects.get().version
    assert f'value="{version}"' in text


def test_nothing_is_saved_by_a_preview(client, source):
    text = client.post(
        url("override", "terrorism", source.identity), form(source, text="Tried.", preview="full")
    ).content.decode()

    assert text.count("Tried.") >= 2
    assert not ParagraphOverride.objects.exists()


def test_a_markings_words_are_checked(client, source):
    text = client.post(
        url("override", "terrorism", source.identity),
        form(source, marking="OFFICIAL-SENSITIVE", handling="for us"),
    ).content.decode()

    assert "What is OFFICIAL-SENSITIVE cannot be cleared for publication" in text


def test_words_over_a_paragraph_that_is_gone_can_be_read_and_removed(client, paper, rewrite):
    row = rewrite("Kept for reading.")
    ParagraphOverride.objects.filter(pk=row.pk).update(source="gone")

    text = client.get(url("section", "terrorism")).content.decode()
    assert "Kept for reading." in text
    client.post(url("put_back", "terrorism", "gone"))

    assert not ParagraphOverride.objects.exists()
    assert BoardPaper.objects.get(pk=paper.pk).overrides.count() == 0
