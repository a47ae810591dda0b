"""The files kept with a piece of evidence."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.domain.evidence_files import add_file, remove_file, take_file
from assessments.enums import FileStatus
from assessments.evidence_policies import can_change_evidence, can_remove_file
from assessments.evidence_selectors import evidence_visible_to
from assessments.exceptions import FileAlreadyKept, FileRefused
from assessments.forms.evidence import FileForm
from assessments.models import EvidenceFile
from assessments.presenters.evidence_files import size_in_words
from assessments.views.evidence import HOME, REGISTER, entry_page, found_entry

# Whatever the file is, the browser keeps it and neither shows nor runs anything of it.
CLOSED_POLICY = "default-src 'none'; sandbox"


@require_POST
def add(request: HttpRequest, identity: str) -> HttpResponse:
    evidence = found_entry(request, identity)
    can_change_evidence(request.user, evidence).require()
    form = FileForm(request.POST, request.FILES)
    if refusal := getattr(request, "upload_refused", ""):
        form.add_error("file", refusal)
    if not form.is_valid():
        return entry_page(request, evidence, form)
    upload = form.cleaned_data["file"]
    path = Path(upload.temporary_file_path())
    try:
        file = add_file(evidence=evidence, upload=path, name=upload.name, by=request.user)
    except (FileRefused, FileAlreadyKept) as refusal:
        form.add_error("file", str(refusal))
        return entry_page(request, evidence, form)
    what_next = (
        "It can be downloaded once the virus scanner has passed it."
        if file.status == FileStatus.HELD
        else "You can download it from here."
    )
    messages.success(request, f"{file.name} is kept. {what_next}")
    return redirect("assessments:evidence_entry", identity)


@require_GET  # each answer is noted as a file taken, so nobody only asks about one
def take(request: HttpRequest, identity: str, file_identity: str) -> HttpResponse:
    """Hand the file out to be kept, in pieces, so that no web process ever holds all of it."""
    file = _found(request, identity, file_identity)
    opened = take_file(file=file, by=request.user)
    response = FileResponse(
        opened, as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response["Content-Security-Policy"] = CLOSED_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{file.sha256}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, identity: str, file_identity: str) -> HttpResponse:
    evidence = found_entry(request, identity)
    can_remove_file(request.user, evidence).require()
    back = reverse("assessments:evidence_entry", args=[identity])
    file = evidence.files.filter(identity=file_identity).first()
    if file is None and request.method == "POST":  # sent twice
        return redirect(back)
    file = get_object_or_404(evidence.files, identity=file_identity)
    if request.method == "POST":
        remove_file(file=file, by=request.user)
        messages.success(request, f"{file.name} has been removed.")
        return redirect(back)
    context = {
        "crumbs": [HOME, REGISTER, (evidence.title, back)],
        "file": file,
        "size": size_in_words(file.size),
        "back": back,
    }
    return render(request, "assessments/evidence_file_remove.html", context)


def _found(request: HttpRequest, identity: str, file_identity: str) -> EvidenceFile:
    files = EvidenceFile.objects.select_related("evidence__force")
    return get_object_or_404(
        files,
        evidence__in=evidence_visible_to(request.user),
        evidence__identity=identity,
        identity=file_identity,
    )
