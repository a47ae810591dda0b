"""The files of a public edition as strangers find them."""

from __future__ import annotations

from django.urls import reverse

from reports.document import Audience
from reports.domain.manifest import public_manifest_of, sum_of
from reports.enums import FileFormat
from reports.models import IssuedPaper
from reports.presenters.words import year_in_words
from spr_portal.components import FileEntry
from spr_portal.identity.models import Force


def public_manifest_sum(issued: IssuedPaper) -> str:
    """What verify.py prints of the public bundle, to be compared; empty where there is none."""
    return sum_of(public_manifest_of(issued.manifest)) if issued.manifest else ""


def public_files(force: Force, issued: IssuedPaper) -> list[FileEntry]:
    """The files of an issue's public edition, in the order of the formats; one query."""
    files = issued.files.filter(audience=Audience.PUBLIC).defer("content")
    at = [force.code, issued.address, issued.number]
    order = list(FileFormat)
    return [
        FileEntry(
            name=f"{issued.title} {year_in_words(issued.year)}",
            href=reverse("public_file", args=[*at, file.format]),
            file_format=FileFormat(file.format).label,
            size=file.size,
            sha256=file.sha256,
        )
        for file in sorted(files, key=lambda file: order.index(FileFormat(file.format)))
    ]
