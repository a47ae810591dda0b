"""Handing out a table as a file, for every page that offers one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from spr_portal.exports import CONTENT_TYPES, Export, ExportFormat, take_export


def format_asked_for(request: HttpRequest) -> ExportFormat | None:
    """The format in the address (`?format=csv`); nothing where a page is wanted.

    Raises Http404 for a format that there is none of.
    """
    asked = request.GET.get("format", "")
    if asked and asked not in list(ExportFormat):
        raise Http404("No such format.")
    return ExportFormat(asked) if asked else None


def export_response(
    request: HttpRequest, export: Export, file_format: ExportFormat
) -> HttpResponse:
    """The table as a file to keep; the audit notes who took it."""
    content = take_export(export=export, file_format=file_format, by=request.user)
    response = HttpResponse(content, content_type=CONTENT_TYPES[file_format])
    name = f"{export.name}.{file_format}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
