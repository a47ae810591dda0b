"""The evidence of one assessment: what it cites from the register, and which answers that backs."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.domain.citing import add_and_cite, change_backing, cite_evidence, put_in_register
from assessments.domain.set_aside import settle_words
from assessments.enums import ItemKind
from assessments.evidence_policies import can_add_evidence, can_change_evidence
from assessments.evidence_selectors import citable_by, evidence_visible_to, references_in
from assessments.exceptions import AlreadyCited, StaleEdit
from assessments.forms.evidence import BackingForm, EntryForm, SearchForm
from assessments.forms.publishing import publication_of
from assessments.models import Assessment, EvidenceReference
from assessments.policies import can_edit_place, can_lead, can_write
from assessments.presenters.drafts import draft_items
from assessments.presenters.evidence import (
    Prompts,
    cited_cards,
    entry_rows,
    register_lines,
    typed_rows,
)
from assessments.presenters.items import GUIDANCE, item_rows, labels_of
from assessments.presenters.places import crumbs_to
from assessments.presenters.threads import talk_on_list
from assessments.selectors import assessments_visible_to, items_set_aside, words_set_aside
from threats.selectors import AskedPart, parts_for

KIND = ItemKind.EVIDENCE
PER_PAGE = 20


@require_safe
def cited(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    assessment = _found(request, year, threat_code)
    references = list(references_in(assessment))
    readable = evidence_visible_to(request.user).filter(references__assessment=assessment)
    editing = can_edit_place(request.user, assessment, KIND)
    labels = labels_of(_parts(assessment))
    kept = [] if editing else items_set_aside(assessment, request.user, KIND)
    context = _surroundings(assessment) | {
        "crumbs": crumbs_to(assessment),
        "guidance": GUIDANCE[KIND],
        "drafts": draft_items(KIND, references, labels),
        "leading": can_lead(request.user, assessment),
        "kept": [(one, item_rows(KIND, one.values, labels)) for one in kept],
        "talk": talk_on_list(request.user, assessment, KIND),
        "editing": editing,
        "cards": cited_cards(
            references,
            _parts(assessment),
            today=timezone.localdate(),
            readable=frozenset(readable.values_list("pk", flat=True)),
        ),
    }
    return render(request, "assessments/evidence_cited.html", context)


@require_safe
def choose(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """The register as far as it can be cited here; `backs` is the answer the person came from."""
    assessment = _writable(request, year, threat_code)
    form = SearchForm(request.GET)
    rows = citable_by(request.user, assessment, form.sought.words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = _surroundings(assessment) | {
        "crumbs": crumbs_to(assessment, KIND),
        "search": form,
        "page": page,
        "lines": register_lines(page, timezone.localdate()),
        "backs": _asked_for(request, assessment),
    }
    return render(request, "assessments/evidence_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cite(request: HttpRequest, year: str, threat_code: str, identity: str) -> HttpResponse:
    assessment = _writable(request, year, threat_code)
    evidence = get_object_or_404(evidence_visible_to(request.user), identity=identity)
    form = _backing_form(request, assessment, marked=evidence.marking)
    if form.is_valid():
        try:
            cite_evidence(
                assessment=assessment,
                evidence=evidence,
                backs=form.cleaned_data["backs"],
                clearance=form.clearance,
                by=request.user,
            )
        except AlreadyCited as already:
            messages.info(request, f"{already} What it backs can be changed here.")
            at = [year, threat_code, already.reference.identity]
            return redirect("assessments:change_cited", *at)
        messages.success(request, "The evidence has been added to this assessment.")
        return redirect("assessments:cited", year, threat_code)
    context = {"heading": "Cite this evidence", "rows": entry_rows(evidence), "backing": form}
    return _backing_page(request, assessment, context | {"title": evidence.title})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, year: str, threat_code: str) -> HttpResponse:
    """A new piece of evidence, put in the register and cited in one go."""
    assessment = _writable(request, year, threat_code)
    can_add_evidence(request.user).require()
    form = EntryForm(_sent(request))
    backing = _backing_form(request, assessment, marked=request.POST.get("marking", ""))
    if form.is_valid() and backing.is_valid():
        add_and_cite(
            assessment=assessment,
            values=form.values,
            backs=backing.cleaned_data["backs"],
            clearance=backing.clearance,
            by=request.user,
        )
        messages.success(request, "The evidence has been added to the register and cited here.")
        return redirect("assessments:cited", year, threat_code)
    context = {"heading": "Add evidence", "form": form, "backing": backing, "is_new": True}
    return _backing_page(request, assessment, context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, year: str, threat_code: str, identity: str) -> HttpResponse:
    """What a cited piece backs; one that came without an entry gets its entry here."""
    assessment = _writable(request, year, threat_code)
    place = f"{KIND}/{identity}"
    if "settle" in request.POST:
        settle_words(assessment=assessment, place=place, by=request.user)
        return redirect("assessments:cited", year, threat_code)
    reference = references_in(assessment).filter(identity=identity).first()
    if reference is None:
        if not assessment.set_aside.filter(place=place).exists():
            raise Http404  # it never was here
        is_sent = request.method == "POST"
        return _gone(request, assessment, place, request.POST.getlist("backs") if is_sent else None)
    form = None if reference.evidence else _entry_form(request, reference)
    marked = request.POST.get("marking", "") if form else reference.marking
    backing = _backing_form(request, assessment, reference, marked=marked)
    if not backing.is_valid() or (form and not form.is_valid()):
        return _reference_page(request, assessment, reference, form, backing)
    try:
        _save(request, assessment, reference, form, backing)
    except StaleEdit as stale:
        if stale.newer is None:
            return _gone(request, assessment, place, backing.cleaned_data["backs"], form)
        backing.go_on_from(stale.newer.version)
        return _reference_page(request, assessment, reference, form, backing, newer=stale.newer)
    messages.success(request, "What the evidence backs and who may read of it has been changed.")
    return redirect("assessments:cited", year, threat_code)


def _found(request: HttpRequest, year: str, threat_code: str) -> Assessment:
    return get_object_or_404(
        assessments_visible_to(request.user), cycle__year=year, threat__code=threat_code
    )


def _writable(request: HttpRequest, year: str, threat_code: str) -> Assessment:
    """For pages that change something. A POST goes on to the domain, which has the last word."""
    assessment = _found(request, year, threat_code)
    if request.method == "POST":
        can_write(request.user, assessment).require()
    else:
        can_edit_place(request.user, assessment, KIND).require()
    return assessment


def _parts(assessment: Assessment) -> tuple[AskedPart, ...]:
    return parts_for(assessment.cycle.edition, assessment.threat.code)


def _asked_for(request: HttpRequest, assessment: Assessment) -> list[str]:
    """The answers to be ticked first, as the address names them."""
    known = Prompts.of(_parts(assessment)).names
    return [code for code in request.GET.getlist("backs") if code in known]


def _backing_form(
    request: HttpRequest,
    assessment: Assessment,
    reference: EvidenceReference | None = None,
    *,
    marked: str = "",
) -> BackingForm:
    parts = _parts(assessment)
    initial = {"backs": _asked_for(request, assessment)}
    if reference:
        codes = Prompts.of(parts).ticked_in(reference)
        initial = {"backs": codes, "version": reference.version} | publication_of(reference)
    return BackingForm(_sent(request), initial=initial, parts=parts, marked=marked)


def _entry_form(request: HttpRequest, reference: EvidenceReference) -> EntryForm:
    names = [name for name in EntryForm.base_fields if hasattr(reference, name)]
    initial = {name: getattr(reference, name) for name in names}
    return EntryForm(_sent(request), initial=initial)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _save(request, assessment, reference, form: EntryForm | None, backing: BackingForm) -> None:
    given = {
        "assessment": assessment,
        "identity": reference.identity,
        "backs": backing.cleaned_data["backs"],
        "clearance": backing.clearance,
        "started_from": backing.started_from,
        "by": request.user,
    }
    if form:
        put_in_register(values=form.values, **given)
    else:
        change_backing(**given)


def _reference_page(
    request: HttpRequest,
    assessment: Assessment,
    reference: EvidenceReference,
    form: EntryForm | None,
    backing: BackingForm,
    newer: EvidenceReference | None = None,
) -> HttpResponse:
    prompts = Prompts.of(_parts(assessment))
    place = f"{KIND}/{reference.identity}"
    entry = reference.evidence
    waiting = [] if newer else words_set_aside(assessment, request.user, place)
    context = {
        "heading": "What this evidence backs" if entry else "Put this evidence in the register",
        "title": reference.title,
        "rows": []
        if form
        else entry_rows(reference, ("kind", "owner", "dated", "expires_on", "kept_at")),
        "entry": entry,
        "changing": entry and can_change_evidence(request.user, entry),
        "form": form,
        "backing": backing,
        "newer": prompts.backed(newer) if newer else None,
        "waiting": [(kept, prompts.known(kept.values.get("backs", []))) for kept in waiting],
    }
    return _backing_page(request, assessment, context)


def _gone(
    request: HttpRequest,
    assessment: Assessment,
    place: str,
    ticked: list[str] | None,
    form: EntryForm | None = None,
) -> HttpResponse:
    """The piece was taken off the list: what a person ticked meanwhile, now or earlier."""
    if ticked is None:
        kept = words_set_aside(assessment, request.user, place).last()
        if kept is None:
            raise Http404
        ticked = kept.values.get("backs", [])
    context = _surroundings(assessment) | {
        "crumbs": crumbs_to(assessment, KIND),
        "typed": typed_rows(form) if form else [],
        "ticked": Prompts.of(_parts(assessment)).known(ticked),
    }
    return render(request, "assessments/evidence_gone.html", context, status=409)


def _backing_page(request: HttpRequest, assessment: Assessment, context: dict) -> HttpResponse:
    context = (
        _surroundings(assessment)
        | {
            "crumbs": crumbs_to(assessment, KIND),
            "forms": [form for form in (context.get("form"), context["backing"]) if form],
        }
        | context
    )
    context["entry_form"] = context.pop("form", None)
    status = 409 if context.get("newer") else 200
    return render(request, "assessments/evidence_backing.html", context, status=status)


def _surroundings(assessment: Assessment) -> dict:
    return {"assessment": assessment, "cycle": assessment.cycle, "kind": KIND}
