"""An issued edition to take away whole: a ZIP that can be checked without the portal.

The same issue gives the same bytes: files are stored as they are, not packed, in the order of
their names, and bear the moment of issuing.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from reports.document import Audience
from reports.domain.manifest import public_manifest_of
from reports.domain.published import whole
from reports.exceptions import NoBundle
from reports.models import Download, IssuedFile, IssuedPaper
from reports.policies import can_take_file
from spr_portal.audit.recording import record
from spr_portal.identity.models import User

BESIDE = Path(__file__).resolve().parents[1] / "bundle"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
OWN_FILES = ("README.txt", "verify.py")
READABLE = 0o644 << 16
UNIX = 3


@dataclass(frozen=True)
class Bundle:
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def take_bundle(*, issued: IssuedPaper, audience: Audience, by: User) -> Bundle:
    """The bundle of an edition, and a note of who took it and each file in it.

    The public one holds the public files, the full one all. Raises PolicyDenied, NoBundle for
    what was issued without a manifest, and DamagedFile; then nothing is noted.
    """
    files = files_for(issued, audience)
    for file in files:
        can_take_file(by, file).require()
    bundle = bundle_of(issued, audience, files)
    with transaction.atomic():
        Download.objects.bulk_create(
            Download(file=file, by=by, by_name=by.name, at=timezone.now()) for file in files
        )
        record(
            action="paper.bundle_downloaded",
            subject=f"issued paper {issued.force.code}-{issued.address}",
            by=by,
            force=issued.force,
            details={
                "bundle": bundle.name,
                "sha256": bundle.sha256,
                "number": issued.number,
                "files": [file.name for file in files],
            },
        )
    return bundle


def files_for(issued: IssuedPaper, audience: Audience) -> list[IssuedFile]:
    """What a bundle holds, in the order of the names. Raises NoBundle where there is nothing."""
    files = issued.files.order_by("name")
    if audience is Audience.PUBLIC:
        files = files.filter(audience=Audience.PUBLIC)
    found = list(files)
    if not found or not issued.manifest:
        raise NoBundle(
            "This paper was issued without a manifest, so there is no bundle of it. Its files can "
            "be taken one by one."
        )
    for file in found:
        file.issued = issued
    return found


def bundle_of(issued: IssuedPaper, audience: Audience, files: Iterable[IssuedFile]) -> Bundle:
    """The bytes of a bundle. Raises DamagedFile when a file is not what was issued."""
    is_public = audience is Audience.PUBLIC
    manifest = public_manifest_of(issued.manifest) if is_public else issued.manifest
    contents = {file.name: whole(file.content, sha256=file.sha256) for file in files}
    contents[MANIFEST] = manifest.encode()
    contents |= {name: (BESIDE / name).read_bytes() for name in OWN_FILES}
    contents[SUMS] = _sums(contents).encode()
    name = bundle_name(issued, audience)
    return Bundle(f"{name}.zip", _zip(name, contents, at=issued.issued_at))


def bundle_name(issued: IssuedPaper, audience: Audience) -> str:
    """Of the folder in the bundle: "wmp-2016-17-issue-1-public"."""
    return f"{issued.force.code}-{issued.address}-issue-{issued.number}-{audience.value}"


def _sums(contents: dict[str, bytes]) -> str:
    """As sha256sum reads it: a sum, two blanks, a name."""
    return "".join(
        f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items())
    )


def _zip(folder: str, contents: dict[str, bytes], *, at: datetime.datetime) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", at.astimezone(datetime.UTC).timetuple()[:6])
            entry.create_system, entry.external_attr = UNIX, READABLE
            archive.writestr(entry, content)
    return out.getvalue()
