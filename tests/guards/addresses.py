"""Who may open each address of the portal, and who may send something to it.

Written down a second time on purpose: the pages ask their policies, and the
tests ask this table. An address that is missing here fails the tests.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.domain.content import content_of, hash_of
from assessments.enums import ItemKind, MailTiming, Notice
from reports.document import Audience
from reports.domain.documents import document_hash, final_documents
from reports.domain.overrides import mark_of
from reports.enums import RecommendationStatus
from reports.models import PastPaperPiece
from reports.selectors import latest_templates
from spr_portal.identity.enums import Role
from spr_portal.people.domain.forces import CHANGEABLE
from tests.evidence.uploads import a_picture
from tests.guards.scene import (
    AGREED,
    APPROVED,
    CORRECTING,
    DRAFT,
    DRAFTED,
    IN_PROGRESS,
    ISSUED,
    PAST,
    SENT,
    SUBMITTED,
    WITHOUT_PAPER,
    Scene,
    dates_of,
    findings_to_waive,
)
from tests.past_papers.papers import Layout, as_text

LEAD, CONTRIBUTOR, ACC, STAFF = (
    Role.FORCE_LEAD, Role.CONTRIBUTOR, Role.ACC_SECURITY, Role.STAFF_OFFICER
)  # fmt: skip
REVIEWERS = frozenset({ACC, STAFF})
WHOLE_FORCE = REVIEWERS | {Role.EXECUTIVE}
DRAFTERS = frozenset({LEAD, CONTRIBUTOR})
ONLY_LEAD = frozenset({LEAD})
NAMED = frozenset({"named for one answer"})  # on each threat the scene works on
READERS = WHOLE_FORCE | DRAFTERS | NAMED
EVERY_DRAFTER = DRAFTERS | NAMED | {"lead of another threat"}
REGISTER = WHOLE_FORCE | EVERY_DRAFTER
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
BOARD = WHOLE_FORCE | {Role.OPCC}
ARRANGERS = REVIEWERS | ONLY_LEAD | ADMINISTRATORS
MEETING_READERS = WHOLE_FORCE | {LEAD}
EVERY_ROLE_BUT_OFFICE = frozenset([*(set(Role) - {Role.OPCC}), "lead of another threat"])
NOBODY: frozenset[str] = frozenset()
EVERYBODY = frozenset(
    [
        *Role,
        "lead of another threat",
        "named for one answer",
        "nobody",
        "formerly everything",
        "everything in another force",
    ]
)


@dataclass(frozen=True)
class Address:
    """`get` and `post` name who may; `NOBODY` means that the method does not exist there.

    `at` gives the arguments of the address in the scene, `data` what a POST sends.
    """

    get: frozenset[str] = NOBODY
    post: frozenset[str] = NOBODY
    at: Callable[[Scene], list] = lambda scene: []
    data: Callable[[Scene], dict] = field(default=lambda scene: {})
    is_own: bool = False  # shows each person what is their own force's, whatever the arguments


def of(*arguments) -> Callable[[Scene], list]:
    return lambda scene: list(arguments)


def sent(**data) -> Callable[[Scene], dict]:
    return lambda scene: data


def _declared(scene: Scene) -> dict:
    return {"is_declared": "on", "content_hash": hash_of(content_of(scene.assessment(IN_PROGRESS)))}


def _item(scene: Scene) -> list:
    kind = ItemKind.VULNERABILITY
    return [DRAFT, IN_PROGRESS, kind.value, scene.item(kind).identity]


def _cited(scene: Scene) -> list:
    return [DRAFT, IN_PROGRESS, scene.item(ItemKind.EVIDENCE).identity]


def _evidence(scene: Scene) -> list:
    return [scene.item(ItemKind.EVIDENCE).evidence.identity]


def _file(scene: Scene) -> list:
    evidence = scene.item(ItemKind.EVIDENCE).evidence
    return [evidence.identity, evidence.files.get().identity]


def _upload(scene: Scene) -> dict:
    return {"file": SimpleUploadedFile("plan.txt", b"Other words.")}


def _logo(scene: Scene) -> dict:
    return {"file": SimpleUploadedFile("logo.png", a_picture("PNG")), "description": "Other words"}


def _citable(scene: Scene) -> list:
    return [DRAFT, IN_PROGRESS, scene.force.evidence.get(is_shared=True).identity]


def _history(scene: Scene) -> list:
    return ["vulnerabilities", scene.item(ItemKind.VULNERABILITY).identity]


def _person(scene: Scene) -> list:
    return [scene.people["nobody"].pk]


def _appointment(scene: Scene) -> list:
    [appointment] = scene.people[Role.OPCC].appointments.all()
    return [appointment.person_id, appointment.pk]


def _contributor(scene: Scene) -> dict:
    return {"person": scene.people["nobody"].pk, "scope": "everything"}


def _contribution(scene: Scene) -> list:
    [contributor] = scene.assessment(IN_PROGRESS).contributors.all()
    return [DRAFT, IN_PROGRESS, contributor.pk]


def _lead(scene: Scene) -> list:
    return [scene.people[LEAD].pk]


def _acting(scene: Scene) -> dict:
    days = {"starts_on": (1, 1, 2040), "ends_on": (9, 1, 2040)}
    boxes = ("day", "month", "year")
    typed = {
        f"{name}_{box}": part
        for name, day in days.items()
        for box, part in zip(boxes, day, strict=True)
    }
    return {"person": scene.people["nobody"].pk} | typed


def _past_file(scene: Scene) -> dict:
    return {
        "file": SimpleUploadedFile("earlier.txt", as_text(Layout())),
        "year": "2010-11",
        "edition": "2015-03",
        "publication": "public",
    }


def _past_head(scene: Scene) -> dict:
    day = {"meeting_on_day": "9", "meeting_on_month": "2", "meeting_on_year": "2012"}
    words = {"title": "Requirement", "board_name": "Board", "publication": "public"}
    return words | day | {"version": "1"}


def _past_text(scene: Scene) -> dict:
    piece = PastPaperPiece.objects.get(identity="p11")
    return {"text": piece.text.replace(" ", "\n\n", 1), "version": str(piece.version)}


def _filled_form(scene: Scene) -> dict:
    path = reverse("assessments:word_form_file", args=[DRAFT, IN_PROGRESS])
    form = scene.client_of(LEAD).get(path).content
    return {"form": SimpleUploadedFile("form.docx", form)}


def _acting_now(scene: Scene) -> list:
    return [scene.people[LEAD].pk, scene.people["nobody"].pk]


def _recommendation(scene: Scene) -> list:
    return [DRAFT, scene.force.recommendations.filter(year=DRAFT).first().identity]


def _carried(scene: Scene) -> list:
    row = scene.force.recommendations.filter(year=AGREED).last()
    row.status = RecommendationStatus.OPEN
    row.save(update_fields=["status"])
    return [DRAFT, row.identity]


def _outcome(scene: Scene) -> list:
    return [DRAFT, scene.force.recommendations.filter(year=AGREED).first().identity]


def _followed(scene: Scene) -> list:
    return [scene.followed.year, scene.followed.identity]


def _ended(scene: Scene) -> list:
    return [scene.ended.year, scene.ended.identity]


def _approval(scene: Scene) -> dict:
    shown = hash_of(content_of(scene.assessment(SUBMITTED)))
    return {"content_hash": shown, "has_read": "on"}


def _reply(scene: Scene) -> dict:
    """An answer in the thread that ACC Security began beside an answer."""
    thread = scene.assessment(IN_PROGRESS).comments.get(place="capacity-local", thread=None)
    name = f"reply:{thread.identity}"
    return {"talk": name, f"talk:{name}": "Sixty-two."}


def _proposal(scene: Scene) -> dict:
    *_, worst = scene.cycles[DRAFT].rating_scale.points.exclude(is_not_rated=True)
    return {"rating": worst.code, "reason": "The units do not exercise together."}


def _agreement(scene: Scene) -> dict:
    return {"document": document_hash(final_documents(scene.papers[SENT])[Audience.FULL])}


def _paper_thread(scene: Scene) -> list:
    return [DRAFT, scene.papers[DRAFT].comments.get(thread=None).identity]


def _paper_reply(scene: Scene) -> dict:
    return {"step": "reply", f"{_paper_thread(scene)[1]}-text": "Other words."}


def _told(scene: Scene) -> list:
    """A paragraph of a threat that the draft says otherwise."""
    override = scene.papers[DRAFT].overrides.get()
    return [DRAFT, APPROVED, override.source]


def _retold(scene: Scene) -> dict:
    override = scene.papers[DRAFT].overrides.get()
    return {
        "telling": "rewrite",
        "text": "Other words.",
        "publication": "public",
        "withheld_under": "",
        "marking": "OFFICIAL",
        "shown": mark_of(override.source_text),
        "version": str(override.version),
    }


def _finding(scene: Scene) -> list:
    return [DRAFT, findings_to_waive(scene.papers[DRAFT])[0].key]


def _waiver(scene: Scene) -> list:
    return [DRAFT, scene.papers[DRAFT].waivers.get().pk]


def _meeting(scene: Scene) -> list:
    return [scene.meeting.identity]


def _agenda_item(scene: Scene) -> list:
    return [scene.meeting.identity, scene.meeting.items.first().identity]


def _pack_file(scene: Scene) -> list:
    return [scene.meeting.identity, 1, "pdf"]


def _figure(scene: Scene) -> list:
    return [DRAFT, "introduction", scene.figure.identity]


def _action(scene: Scene) -> list:
    return [scene.action.identity]


def _given(scene: Scene) -> dict:
    due = {"due_on_day": "1", "due_on_month": "12", "due_on_year": "2016"}
    owner = scene.people[Role.FORCE_LEAD].pk
    return {"text": "Other words.", "owner": owner, "version": "1"} | due


def _decision(scene: Scene) -> dict:
    decided = {"decided_on_day": "7", "decided_on_month": "2", "decided_on_year": "2015"}
    return {"outcome": "agreed", "version": scene.decision.pk} | decided


def _settings(scene: Scene) -> dict:
    return {name: getattr(scene.force, name) for name in CHANGEABLE} | {"name": "WMP"}


def _dates(scene: Scene) -> dict:
    return _typed(dates_of(DRAFT) | {"due_on": datetime.date(2016, 9, 1)})


def _new_cycle(scene: Scene) -> dict:
    scale = scene.cycles[DRAFT].rating_scale.code
    return {"year": "2018-19", "rating_scale": scale} | _typed(dates_of("2018-19"))


def _typed(dates: dict[str, datetime.date]) -> dict:
    parts = ("day", "month", "year")
    return {f"{name}_{part}": getattr(date, part) for name, date in dates.items() for part in parts}


def _template(scene: Scene) -> dict:
    return {"template": latest_templates()[0].pk}


AT_WORK = of(DRAFT, IN_PROGRESS)
ENTRY = {"kind": "exercise", "title": "Other words", "marking": "OFFICIAL", "version": "1"}
LIST = of(DRAFT, IN_PROGRESS, "vulnerabilities")
VULNERABILITY = sent(
    statement="Other words.", likelihood="low", impact="low", status="open", version="1"
)
SECTION = of(DRAFT, "introduction")
PARAGRAPH = of(DRAFT, "purpose", "purpose")
PAST_PART = of(PAST, "p11")
FIGURE = {"figure_source": "ratings", "section": "introduction", "text": "", "version": "1"} | {
    "publication": "restricted",
    "withheld_under": "section 31",
}
WORDS = sent(text="Other words.", publication="public", withheld_under="", version="1")
HEADING = sent(heading="Wellbeing", numbering="yes", publication="public", version="1")
RECOMMENDED = sent(
    addressee_choice="ACC Security",
    text="to act.",
    publication="public",
    withheld_under="",
    year="2010-11",
    version="1",
)
REASON = sent(reason="Say more.")
SAID = sent(text="Half of it is done.")
MEETING = sent(
    title="Another",
    held_on_day="1",
    held_on_month="12",
    held_on_year="2016",
    marking="OFFICIAL",
    version="1",
)
AGENDA_ITEM = sent(topic="other", heading="Other words", text="", version="1")

# Open to strangers while a paper's public link is on, and to everybody else.
PUBLIC_PAPERS = frozenset({"public_paper", "public_issue", "public_bundle", "public_file"})
# Open to strangers, and to everybody else.
PUBLIC = PUBLIC_PAPERS | frozenset(
    {
        "robots",
        "health",
        "accessibility",
        "colour",
        "reports:paper_colour",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    }
)

ADDRESSES: dict[str, Address] = {
    "account_change_password": Address(get=EVERYBODY, post=EVERYBODY),
    "visit": Address(get=EVERYBODY),
    # --- people
    "people": Address(get=ADMINISTRATORS),
    "add_person": Address(
        get=ADMINISTRATORS, post=ADMINISTRATORS, data=sent(name="New", email="new@example.org")
    ),
    "person": Address(get=ADMINISTRATORS, at=_person),
    "change_person": Address(
        get=ADMINISTRATORS,
        post=ADMINISTRATORS,
        at=_person,
        data=sent(name="New", email="new@example.org"),
    ),
    "appoint": Address(
        get=ADMINISTRATORS,
        post=ADMINISTRATORS,
        at=_person,
        data=sent(role="executive", starts_on_day="1", starts_on_month="1", starts_on_year="2030"),
    ),
    "end_appointment": Address(
        get=ADMINISTRATORS, post=ADMINISTRATORS, at=_appointment, data=sent(when="at_once")
    ),
    "deactivate_person": Address(post=ADMINISTRATORS, at=_person),
    "reactivate_person": Address(post=ADMINISTRATORS, at=_person),
    "invite_person_again": Address(post=ADMINISTRATORS, at=_person),
    "force_settings": Address(get=ADMINISTRATORS, post=ADMINISTRATORS, data=_settings),
    # --- cycles and assessments
    "assessments:mail_choices": Address(
        get=READERS | {"lead of another threat", "everything in another force"},
        post=READERS | {"lead of another threat", "everything in another force"},
        data=sent(**dict.fromkeys(Notice, MailTiming.NOW)),
    ),
    "assessments:cycles": Address(get=WHOLE_FORCE),
    "assessments:open_cycle": Address(get=REVIEWERS, post=REVIEWERS, data=_new_cycle),
    "assessments:newest_cycle": Address(get=WHOLE_FORCE),
    "assessments:cycle": Address(get=WHOLE_FORCE, at=of(DRAFT)),
    "assessments:grid_file": Address(get=WHOLE_FORCE, at=of(DRAFT, "csv")),
    "assessments:change_cycle": Address(get=REVIEWERS, post=REVIEWERS, at=of(DRAFT), data=_dates),
    "assessments:assessment": Address(get=READERS, at=AT_WORK),
    "assessments:part": Address(
        get=READERS,
        post=DRAFTERS | NAMED,
        at=of(DRAFT, IN_PROGRESS, "capacity"),
        data=sent(**{"capacity-local": "Other words.", "version:capacity-local": "1"}),
    ),
    "assessments:autosave": Address(
        post=DRAFTERS | NAMED,
        at=of(DRAFT, IN_PROGRESS, "capacity"),
        data=sent(
            **{"code": "capacity-local", "capacity-local": "Typed.", "version:capacity-local": "1"}
        ),
    ),
    "assessments:registers": Address(get=REGISTER),
    "assessments:register": Address(get=REGISTER, at=of("vulnerabilities"), is_own=True),
    "assessments:item_history": Address(get=READERS, at=_history),
    "assessments:items": Address(get=READERS, at=LIST),
    "assessments:add_item": Address(get=DRAFTERS, post=DRAFTERS, at=LIST, data=VULNERABILITY),
    "assessments:change_item": Address(get=DRAFTERS, post=DRAFTERS, at=_item, data=VULNERABILITY),
    "assessments:remove_item": Address(
        get=ONLY_LEAD, post=ONLY_LEAD, at=_item, data=sent(version="1")
    ),
    "assessments:keep_item": Address(post=DRAFTERS, at=_item, data=sent(version="1")),
    "assessments:move_item": Address(post=DRAFTERS, at=_item, data=sent(direction="up")),
    # --- evidence
    "assessments:evidence": Address(get=REGISTER),
    "assessments:add_evidence": Address(
        get=REVIEWERS | EVERY_DRAFTER, post=REVIEWERS | EVERY_DRAFTER, data=sent(**ENTRY)
    ),
    "assessments:evidence_entry": Address(get=READERS, at=_evidence),
    "assessments:change_evidence": Address(
        get=REVIEWERS | {LEAD}, post=REVIEWERS | {LEAD}, at=_evidence, data=sent(**ENTRY)
    ),
    "assessments:add_evidence_file": Address(post=REVIEWERS | {LEAD}, at=_evidence, data=_upload),
    "assessments:take_evidence_file": Address(get=READERS, at=_file),
    "assessments:remove_evidence_file": Address(
        get=REVIEWERS | {LEAD}, post=REVIEWERS | {LEAD}, at=_file
    ),
    "assessments:cited": Address(get=READERS, at=AT_WORK),
    "assessments:add_cited": Address(get=DRAFTERS, post=DRAFTERS, at=AT_WORK, data=sent(**ENTRY)),
    "assessments:change_cited": Address(
        get=DRAFTERS, post=DRAFTERS, at=_cited, data=sent(backs="delivery-local", version="1")
    ),
    "assessments:choose_evidence": Address(get=DRAFTERS, at=AT_WORK),
    "assessments:cite_evidence": Address(
        get=DRAFTERS, post=DRAFTERS, at=_citable, data=sent(backs="delivery-local")
    ),
    "assessments:decide_on_item": Address(
        post=ONLY_LEAD, at=_item, data=sent(version="1", decision="accept")
    ),
    "assessments:word_form": Address(get=DRAFTERS | NAMED, at=AT_WORK),
    "assessments:word_form_file": Address(get=DRAFTERS | NAMED, at=AT_WORK),
    "assessments:word_form_upload": Address(
        get=DRAFTERS | NAMED, post=DRAFTERS | NAMED, at=AT_WORK, data=_filled_form
    ),
    "assessments:word_form_take": Address(
        post=DRAFTERS | NAMED,
        at=AT_WORK,
        data=sent(**{"take": DRAFTED, DRAFTED: "From a form.", f"version:{DRAFTED}": "1"}),
    ),
    "assessments:people": Address(get=READERS, at=AT_WORK),
    "assessments:name_contributor": Address(
        get=ONLY_LEAD, post=ONLY_LEAD, at=AT_WORK, data=_contributor
    ),
    "assessments:change_contributor": Address(
        get=ONLY_LEAD, post=ONLY_LEAD, at=_contribution, data=sent(scope="everything")
    ),
    "assessments:end_contributor": Address(get=ONLY_LEAD, post=ONLY_LEAD, at=_contribution),
    "assessments:acting": Address(get=ARRANGERS, post=ARRANGERS, at=_lead, data=_acting),
    "assessments:end_acting": Address(
        get=ARRANGERS, post=ARRANGERS, at=_acting_now, data=sent(when="at_once")
    ),
    "assessments:export": Address(get=READERS, at=AT_WORK),
    "assessments:marking": Address(
        get=frozenset({LEAD, ACC}),
        post=frozenset({LEAD, ACC}),
        at=AT_WORK,
        data=sent(marking="OFFICIAL-SENSITIVE", handling="For the lead only"),
    ),
    "assessments:check": Address(get=READERS, at=AT_WORK),
    "assessments:submit": Address(get=READERS, post=frozenset({LEAD}), at=AT_WORK, data=_declared),
    "assessments:comment": Address(
        get=REVIEWERS | DRAFTERS | NAMED,
        post=REVIEWERS | DRAFTERS | NAMED,
        at=AT_WORK,
        data=sent(place="capacity-local", text="How many?"),
    ),
    "assessments:talk": Address(post=REVIEWERS | DRAFTERS | NAMED, at=AT_WORK, data=_reply),
    "assessments:part_talk": Address(
        get=READERS, post=DRAFTERS | NAMED, at=of(DRAFT, IN_PROGRESS, "capacity"), data=_reply
    ),
    "assessments:propose": Address(
        get=frozenset({ACC}),
        post=frozenset({ACC}),
        at=of(DRAFT, SUBMITTED, "connectivity-rating"),
        data=_proposal,
    ),
    "assessments:history": Address(get=READERS, at=of(DRAFT, IN_PROGRESS, "capacity-local")),
    "assessments:review": Address(get=READERS, at=of(DRAFT, SUBMITTED)),
    "assessments:changes": Address(get=READERS, at=of(DRAFT, SUBMITTED)),
    "assessments:return": Address(
        get=frozenset({ACC}), post=frozenset({ACC}), at=of(DRAFT, SUBMITTED), data=REASON
    ),
    "assessments:approve": Address(
        get=frozenset({ACC}), post=frozenset({ACC}), at=of(DRAFT, SUBMITTED), data=_approval
    ),
    "assessments:reopen": Address(
        get=frozenset({ACC}), post=frozenset({ACC}), at=of(DRAFT, APPROVED), data=REASON
    ),
    # --- papers
    "reports:home": Address(get=EVERYBODY),
    "reports:papers": Address(get=WHOLE_FORCE),
    "reports:compose": Address(get=REVIEWERS, post=REVIEWERS, at=of(WITHOUT_PAPER), data=_template),
    "reports:paper": Address(get=WHOLE_FORCE, at=of(DRAFT)),
    "reports:change_paper": Address(
        get=REVIEWERS,
        post=REVIEWERS,
        at=of(DRAFT),
        data=sent(title="Other words", marking="OFFICIAL", numbering="run", version="1"),
    ),
    "reports:optional_sections": Address(
        get=REVIEWERS, post=REVIEWERS, at=of(DRAFT), data=sent(sections=["risk"])
    ),
    "reports:brand": Address(
        get=REVIEWERS,
        post=REVIEWERS,
        data=sent(colour="#1d3a5f", head_words="Other words", version="2"),
    ),
    "reports:brand_logo": Address(post=REVIEWERS, data=_logo),
    "reports:remove_brand_logo": Address(post=REVIEWERS),
    "reports:preview": Address(get=WHOLE_FORCE, at=of(DRAFT, "full")),
    "reports:send": Address(get=REVIEWERS, post=REVIEWERS, at=of(DRAFT)),
    "reports:send_back": Address(
        get=frozenset({Role.EXECUTIVE}),
        post=frozenset({Role.EXECUTIVE}),
        at=of(SENT),
        data=REASON,
    ),
    "reports:agree": Address(
        get=frozenset({Role.EXECUTIVE}),
        post=frozenset({Role.EXECUTIVE}),
        at=of(SENT),
        data=_agreement,
    ),
    "reports:withdraw": Address(get=REVIEWERS, post=REVIEWERS, at=of(AGREED), data=REASON),
    "reports:issue": Address(get=frozenset({ACC}), post=frozenset({ACC}), at=of(AGREED)),
    "reports:correct": Address(
        get=frozenset({ACC}), post=frozenset({ACC}), at=of(ISSUED), data=REASON
    ),
    "reports:give_up": Address(
        get=frozenset({ACC}), post=frozenset({ACC}), at=of(CORRECTING), data=REASON
    ),
    "reports:change_correction": Address(
        get=REVIEWERS,
        post=REVIEWERS,
        at=of(CORRECTING),
        data=lambda scene: {
            "text": "Other words.",
            "version": str(scene.papers[CORRECTING].version),
        },
    ),
    "reports:comments": Address(get=WHOLE_FORCE, at=of(DRAFT)),
    "reports:comment_on": Address(
        get=WHOLE_FORCE,
        post=WHOLE_FORCE,
        at=of(DRAFT, "section-introduction"),
        data=sent(text="Which force?"),
    ),
    "reports:comment_thread": Address(
        get=WHOLE_FORCE, post=WHOLE_FORCE, at=_paper_thread, data=_paper_reply
    ),
    "reports:figures": Address(get=WHOLE_FORCE, at=of(DRAFT)),
    "reports:add_figure": Address(get=REVIEWERS, post=REVIEWERS, at=of(DRAFT), data=sent(**FIGURE)),
    "reports:figure": Address(get=REVIEWERS, post=REVIEWERS, at=_figure, data=sent(**FIGURE)),
    "reports:add_section": Address(get=REVIEWERS, post=REVIEWERS, at=of(DRAFT), data=HEADING),
    "reports:section": Address(get=WHOLE_FORCE, at=SECTION),
    "reports:change_section": Address(get=REVIEWERS, post=REVIEWERS, at=SECTION, data=HEADING),
    "reports:move_section": Address(
        get=REVIEWERS, post=REVIEWERS, at=SECTION, data=sent(move="up")
    ),
    "reports:remove_section": Address(get=REVIEWERS, post=REVIEWERS, at=SECTION),
    "reports:add_paragraph": Address(get=REVIEWERS, post=REVIEWERS, at=SECTION, data=WORDS),
    "reports:paragraph": Address(get=REVIEWERS, post=REVIEWERS, at=PARAGRAPH, data=WORDS),
    "reports:remove_paragraph": Address(
        get=REVIEWERS, post=REVIEWERS, at=PARAGRAPH, data=sent(version="1")
    ),
    "reports:move_paragraph": Address(
        get=REVIEWERS, post=REVIEWERS, at=PARAGRAPH, data=sent(move="up")
    ),
    "reports:live_preview": Address(post=REVIEWERS, at=SECTION, data=WORDS),
    "reports:override": Address(get=REVIEWERS, post=REVIEWERS, at=_told, data=_retold),
    "reports:put_back": Address(get=REVIEWERS, post=REVIEWERS, at=_told),
    "reports:clearance": Address(get=WHOLE_FORCE, at=of(DRAFT)),
    "reports:waivers": Address(get=WHOLE_FORCE, at=of(DRAFT)),
    "reports:waive": Address(get=frozenset({ACC}), post=frozenset({ACC}), at=_finding, data=REASON),
    "reports:end_waiver": Address(post=frozenset({ACC}), at=_waiver),
    "reports:recommendations": Address(get=WHOLE_FORCE, at=of(DRAFT)),
    "reports:take_up": Address(post=REVIEWERS, at=of(DRAFT)),
    "reports:add_recommendation": Address(
        get=REVIEWERS, post=REVIEWERS, at=of(DRAFT), data=RECOMMENDED
    ),
    "reports:recommendation": Address(
        get=REVIEWERS, post=REVIEWERS, at=_recommendation, data=RECOMMENDED
    ),
    "reports:remove_recommendation": Address(
        get=REVIEWERS, post=REVIEWERS, at=_recommendation, data=sent(version="1")
    ),
    "reports:move_recommendation": Address(
        post=REVIEWERS, at=_recommendation, data=sent(move="up")
    ),
    "reports:outcomes": Address(get=WHOLE_FORCE, at=of(DRAFT)),
    "reports:add_earlier": Address(get=REVIEWERS, post=REVIEWERS, at=of(DRAFT), data=RECOMMENDED),
    "reports:outcome": Address(
        get=REVIEWERS,
        post=REVIEWERS,
        at=_outcome,
        data=sent(status="completed", outcome="Other words.", version="1"),
    ),
    "reports:carry_recommendation": Address(post=REVIEWERS, at=_carried),
    # --- recommendations as they are followed up; the lead owns the scene's
    "reports:recommendation_register": Address(get=EVERY_ROLE_BUT_OFFICE),
    "reports:followed": Address(get=EVERY_ROLE_BUT_OFFICE, at=_followed),
    "reports:assign_recommendation": Address(
        get=REVIEWERS, post=REVIEWERS, at=_followed, data=sent(owner="", version="1")
    ),
    "reports:accept_recommendation": Address(
        get=frozenset({Role.EXECUTIVE}), post=frozenset({Role.EXECUTIVE}), at=_followed, data=SAID
    ),
    "reports:decline_recommendation": Address(
        get=frozenset({Role.EXECUTIVE}), post=frozenset({Role.EXECUTIVE}), at=_followed, data=SAID
    ),
    "reports:progress_recommendation": Address(
        get=REVIEWERS | {LEAD}, post=REVIEWERS | {LEAD}, at=_followed, data=SAID
    ),
    "reports:complete_recommendation": Address(
        get=REVIEWERS | {LEAD}, post=REVIEWERS | {LEAD}, at=_followed, data=SAID
    ),
    "reports:supersede_recommendation": Address(
        get=REVIEWERS, post=REVIEWERS, at=_followed, data=SAID
    ),
    "reports:reopen_recommendation": Address(get=REVIEWERS, post=REVIEWERS, at=_ended, data=SAID),
    "reports:files": Address(get=WHOLE_FORCE, at=of(AGREED)),
    "reports:files_progress": Address(get=WHOLE_FORCE, at=of(AGREED)),
    "reports:make_files": Address(post=WHOLE_FORCE, at=of(AGREED)),
    "reports:download_draft": Address(get=WHOLE_FORCE, at=of(AGREED, "full", "pdf")),
    # --- meetings of the SPR board; the lead comes to the scene's one, and owns its action
    "reports:meetings": Address(get=EVERY_ROLE_BUT_OFFICE),
    "reports:add_meeting": Address(get=REVIEWERS, post=REVIEWERS, data=MEETING),
    "reports:meeting": Address(get=MEETING_READERS, at=_meeting),
    "reports:change_meeting": Address(get=REVIEWERS, post=REVIEWERS, at=_meeting, data=MEETING),
    "reports:meeting_notes": Address(
        get=REVIEWERS, post=REVIEWERS, at=_meeting, data=sent(notes="Agreed.", version="1")
    ),
    "reports:attendees": Address(get=REVIEWERS, post=REVIEWERS, at=_meeting),
    "reports:hold_meeting": Address(get=REVIEWERS, post=REVIEWERS, at=_meeting),
    "reports:cancel_meeting": Address(get=REVIEWERS, post=REVIEWERS, at=_meeting, data=REASON),
    "reports:reopen_meeting": Address(get=REVIEWERS, post=REVIEWERS, at=_meeting, data=REASON),
    "reports:make_agenda": Address(post=REVIEWERS, at=_meeting),
    "reports:add_agenda_item": Address(
        get=REVIEWERS, post=REVIEWERS, at=_meeting, data=AGENDA_ITEM
    ),
    "reports:agenda_item": Address(
        get=REVIEWERS, post=REVIEWERS, at=_agenda_item, data=AGENDA_ITEM
    ),
    "reports:remove_agenda_item": Address(get=REVIEWERS, post=REVIEWERS, at=_agenda_item),
    "reports:move_agenda_item": Address(post=REVIEWERS, at=_agenda_item, data=sent(move="down")),
    "reports:preview_pack": Address(get=MEETING_READERS, at=_meeting),
    "reports:packs": Address(get=MEETING_READERS, at=_meeting),
    "reports:packs_progress": Address(get=MEETING_READERS, at=_meeting),
    "reports:make_pack": Address(post=REVIEWERS, at=_meeting),
    "reports:download_pack": Address(get=MEETING_READERS, at=_pack_file),
    "reports:add_action": Address(get=REVIEWERS, post=REVIEWERS, at=_meeting, data=_given),
    "reports:actions": Address(get=EVERY_ROLE_BUT_OFFICE),
    "reports:action": Address(get=MEETING_READERS, at=_action),
    "reports:change_action": Address(get=REVIEWERS, post=REVIEWERS, at=_action, data=_given),
    "reports:report_action": Address(
        get=frozenset({LEAD}),
        post=frozenset({LEAD}),
        at=_action,
        data=sent(text="Half of it.", is_done="no"),
    ),
    "reports:confirm_action": Address(get=REVIEWERS, post=REVIEWERS, at=_action),
    "reports:drop_action": Address(get=REVIEWERS, post=REVIEWERS, at=_action, data=REASON),
    "reports:reopen_action": Address(get=REVIEWERS, post=REVIEWERS, at=_action, data=REASON),
    # --- what was issued
    "reports:published": Address(get=BOARD),
    "reports:search": Address(get=BOARD),
    "reports:read": Address(get=BOARD, at=of(ISSUED)),
    "reports:read_issue": Address(get=BOARD, at=of(CORRECTING, 1)),
    "reports:compare": Address(get=BOARD, at=of(ISSUED)),
    "reports:decision": Address(get=BOARD, at=of(ISSUED)),
    "reports:record_decision": Address(
        get=REVIEWERS | {Role.OPCC}, post=REVIEWERS | {Role.OPCC}, at=of(ISSUED), data=_decision
    ),
    "reports:public_link": Address(
        get=BOARD,
        post=frozenset({ACC, Role.OPCC}),
        at=of(ISSUED),
        data=sent(access="off"),
    ),
    "reports:follow_ups": Address(
        get=WHOLE_FORCE | {LEAD, "lead of another threat"}, at=of(ISSUED)
    ),
    "reports:follow_up": Address(
        get=ONLY_LEAD, post=ONLY_LEAD, at=of(ISSUED, IN_PROGRESS), data=sent(text="It is done.")
    ),
    "reports:take_up_follow_ups": Address(post=REVIEWERS, at=of(DRAFT)),
    "reports:issued": Address(get=BOARD, at=of(ISSUED)),
    "reports:download": Address(get=BOARD, at=of(ISSUED, "public", "pdf")),
    "reports:bundle": Address(get=BOARD, at=of(ISSUED, "public")),
    "reports:bundle_of_issue": Address(get=BOARD, at=of(CORRECTING, 1, "public")),
    "reports:one_issue": Address(get=BOARD, at=of(ISSUED, 1)),
    "reports:download_of_issue": Address(get=BOARD, at=of(CORRECTING, 1, "public", "pdf")),
    # --- papers of before the portal
    "reports:past_papers": Address(get=REVIEWERS, post=REVIEWERS, data=_past_file, is_own=True),
    "reports:past_paper": Address(get=REVIEWERS, at=of(PAST)),
    "reports:past_head": Address(get=REVIEWERS, post=REVIEWERS, at=of(PAST), data=_past_head),
    "reports:past_file": Address(get=REVIEWERS, at=of(PAST)),
    "reports:take_in": Address(
        get=REVIEWERS, post=REVIEWERS, at=of(PAST), data=sent(leaves_unplaced="on", sure="yes")
    ),
    "reports:give_up_past": Address(get=REVIEWERS, post=REVIEWERS, at=of(PAST)),
    "reports:past_piece": Address(
        get=REVIEWERS, post=REVIEWERS, at=PAST_PART, data=sent(text="Other words.", version="1")
    ),
    "reports:past_piece_kind": Address(
        post=REVIEWERS, at=PAST_PART, data=sent(kind="bullet", version="1")
    ),
    "reports:split_past_piece": Address(
        get=REVIEWERS, post=REVIEWERS, at=PAST_PART, data=_past_text
    ),
    "reports:join_past_piece": Address(post=REVIEWERS, at=PAST_PART, data=sent(version="1")),
}
