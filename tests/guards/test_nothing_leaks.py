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
from assessments.domain.moderation import agree_rating, propose_rating
from assessments.domain.responses import save_response
from assessments.enums import ItemKind
from assessments.exceptions import StaleEdit
from reports.document import Audience
from reports.domain.agenda import add_agenda_item
from reports.domain.board_actions import report_progress
from reports.domain.compose import compose_paper
from reports.domain.documents import document_hash, final_documents
from reports.domain.meetings import write_notes
from reports.domain.packs import make_pack
from reports.domain.papers import (
    agree_paper,
    issue_paper,
    send_paper,
    send_paper_back,
    withdraw_paper,
)
from reports.domain.recommendations import add_recommendation
from reports.domain.rendering import render_apart
from reports.domain.wording import add_paragraph, change_paper, remove_paragraph
from reports.enums import RecommendationStatus, RenditionStatus
from reports.models import Recommendation
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

pytestmark = pytest.mark.django_db
RESTRICTED = {"is_public": False, "withheld_under": "section 31"}
# Words that the force's own people read on their pages, each by where it stands.
SECRETS = {
    name: f"canary{number}x"
    for number, name in enumerate(
        [
            "narrative", "restricted summary", "public figure", "restricted figure",
            "vulnerability", "mitigation", "evidence", "where evidence is kept",
            "handling of evidence", "file of evidence", "name of a file", "comment",
            "reason of return", "words set aside", "item set aside", "restricted paragraph",
            "restricted recommendation", "restricted outcome", "reason of sending back",
            "reason of taking back", "marking", "full file", "finding",
            "title of a meeting", "agenda", "words of the agenda", "notes of a meeting",
            "action of the board", "report on an action", "pack of a meeting",
            "reply", "reason of a proposal",
        ]
    )
}  # fmt: skip
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
    with tempfile.NamedTemporaryFile() as upload:
        upload.write(SECRETS["file of evidence"].encode())
        upload.flush()
        name = SECRETS["name of a file"] + ".txt"
        add_file(evidence=cited.evidence, upload=Path(upload.name), name=name, by=by)


def items() -> dict:
    figure = {"level": "local", "held": 3}
    return {
        ItemKind.SUMMARY: [{"text": SECRETS["restricted summary"], **RESTRICTED}],
        ItemKind.FIGURE: [
            {"unit": SECRETS["public figure"], "is_public": True, **figure},
            {"unit": SECRETS["restricted figure"], **figure, **RESTRICTED},
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
            item_of(SECRETS["vulnerability"]) | {"mitigation": SECRETS["mitigation"]}
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
    paper = compose_paper(cycle=cycle, template=shipped_template(), by=acc)
    section = paper.sections.get(identity="introduction")
    for text in (SECRETS["restricted paragraph"], REMOVED):
        row = add_paragraph(section=section, values={"text": text, **RESTRICTED}, by=acc)
    remove_paragraph(section=section, identity=row.identity, by=acc)
    add_recommendation(
        paper=paper,
        values={"addressee": "A", "text": SECRETS["restricted recommendation"], **RESTRICTED},
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
        cited = assessment.evidence.get()
        meeting = cycle.force.meetings.get()
        board = [meeting.identity, meeting.actions.get().identity]
        values = {
            "year": [DRAFT],
            "address": [DRAFT],
            "threat_code": ["terrorism"],
            "part_code": ["capacity"],
            "kind": list(ItemKind.values),
            "identity": [item, cited.identity, cited.evidence.identity, *board],
            "item": [meeting.items.get().identity],
            "number": [1],
            "audience": ["public", "full"],
            "file_format": ["html", "pdf", "docx"],
            "section": ["introduction", "terrorism"],
            "paragraph": list(
                cycle.papers.get()
                .sections.get(identity="introduction")
                .paragraphs.values_list("identity", flat=True)
            ),
            "pk": [people[Role.FORCE_LEAD].pk],
            "appointment_pk": [people[Role.FORCE_LEAD].appointments.get().pk],
            "person_pk": [people[Role.FORCE_LEAD].pk],
            "question_code": ["capacity-local"],
            "file_identity": [cited.evidence.files.get().identity],
            "name": ["capacity", "vulnerabilities", "findings"],
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
    if content[:2] == b"PK" and "officedocument" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return b"".join(name.encode() + parts.read(name) for name in parts.namelist())
    return content


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

    assert found_in(outside, REMOVED) == []
    assert outside.count(b"%PDF") == 1
    assert b"What the board reads on Terrorism." in outside
