"""Whatever is restricted stays inside the force: looked for in all that others can reach.

Each restricted place holds a word that stands nowhere else. Staff of the body's
office open every address and take every file apart; none of the words is there.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import tempfile
import zipfile
from pathlib import Path

import pikepdf
import pypdf
import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from assessments.domain.assessments import (
    approve_assessment,
    return_assessment,
    submit_assessment,
)
from assessments.domain.citing import add_and_cite
from assessments.domain.comments import add_comment, reply, resolve_thread
from assessments.domain.content import content_of, hash_of
from assessments.domain.evidence_files import add_file
from assessments.domain.items import add_item, change_item
from assessments.domain.marking import mark_assessment
from assessments.domain.moderation import agree_rating, propose_rating
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from reports.document import Audience
from reports.domain.agenda import add_agenda_item
from reports.domain.board_actions import report_progress
from reports.domain.bundles import bundle_of
from reports.domain.compose import compose_paper
from reports.domain.corrections import begin_correction
from reports.domain.documents import document_hash, final_documents
from reports.domain.manifest import public_manifest_of
from reports.domain.meetings import write_notes
from reports.domain.overrides import mark_of, override_paragraph
from reports.domain.packs import make_pack
from reports.domain.paper_comments import add_paper_comment, reply_to_paper_comment
from reports.domain.papers import (
    agree_paper,
    issue_paper,
    send_paper,
    send_paper_back,
    withdraw_paper,
)
from reports.domain.recommendations import add_recommendation
from reports.domain.rendering import render_apart
from reports.domain.wording import add_paragraph, add_section, change_paper, remove_paragraph
from reports.enums import FigureSource, PaperKind, RecommendationStatus, RenditionStatus
from reports.models import CheckWaiver, Recommendation
from spr_portal.identity.enums import Role
from tests.factories import (
    approve_at_once,
    fill_in,
    make_action,
    make_cycle,
    make_force,
    make_meeting,
    make_person,
    shipped_template,
)
from tests.guards.addresses import ADDRESSES
from tests.guards.scene import BACKEND, DRAFT
from tests.leaks.unpacking import leaks

pytestmark = pytest.mark.django_db
RESTRICTED = {"is_public": False, "withheld_under": "section 31"}
# Words that the force's own people read on their pages, each by where it stands.
SECRETS = {
    name: f"canary{number}x"
    for number, name in enumerate(
        [
            "narrative", "restricted summary", "restricted figure", "source of a figure",
            "vulnerability", "mitigation", "evidence", "where evidence is kept",
            "handling of evidence", "file of evidence", "name of a file", "comment",
            "reason of return", "words set aside", "item set aside", "restricted paragraph",
            "restricted recommendation", "restricted outcome", "reason of sending back",
            "reason of taking back", "marking", "full file", "finding",
            "title of a meeting", "agenda", "words of the agenda", "notes of a meeting",
            "action of the board", "report on an action", "pack of a meeting",
            "reply", "reason of a proposal", "heading", "paragraph under a heading",
            "marked paragraph", "handling of a paragraph", "told otherwise", "override",
            "reason of an override", "left out", "handling of a vulnerability",
            "handling of an assessment", "proposal", "comment on a paper", "answer to a comment",
            "reason of a waiver", "restricted bullet", "heading of a recommendation",
            "paragraph of a correction", "reason of a correction", "evidence of an outcome",
        ]
    )
}  # fmt: skip
# Numbers that nothing else has, as they are printed.
NUMBERS = {"number of a figure": "986,543"}
# What the public edition prints beside them: they have to be found.
OPEN = {"public figure": "openfigure1x", "public evidence": "openevidence2x"}
MARKED = {"marking": "OFFICIAL-SENSITIVE"}
TABLES = ("csv", "xlsx")
REMOVED = "canaryremoved"  # from the paper, and kept in the audit alone


@pytest.fixture
def people():
    force = make_force("wmp", name="West Midlands Police", short_name="WMP")
    return {role: make_person(force=force, role=role) for role in Role}


@pytest.fixture
def year(people):
    """A force's year, its paper issued, with a secret in every place that has one."""
    cycle = make_cycle(by=people[Role.ACC_SECURITY], year=DRAFT)
    for assessment in cycle.assessments.select_related("threat", "cycle__force"):
        if assessment.threat.code != "terrorism":
            approve_at_once(assessment)
    write_assessment(cycle.assessments.get(threat__code="terrorism"), people)
    write_paper(cycle, people)
    hold_a_meeting(people)
    return cycle


def write_assessment(assessment, people) -> None:
    lead, acc = people[Role.FORCE_LEAD], people[Role.ACC_SECURITY]
    fill_in(assessment, by=lead)
    response = assessment.responses.get(question__code="capacity-local")
    for text, started_from in ((SECRETS["narrative"], 1), (SECRETS["words set aside"], 1)):
        try:
            save_response(
                response=response, text=text, rating=None, started_from=started_from, by=lead
            )
        except StaleEdit:
            assert text == SECRETS["words set aside"]
    cite_evidence_with_a_file(assessment, by=lead)
    for kind, values in items().items():
        for one in values:
            item = add_item(assessment=assessment, kind=kind, values=one, by=lead)
    with pytest.raises(StaleEdit):
        change_item(
            assessment=assessment,
            kind=kind,
            identity=item.identity,
            values=item_of(SECRETS["item set aside"]),
            started_from=0,
            by=lead,
        )
    submit_assessment(assessment=assessment, by=lead)
    talk_about(assessment, lead=lead, acc=acc)
    return_assessment(assessment=assessment, reason=SECRETS["reason of return"], by=acc)
    submit_assessment(assessment=assessment, by=lead)
    mark_assessment(
        assessment=assessment, handling=SECRETS["handling of an assessment"], by=lead, **MARKED
    )
    shown = hash_of(content_of(assessment))
    approve_assessment(assessment=assessment, content_hash=shown, by=acc)


def talk_about(assessment, *, lead, acc) -> None:
    thread = add_comment(
        assessment=assessment, place="capacity-local", text=SECRETS["comment"], by=acc
    )
    reply(thread=thread, text=SECRETS["reply"], by=lead)
    resolve_thread(thread=thread, by=acc)
    rating = assessment.responses.get(question__code="capacity-rating")
    proposal = propose_rating(
        response=rating,
        rating=assessment.cycle.rating_scale.points.order_by("order")[1],
        reason=SECRETS["reason of a proposal"],
        by=acc,
    )
    agree_rating(proposal=proposal, started_from=rating.version, by=lead)


def cite_evidence_with_a_file(assessment, *, by) -> None:
    values = {
        "kind": "stra",
        "title": SECRETS["evidence"],
        "kept_at": SECRETS["where evidence is kept"],
        "handling": SECRETS["handling of evidence"],
    }
    cited = add_and_cite(assessment=assessment, values=values, backs=["capacity-local"], by=by)
    add_and_cite(
        assessment=assessment,
        values={"kind": "stra", "title": OPEN["public evidence"]},
        backs=[],
        clearance={"is_public": True, "withheld_under": ""},
        by=by,
    )
    with tempfile.NamedTemporaryFile() as upload:
        upload.write(SECRETS["file of evidence"].encode())
        upload.flush()
        name = SECRETS["name of a file"] + ".txt"
        add_file(evidence=cited.evidence, upload=Path(upload.name), name=name, by=by)


def items() -> dict:
    figure = {"level": "local", "held": 3}
    return {
        ItemKind.SUMMARY: [
            {"text": SECRETS["restricted summary"], **RESTRICTED},
            {"text": SECRETS["told otherwise"], "is_public": True},
            {"text": SECRETS["left out"], "is_public": True},
        ],
        ItemKind.RECOMMENDATION: [
            {"addressee": "A", "text": f"to {SECRETS['proposal']}.", **RESTRICTED}
        ],
        ItemKind.FIGURE: [
            {"unit": OPEN["public figure"], "is_public": True, **figure},
            {
                "unit": SECRETS["restricted figure"],
                "level": "local",
                "held": 986_543,
                "source": SECRETS["source of a figure"],
                **RESTRICTED,
            },
        ],
        ItemKind.FINDING: [
            {
                "body": "HMICFRS",
                "report": "Public order",
                "finding_kind": "recommendation",
                "text": SECRETS["finding"],
            }
        ],
        ItemKind.VULNERABILITY: [
            item_of(SECRETS["vulnerability"])
            | {"mitigation": SECRETS["mitigation"]}
            | {"handling": SECRETS["handling of a vulnerability"], **MARKED}
        ],
    }


def item_of(statement: str) -> dict:
    return {"statement": statement, "likelihood": "low", "impact": "low"}


def write_paper(cycle, people) -> None:
    acc, executive = people[Role.ACC_SECURITY], people[Role.EXECUTIVE]
    earlier = {"force": cycle.force, "year": "2015-16", "status": RecommendationStatus.COMPLETED}
    for order, (outcome, fields) in enumerate(
        [(SECRETS["restricted outcome"], RESTRICTED), ("Done in full.", {"is_public": True})]
    ):
        Recommendation.objects.create(
            **earlier, order=order, addressee="A", text="to act.", outcome=outcome, **fields
        )
    Recommendation.objects.filter(outcome="Done in full.").update(
        outcome_evidence=SECRETS["evidence of an outcome"]
    )
    paper = compose_paper(cycle=cycle, template=shipped_template(), by=acc)
    write_restricted_parts(paper, by=acc)
    say_about(paper, acc=acc, executive=executive)
    section = paper.sections.get(identity="introduction")
    for text in (SECRETS["restricted paragraph"], REMOVED):
        row = add_paragraph(section=section, values={"text": text, **RESTRICTED}, by=acc)
    remove_paragraph(section=section, identity=row.identity, by=acc)
    add_recommendation(
        paper=paper,
        values={
            "heading": SECRETS["heading of a recommendation"],
            "addressee": "A",
            "text": SECRETS["restricted recommendation"],
            **RESTRICTED,
        },
        by=acc,
    )
    change_paper(paper=paper, values={"marking": SECRETS["marking"]}, started_from=1, by=acc)
    send_paper(paper=paper, by=acc)
    send_paper_back(paper=paper, reason=SECRETS["reason of sending back"], by=executive)
    send_paper(paper=paper, by=acc)
    withdraw_paper(paper=paper, reason=SECRETS["reason of taking back"], by=acc)
    paper = send_paper(paper=paper, by=acc)
    full = final_documents(paper)[Audience.FULL]
    paper = agree_paper(paper=paper, document=document_hash(full), by=executive)
    make_files(paper)
    issue_paper(paper=paper, by=acc)
    correct(paper, by=acc)


def write_restricted_parts(paper, *, by) -> None:
    """Something withheld, marked, told otherwise and left out, and figures with rows of both."""
    section = paper.sections.get(identity="introduction")
    marked = {"text": SECRETS["marked paragraph"], "handling": SECRETS["handling of a paragraph"]}
    bullets = {"text": f"Some words.\n\n- {SECRETS['restricted bullet']}"}
    for values in (marked | MARKED, bullets):
        add_paragraph(section=section, values=values | RESTRICTED, by=by)
    for source in (FigureSource.CAPACITY, FigureSource.EVIDENCE):
        values = {"text": f"See the {source}.", "figure_source": source, "is_public": True}
        add_paragraph(section=section, values=values, by=by)
    withheld = add_section(
        paper=paper,
        heading=SECRETS["heading"],
        has_numbers=True,
        publication=RESTRICTED,
        by=by,
    )
    values = {"text": SECRETS["paragraph under a heading"], "is_public": True}
    add_paragraph(section=withheld, values=values, by=by)
    tell_otherwise(paper, by=by)


def tell_otherwise(paper, *, by) -> None:
    summary = paper.cycle.assessments.get(threat__code="terrorism").summary
    told = {
        SECRETS["told otherwise"]: {
            "text": SECRETS["override"],
            "reason": SECRETS["reason of an override"],
            **RESTRICTED,
        },
        SECRETS["left out"]: {"text": "", "is_left_out": True, "is_public": True},
    }
    for text, values in told.items():
        override_paragraph(
            section=paper.sections.get(threat_code="terrorism"),
            source=summary.get(text=text).identity,
            values=values,
            shown=mark_of(text),
            started_from=0,
            by=by,
        )


def say_about(paper, *, acc, executive) -> None:
    said = SECRETS["comment on a paper"]
    thread = add_paper_comment(paper=paper, block="section-introduction", text=said, by=executive)
    reply_to_paper_comment(
        thread=thread, text=SECRETS["answer to a comment"], by=acc, resolves=True
    )
    CheckWaiver.objects.create(
        paper=paper,
        check_code="dates",
        subject="header",
        finding="A date does not fit.",
        reason=SECRETS["reason of a waiver"],
        by=acc,
        by_name=acc.name,
        at=timezone.now(),
    )


def correct(paper, *, by) -> None:
    """A correction that is being written, and is nobody's outside yet."""
    paper = begin_correction(paper=paper, reason=SECRETS["reason of a correction"], by=by)
    section = paper.sections.get(identity="introduction")
    values = {"text": SECRETS["paragraph of a correction"], "is_public": True}
    add_paragraph(section=section, values=values, by=by)


def hold_a_meeting(people) -> None:
    acc, lead = people[Role.ACC_SECURITY], people[Role.FORCE_LEAD]
    meeting = make_meeting(by=acc, for_=[lead], title=SECRETS["title of a meeting"])
    words = {"heading": SECRETS["agenda"], "text": SECRETS["words of the agenda"]}
    add_agenda_item(meeting=meeting, values={"topic": "other", **words}, by=acc)
    write_notes(meeting=meeting, notes=SECRETS["notes of a meeting"], started_from=1, by=acc)
    text = SECRETS["action of the board"]
    action = make_action(meeting=meeting, owner=lead, by=acc, text=text)
    report_progress(action=action, text=SECRETS["report on an action"], by=lead)
    pack, _ = make_pack(meeting=meeting, by=acc)
    for row in pack.renditions.all():
        row.content = SECRETS["pack of a meeting"].encode()
        row.sha256, row.status = hashlib.sha256(row.content).hexdigest(), RenditionStatus.MADE
        row.save()


def make_files(paper) -> None:
    """The files of the public edition as the worker makes them; in the others' place a word."""
    for row in paper.renditions.all():
        row.content = SECRETS["full file"].encode()
        if row.audience == Audience.PUBLIC:
            row.content = render_apart(document=row.document, format=row.format)
        row.sha256, row.status = hashlib.sha256(row.content).hexdigest(), RenditionStatus.MADE
        row.save()


class Everything:
    """Addresses of the year, one for each name and more for files."""

    def __init__(self, cycle, people):
        assessment = cycle.assessments.get(threat__code="terrorism")
        item = assessment.vulnerabilities.get().identity
        cited = assessment.evidence.get(title=SECRETS["evidence"])
        paper = cycle.papers.get(kind=PaperKind.BOARD_PAPER)
        meeting = cycle.force.meetings.get()
        told = Recommendation.objects.get(outcome="Done in full.").identity
        board = [meeting.identity, meeting.actions.get().identity]
        values = {
            "year": [DRAFT],
            "address": [DRAFT],
            "threat_code": ["terrorism"],
            "part_code": ["capacity"],
            "kind": list(ItemKind.values),
            "identity": [item, cited.identity, cited.evidence.identity, told, *board],
            "item": [meeting.items.get().identity],
            "number": [1],
            "audience": ["public", "full"],
            "file_format": ["html", "pdf", "docx", "json"],
            "section": ["introduction", "terrorism"],
            "block": ["section-introduction"],
            "source": [assessment.summary.get(text=SECRETS["told otherwise"]).identity],
            "key": [paper.waivers.get().pk],
            "paragraph": list(
                paper.sections.get(identity="introduction").paragraphs.values_list(
                    "identity", flat=True
                )
            ),
            "pk": [people[Role.FORCE_LEAD].pk],
            "appointment_pk": [people[Role.FORCE_LEAD].appointments.get().pk],
            "person_pk": [people[Role.FORCE_LEAD].pk],
            "question_code": ["capacity-local"],
            "file_identity": [cited.evidence.files.get().identity],
            "name": ["capacity", "vulnerabilities", "findings"],
            "threat": ["terrorism"],
            "colour": ["1d70b8"],
        }
        paths = {path for name in ADDRESSES for path in self.paths_of(name, values)}
        taken = {path for path in paths if "/export/" in path or "/registers/" in path}
        taken.add("/evidence/")
        self.paths = sorted(paths | {f"{path}?format={kind}" for path in taken for kind in TABLES})

    def paths_of(self, name: str, values: dict):
        [(_, parameters)] = get_resolver_entry(name)
        for chosen in itertools.product(*(values[parameter] for parameter in parameters)):
            yield reverse(name, kwargs=dict(zip(parameters, chosen, strict=True)))


def get_resolver_entry(name: str) -> list[tuple[str, list[str]]]:
    namespace, _, short = name.rpartition(":")
    resolver = get_resolver()
    if namespace:
        resolver = resolver.namespace_dict[namespace][1]
    return [(form, parameters) for form, parameters in resolver.reverse_dict.getlist(short)[0][0]]


def everything_seen_by(client: Client, paths: list[str], *, sends: bool) -> bytes:
    """All that the person gets to read at these addresses, files taken apart."""
    seen = []
    for path in paths:
        for send in (client.get, client.post) if sends else (client.get,):
            response = send(path)
            assert response.status_code < 500
            seen.append(str(response.headers).encode())
            seen.append(apart(response))
    return b"\n".join(seen)


def apart(response) -> bytes:
    content = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if content[:4] == b"%PDF":
        return content + pdf_apart(content)
    is_archive = "officedocument" in kind or kind == "application/zip"
    return taken_apart(content) if is_archive else content


def taken_apart(content: bytes) -> bytes:
    """Every part of an archive, archives and PDFs within it too."""
    if content[:4] == b"%PDF":
        return content + pdf_apart(content)
    if content[:2] != b"PK":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"".join(name.encode() + taken_apart(parts.read(name)) for name in parts.namelist())


def pdf_apart(content: bytes) -> bytes:
    """The text of the pages and every stream and string in the file, unpacked."""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [part for part in pdf.objects if isinstance(part, pikepdf.Stream)]
        unpacked = [stream.read_bytes() for stream in streams if "/Length1" not in stream]
        others = [repr(part).encode() for part in pdf.objects]
    return b"\n".join([text.replace(" ", "").encode(), *unpacked, *others])


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def found_in(seen: bytes, *more: str) -> list[str]:
    return [name for name in (*SECRETS, *more) if SECRETS.get(name, name).encode() in seen]


def test_what_is_restricted_reaches_nobody_outside_the_force(year, people):
    paths = Everything(year, people).paths
    insiders = [people[Role.ACC_SECURITY], people[Role.FORCE_LEAD]]
    inside = b"".join(
        everything_seen_by(signed_in(person), paths, sends=False) for person in insiders
    )
    assert set(found_in(inside)) == set(SECRETS)

    outside = everything_seen_by(signed_in(people[Role.OPCC]), paths, sends=True)

    assert leaked(outside) == []
    assert outside.count(b"%PDF") >= 1
    assert b"What the board reads on Terrorism." in outside
    assert [name for name, word in OPEN.items() if word.encode() not in outside] == []
    assert leaks([*SECRETS.values(), REMOVED], *files_given_outside(year)) == []


def leaked(seen: bytes) -> list[str]:
    """What is there that must not be, whatever guise it has."""
    named = {**SECRETS, **NUMBERS, "removed": REMOVED}
    there = set(leaks(named.values(), seen))
    return [name for name, word in named.items() if word in there]


def files_given_outside(cycle) -> list[bytes]:
    """Every file of the public edition, its manifest and its bundle."""
    issued = cycle.papers.get().issued
    files = list(issued.files.filter(audience=Audience.PUBLIC))
    assert {file.format for file in files} == {"html", "pdf", "docx", "json"}
    bundle = bundle_of(issued, Audience.PUBLIC, files)
    manifest = public_manifest_of(issued.manifest).encode()
    return [*(bytes(file.content) for file in files), bundle.content, manifest]
