"""Templates of papers: data with versions, and what a paper takes from one."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.document import Audience, RecommendationList, plain, to_json
from reports.domain.compose import compose_paper, words_of
from reports.domain.documents import document_of
from reports.domain.template_sections import add_optional_sections, optional_sections_left
from reports.domain.wording import add_paragraph, add_section, change_paper, move_section
from reports.loading import load_paper_template, shipped_templates
from reports.models import PaperTemplate, Recommendation
from reports.selectors import latest_templates
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.strict_yaml import DataFileError
from tests.factories import approve_at_once, make_cycle, make_paper, make_person

pytestmark = pytest.mark.django_db

SHORT = """\
code: short
version: 1
title: A short one
paper: {title: On the SPR, item_type: decision, meeting_part: private, foi_class: closed}
numbering: section
sections:
  - {key: purpose, kind: wording, heading: Purpose, paragraphs: [{key: one, text: "One."}]}
  - {key: threats, kind: threats}
  - {key: risk, kind: wording, heading: "Risk of {force_short}", optional: true}
  - key: plans
    kind: wording
    heading: Plans
    heading_numbered: false
    marking: OFFICIAL-SENSITIVE
    handling: for the Executive Team only
    withheld_under: section 31
  - {key: end, kind: recommendations, heading: Recommendations}
  - {key: glossary, kind: annex, heading: Glossary, optional: true}
recommendations: [{key: note, addressee: The board, text: to note this.}]
"""


@pytest.fixture
def acc(db):
    return make_person(role=Role.ACC_SECURITY)


@pytest.fixture
def cycle(acc):
    cycle = make_cycle(by=acc)
    for assessment in cycle.assessments.select_related("threat", "cycle__force"):
        approve_at_once(assessment)
    return cycle


@pytest.fixture
def load(tmp_path):
    def loaded(text: str) -> PaperTemplate:
        path = tmp_path / "template.yaml"
        path.write_text(text, encoding="utf-8")
        return load_paper_template(path)

    return loaded


def shipped(code: str, version: int) -> PaperTemplate:
    for path in shipped_templates():
        load_paper_template(path)
    return PaperTemplate.objects.get(code=code, version=version)


def headings(paper) -> list[tuple[str, str]]:
    return [(part.number, part.heading) for part in document_of(paper, Audience.FULL).sections]


def test_a_new_version_changes_nothing_in_a_paper_of_the_one_before(cycle, acc, load):
    path = next(p for p in shipped_templates() if p.name == "spr-board-paper.yaml")
    paper = compose_paper(cycle=cycle, template=load_paper_template(path), by=acc)
    before = to_json(document_of(paper, Audience.FULL))

    changed = path.read_text(encoding="utf-8").replace("version: 1", "version: 9")
    newest = load(changed.replace("Purpose of report", "Why this report is written"))

    paper.refresh_from_db()
    assert newest in latest_templates()
    assert (paper.template.version, paper.template.content["version"]) == (1, 1)
    assert to_json(document_of(paper, Audience.FULL)) == before
    assert "Why this report" not in before


def test_a_loaded_version_never_changes(load):
    load(SHORT)

    with pytest.raises(DataFileError, match="a version never changes"):
        load(SHORT.replace("One.", "Other."))


def test_the_shipped_templates_load_and_the_newest_versions_are_offered():
    call_command("load_paper_templates", verbosity=0)

    assert [(row.code, row.version) for row in latest_templates()] == [
        ("spr-board-paper", 2),
        ("front-inline-end", 1),
    ]


def test_version_2_of_the_2017_layout_says_what_version_1_says(cycle, acc):
    """And offers more: what a paper has besides is chosen."""
    first, second = (shipped("spr-board-paper", version).content for version in (1, 2))
    chosen = [row for row in second["sections"] if not row.get("optional", False)]

    assert chosen == first["sections"]
    assert second["recommendations"] == first["recommendations"]


def test_a_paper_has_the_header_and_numbering_of_its_template(cycle, acc, load):
    paper = compose_paper(cycle=cycle, template=load(SHORT), by=acc)

    assert (paper.numbering, paper.item_type, paper.meeting_part, paper.foi_class) == (
        "section",
        "decision",
        "private",
        "closed",
    )
    assert document_of(paper, Audience.FULL).header == (
        ("Item", "For decision"),
        ("Part of the meeting", "Private"),
        ("FOI classification", "Closed"),
    )


def test_an_optional_section_is_there_when_it_was_chosen(cycle, acc, load):
    paper = compose_paper(cycle=cycle, template=load(SHORT), by=acc, optional={"glossary"})

    assert [heading for heading in headings(paper) if heading[0] in ("1", "", "Annex A")] == [
        ("1", "Purpose"),
        ("", "Plans"),
        ("Annex A", "Glossary"),
    ]


def test_an_optional_section_added_later_stands_where_the_template_has_it(cycle, acc, load):
    paper = compose_paper(cycle=cycle, template=load(SHORT), by=acc)
    words = words_of(cycle)
    plans = paper.sections.get(identity="plans")
    move_section(section=plans, up=False, by=acc)  # behind the recommendations

    add_optional_sections(paper=paper, keys=["glossary", "risk"], words=words, by=acc)

    threats = cycle.assessments.count()
    assert [row.identity for row in paper.sections.order_by("order")][threats + 1 :] == [
        "risk",
        "end",
        "plans",
        "glossary",
    ]
    assert paper.sections.get(identity="risk").heading == f"Risk of {cycle.force.short_name}"
    assert optional_sections_left(paper, words) == []
    event = AuditEvent.objects.order_by("-pk").first()
    assert event.details["sections"] == ["risk", "glossary"]


def test_only_its_writers_add_an_optional_section(cycle, acc, load):
    paper = compose_paper(cycle=cycle, template=load(SHORT), by=acc)
    executive = make_person(force=cycle.force, role=Role.EXECUTIVE)

    with pytest.raises(PolicyDenied):
        add_optional_sections(paper=paper, keys=["risk"], words=words_of(cycle), by=executive)

    assert not paper.sections.filter(identity="risk").exists()


def test_a_section_can_be_withheld_from_the_start(cycle, acc, load):
    paper = compose_paper(cycle=cycle, template=load(SHORT), by=acc)

    names = [part.identity for part in document_of(paper, Audience.FULL).sections]
    place = names.index("section-plans")
    full, public = (
        document_of(paper, audience).sections[place]
        for audience in (Audience.FULL, Audience.PUBLIC)
    )
    assert full.marking == "OFFICIAL-SENSITIVE: for the Executive Team only"
    assert public.is_withheld
    assert "Plans" not in public.heading


def test_the_second_layout_prints_each_recommendation_in_its_three_places(cycle, acc):
    optional = {"risk", "equality", "papers", "changes", "evidence", "abbreviations"}
    template = shipped("front-inline-end", 1)
    paper = compose_paper(cycle=cycle, template=template, by=acc, optional=optional)
    Recommendation.objects.create(
        force=cycle.force, year=cycle.year, identity="cyber", order=9, is_public=True,
        addressee="The Chief Constable", text="to plan.", threat_codes=["cyber"],
    )  # fmt: skip

    document = document_of(paper, Audience.FULL)

    printed = {
        part.number: [item.number for b in part.blocks for item in b.items]
        for part in document.sections
        if any(isinstance(b, RecommendationList) for b in part.blocks)
        for part in [_only_lists(part)]
    }
    assert [*printed.values()] == [[1, 2, 3], [3], [1, 2, 3]]
    numbers = [part.number for part in document.sections]
    assert numbers[: len(numbers) - 3] == [str(n) for n in range(1, len(numbers) - 2)]
    assert numbers[-3:] == ["Annex A", "Annex B", "Annex C"]
    financial = next(p for p in document.sections if p.identity == "section-financial")
    assert financial.blocks[0].number == f"{financial.number}.1"
    assert "see recommendation 2." in plain(financial.blocks[0].inlines)
    none = [p for p in document.paragraphs() if "No recommendation is made" in plain(p.inlines)]
    assert len(none) == cycle.assessments.count() - 1


def _only_lists(part):
    blocks = tuple(block for block in part.blocks if isinstance(block, RecommendationList))
    return type(part)(**{**vars(part), "blocks": blocks})


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        ("One.", "See [[section:gone]].", r"\[\[section:gone\]\] leads nowhere"),
        ("One.", "See [[section:risk]].", "which a paper may do without"),
        ("One.", "See [[annex:glossary]].", "which a paper may do without"),
        ("One.", "See [[paragraph:purpose/two]].", "leads nowhere"),
        ("One.", "See {nobody}.", "stands for nothing"),
        ("key: end", "key: purpose", "the key purpose is given twice"),
        (
            '{key: one, text: "One."}',
            '{key: one, text: "One."}, {key: one, text: Two.}',
            "the key one is given twice",
        ),
        ("kind: threats}", "kind: threats, words_when_none: None.}", "only printed with"),
        ("    withheld_under: section 31\n", "", "needs withheld_under"),
        (
            "  - {key: threats, kind: threats}\n",
            "  - {key: threats, kind: threats}\n  - {key: again, kind: threats}\n",
            "in one place only",
        ),
        ("numbering: section", "numbering: roman", "numbering"),
    ],
)
def test_a_template_that_could_not_be_printed_is_refused(load, was, becomes, reason):
    assert was in SHORT

    with pytest.raises(DataFileError, match=reason):
        load(SHORT.replace(was, becomes, 1))


def test_an_operator_loads_templates_by_path_and_is_told_what_is_wrong(tmp_path, capsys):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(SHORT, encoding="utf-8")
    bad.write_text("code: x", encoding="utf-8")

    call_command("load_paper_templates", str(good))
    with pytest.raises(CommandError, match=r"bad\.yaml"):
        call_command("load_paper_templates", str(bad))

    assert "A short one, version 1" in capsys.readouterr().out


def test_a_section_of_no_threat_can_be_moved_between_threats(acc):
    paper = make_paper(by=acc)
    conclusion = paper.sections.get(identity="conclusion")

    for _ in range(3):
        move_section(section=conclusion, up=True, by=acc)

    kinds = [row.kind for row in paper.sections.order_by("order")]
    place = [row.identity for row in paper.sections.order_by("order")].index("conclusion")
    assert (kinds[place - 1], kinds[place + 1]) == ("threat", "threat")


def test_templates_are_described():
    text = (Path(__file__).parents[2] / "docs" / "paper-templates.md").read_text("utf-8")
    for word in ("numbering", "heading_numbered", "optional", "words_when_none", "withheld_under"):
        assert f"`{word}`" in text


def test_a_section_added_to_a_paper_by_section_is_numbered_and_leaves_the_front(cycle, acc):
    template = shipped("front-inline-end", 1)
    paper = compose_paper(cycle=cycle, template=template, by=acc, optional={"abbreviations"})

    added = add_section(paper=paper, heading="Wellbeing", has_numbers=True, by=acc)
    add_paragraph(section=added, values={"text": "Words.", "is_public": True}, by=acc)

    sections = document_of(paper, Audience.FULL).sections
    identities = [section.identity for section in sections]
    assert identities[1] == "section-recommendations"
    assert identities[-3:] == [
        f"section-{added.identity}",
        "section-recommendations-again",
        "section-abbreviations",
    ]
    assert sections[-3].blocks[0].number == f"{sections[-3].number}.1"


def test_a_paper_changes_from_one_numbering_to_the_other_and_back(cycle, acc):
    paper = compose_paper(cycle=cycle, template=shipped("spr-board-paper", 2), by=acc)
    before = headings(paper), to_json(document_of(paper, Audience.FULL))

    change_paper(paper=paper, values={"numbering": "section"}, started_from=1, by=acc)
    paper.refresh_from_db()
    by_section = headings(paper)
    change_paper(paper=paper, values={"numbering": "run"}, started_from=2, by=acc)
    paper.refresh_from_db()

    assert [number for number, _ in by_section[:4]] == ["1", "2", "3", "3.3"]
    assert (headings(paper), to_json(document_of(paper, Audience.FULL))) == before
