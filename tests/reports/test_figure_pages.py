"""Putting figures into a paper: added, changed, cleared, moved and removed by a person."""

import pytest
from django.urls import reverse

from assessments.enums import ItemKind
from assessments.models import Assessment, CapacityFigure
from reports.domain.compose import compose_paper
from reports.domain.papers import send_paper
from reports.models import PaperParagraph, PaperTemplate
from spr_portal.audit.models import AuditEvent
from tests.factories import make_cycle, make_paper, shipped_template

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
CLEARED = {"publication": "public", "withheld_under": ""}
WITHHELD = {"publication": "restricted", "withheld_under": "section 31"}
RATINGS = {"figure_source": "ratings", "section": "conclusion", "text": ""}


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


@pytest.fixture
def paper(acc):
    return make_paper(by=acc)


@pytest.fixture
def client(paper, acc, sign_in):
    return sign_in(acc)


def the_figure() -> PaperParagraph:
    return PaperParagraph.objects.exclude(figure_source="").get()


def preview(client, audience) -> str:
    return client.get(url("preview", audience)).content.decode()


def test_a_figure_is_added_with_its_lead_and_stands_in_the_paper(client):
    response = client.post(
        url("add_figure"),
        RATINGS | CLEARED | {"text": "The grid of [[as-at-date]]."},
        follow=True,
    )

    text = response.content.decode()
    assert "The figure is added at the end of its section." in text
    assert "Figure 1: Ratings by threat, 2016/17" in text
    assert "All of it stands in the public edition." in text
    full = preview(client, "full")
    assert "The grid of 31 August 2016." in full
    assert '<th scope="col">Capacity</th>' in full
    assert 'role="img"' in full


def test_nothing_is_chosen_beforehand_of_who_may_see_it(client):
    page = client.get(url("add_figure"))
    response = client.post(url("add_figure"), RATINGS)

    assert not page.context["form"]["publication"].value()
    assert not page.context["form"]["figure_source"].value()
    assert response.context["form"].errors == {"publication": ["Select who may read this"]}
    assert not PaperParagraph.objects.exclude(figure_source="").exists()


def test_a_withheld_figure_says_so_in_the_public_edition_and_nothing_more(client):
    client.post(url("add_figure"), RATINGS | WITHHELD)

    public = preview(client, "public")
    assert "Figure 1 is withheld under section 31 (law enforcement)" in public
    assert "Ratings by threat" not in public
    assert "Ratings by threat" in preview(client, "full")
    assert "Withheld under Section 31" in client.get(url("figures")).content.decode()


def test_a_figure_is_cleared_by_changing_it_and_each_change_is_one_event(client):
    client.post(url("add_figure"), RATINGS | WITHHELD)
    figure = the_figure()
    before = AuditEvent.objects.count()

    client.post(
        url("figure", "conclusion", figure.identity),
        {"figure_source": "ratings", "text": "", "version": figure.version} | CLEARED,
    )

    assert the_figure().is_public
    assert AuditEvent.objects.count() == before + 1
    assert "Ratings by threat" in preview(client, "public")


def test_a_stale_change_shows_both_and_is_not_saved(client):
    client.post(url("add_figure"), RATINGS | WITHHELD)
    address = url("figure", "conclusion", the_figure().identity)
    client.post(address, {"figure_source": "capacity", "text": "", "version": 1} | CLEARED)

    stale = client.post(
        address, {"figure_source": "evidence", "text": "Mine.", "version": 1} | CLEARED
    )

    assert stale.status_code == 409
    assert "Capacity against requirement" in stale.content.decode()
    assert "Mine." in stale.content.decode()
    assert the_figure().figure_source == "capacity"


def test_a_figure_is_moved_and_removed_like_a_paragraph(client, paper):
    section = paper.sections.get(identity="conclusion")
    client.post(url("add_figure"), RATINGS | CLEARED)
    identity = the_figure().identity

    client.post(url("move_paragraph", "conclusion", identity), {"move": "up"})
    order = list(section.paragraphs.values_list("identity", flat=True))
    page = client.get(url("remove_paragraph", "conclusion", identity)).content.decode()
    client.post(url("remove_paragraph", "conclusion", identity), {"version": the_figure().version})

    assert order.index(identity) == len(order) - 2
    assert "The ratings: threats by C" in page
    assert not PaperParagraph.objects.exclude(figure_source="").exists()


def test_the_page_of_a_paragraph_leads_on_to_its_figure(client):
    client.post(url("add_figure"), RATINGS | CLEARED)
    identity = the_figure().identity

    response = client.get(url("paragraph", "conclusion", identity))

    assert response["Location"] == url("figure", "conclusion", identity)


def test_a_section_of_a_threat_takes_no_figure(client):
    response = client.post(url("add_figure"), RATINGS | CLEARED | {"section": "terrorism"})

    assert "section" in response.context["form"].errors


def test_a_paragraph_without_a_figure_is_no_figure(client, paper):
    paragraph = paper.sections.get(identity="conclusion").paragraphs.first()

    assert client.get(url("figure", "conclusion", paragraph.identity)).status_code == 404


def test_a_paper_that_is_sent_keeps_its_figures(client, paper, acc):
    client.post(url("add_figure"), RATINGS | CLEARED)
    figure = the_figure()
    send_paper(paper=paper, by=acc)

    page = client.get(url("figures")).content.decode()
    refused = client.post(
        url("figure", "conclusion", figure.identity),
        {"figure_source": "capacity", "text": "My words.", "version": 1} | CLEARED,
    )

    assert "Add a figure" not in page
    assert refused.status_code == 403
    assert "My words." in refused.content.decode()
    assert the_figure().figure_source == "ratings"


def test_real_figures_stand_in_the_paper_once_their_assessment_is_approved(client, paper):
    assessment = Assessment.objects.get(cycle=paper.cycle, threat__code="terrorism")
    for place, (unit, is_public) in enumerate((("Open unit", True), ("Bravo unit", False))):
        CapacityFigure.objects.create(
            assessment=assessment, unit=unit, level="regional", order=place, required=19,
            held=41_417 if not is_public else 12, is_public=is_public,
            withheld_under="" if is_public else "section 31",
        )  # fmt: skip
    client.post(
        url("add_figure"),
        {"figure_source": "capacity", "section": "conclusion", "text": ""} | CLEARED,
    )

    full, public = preview(client, "full"), preview(client, "public")
    assert "Bravo unit" in full
    assert "41,417" in full
    assert "Open unit (Terrorism, regional)" in public
    assert "7 now" in public
    assert "Bravo" not in public
    assert "41,417" not in public
    assert "1 row is withheld under section 31 (law enforcement)" in public
    Assessment.objects.filter(pk=assessment.pk).update(status="submitted")
    assert "Open unit" not in preview(client, "full")


def test_a_draft_that_no_lead_has_accepted_stands_in_no_figure(client, paper):
    assessment = Assessment.objects.get(cycle=paper.cycle, threat__code="terrorism")
    for kind, values in (
        (ItemKind.FIGURE, {"unit": "BRAVO", "level": "local", "withheld_under": "section 31"}),
        (ItemKind.EVIDENCE, {"title": "BRAVO", "kind": "exercise"}),
    ):
        rows = getattr(assessment, kind.value)
        rows.create(order=1, is_draft=True, **values)
    for source in ("capacity", "evidence"):
        client.post(
            url("add_figure"),
            {"figure_source": source, "section": "conclusion", "text": ""} | CLEARED,
        )

    assert "BRAVO" not in preview(client, "full")


def test_a_figure_that_a_template_puts_in_an_annex_is_withheld_until_it_is_cleared(acc, sign_in):
    shipped_template()
    paper = compose_paper(
        cycle=make_cycle(by=acc),
        template=PaperTemplate.objects.filter(code__contains="inline").latest("version"),
        optional=["changes", "evidence"],
        by=acc,
    )
    client = sign_in(acc)
    figures = PaperParagraph.objects.exclude(figure_source="")
    withheld = set(figures.filter(is_public=False).values_list("figure_source", flat=True))
    [changes] = figures.filter(figure_source="changes")
    address = url("figure", changes.section.identity, changes.identity)

    page = client.get(url("section", changes.section.identity)).content.decode()
    client.post(address, {"figure_source": "changes", "text": "Seen.", "version": 1} | CLEARED)

    assert withheld == {"ratings", "changes"}
    assert "Change<span" in page
    changes.refresh_from_db()
    assert changes.is_public
    assert paper.sections.get(pk=changes.section_id).kind == "annex"
