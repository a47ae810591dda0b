"""A bundle: the same bytes each time, nothing restricted in the public one, checked without us."""

import io
import json
import shutil
import subprocess
import sys
import zipfile

import pytest
from django.urls import reverse

from reports.document import Audience
from reports.domain.bundles import bundle_of, files_for
from reports.domain.manifest import sum_of
from reports.models import Download
from spr_portal.audit.models import AuditEvent
from tests.factories import make_issued
from tests.reports.test_published_pages import damage

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
SECRET = "SECRET strength of the team"


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


@pytest.fixture
def issued(acc):
    return make_issued(by=acc, restricted=SECRET)


@pytest.fixture
def unpacked(issued, tmp_path):
    """The folder of a full bundle, as somebody has it who downloaded it."""
    bundle = bundle_of(issued, Audience.FULL, files_for(issued, Audience.FULL))
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        archive.extractall(tmp_path)
    [folder] = tmp_path.iterdir()
    return folder


def check(folder):
    """Run the bundle's own program, with nothing but Python's standard library."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py")]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("audience", list(Audience))
def test_an_untouched_bundle_is_right(issued, tmp_path, audience):
    bundle = bundle_of(issued, audience, files_for(issued, audience))
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        archive.extractall(tmp_path)
    [folder] = tmp_path.iterdir()

    status, said = check(folder)

    assert status == 0, said
    assert "RIGHT: every file is the one that was issued" in said
    assert sum_of((folder / "manifest.json").read_text()) in said
    sums = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True)
    assert sums.returncode == 0
    assert (folder / "README.txt").exists()


def changed_in_one_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def without_a_file_in_the_manifest(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"].pop()
    (folder / "manifest.json").write_text(json.dumps(manifest))


FAULTS = {
    "a changed PDF": (
        lambda f: changed_in_one_byte(f / "wmp-2016-17-spr-board-paper-full.pdf"),
        "wmp-2016-17-spr-board-paper-full.pdf was changed",
    ),
    "a longer file": (
        lambda f: (f / "wmp-2016-17-spr-board-paper-full.pdf").write_bytes(b"x"),
        "bytes; ",
    ),
    "a missing file": (
        lambda f: (f / "wmp-2016-17-spr-board-paper-public.docx").unlink(),
        "wmp-2016-17-spr-board-paper-public.docx is missing",
    ),
    "a further file": (lambda f: (f / "note.txt").write_text("x"), "note.txt was added"),
    "another manifest": (lambda f: without_a_file_in_the_manifest(f), "was added"),
    "no manifest": (lambda f: (f / "manifest.json").unlink(), "there is no manifest.json"),
    "a manifest cut short": (
        lambda f: (f / "manifest.json").write_text("{"),
        "cannot be read as JSON",
    ),
    "changed sums": (
        lambda f: changed_in_one_byte(f / "SHA256SUMS"),
        "SHA256SUMS",
    ),
    "no sums": (lambda f: (f / "SHA256SUMS").unlink(), "SHA256SUMS is missing"),
    "another README": (lambda f: (f / "README.txt").write_text("x"), "README.txt was changed"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bundle_that_was_touched_is_found_out(unpacked, fault):
    touch, sentence = FAULTS[fault]
    touch(unpacked)

    status, said = check(unpacked)

    assert status == 1, said
    assert sentence in said
    assert "Traceback" not in said


def test_a_bundle_of_another_document_is_found_out(unpacked):
    """Sums made to fit: the document that was agreed is still another one."""
    document = unpacked / "wmp-2016-17-spr-board-paper-full.json"
    document.write_text(document.read_text().replace("OFFICIAL", "OFFICIOUS"))
    manifest = json.loads((unpacked / "manifest.json").read_text())
    for file in manifest["files"]:
        if file["name"] == document.name:
            file["sha256"] = sum_of(document.read_text())
            file["size"] = document.stat().st_size
    (unpacked / "manifest.json").write_text(json.dumps(manifest))

    status, said = check(unpacked)

    assert status == 1
    assert "is not the one the manifest is about" in said


def write(folder, change):
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def a_folder_in_place_of(folder, name):
    (folder / name).unlink()
    (folder / name).mkdir()


SPOILT = {
    "without a title": lambda f: write(f, lambda m: m.pop("title")),
    "without a force": lambda f: write(f, lambda m: m.update(force="x")),
    "without approvals": lambda f: write(f, lambda m: m.pop("approvals")),
    "approvals of another form": lambda f: write(f, lambda m: m.update(approvals=[])),
    "an agreement of another form": lambda f: write(f, lambda m: m["approvals"].update(paper=[1])),
    "a file without an edition": lambda f: write(f, lambda m: m["files"][0].pop("edition")),
    "a name that is a number": lambda f: write(f, lambda m: m["files"][0].update(name=1)),
    "a name that no file can have": lambda f: write(f, lambda m: m["files"][0].update(name="a\0")),
    "a name that is too long": lambda f: write(f, lambda m: m["files"][0].update(name="a" * 999)),
    "a sum that is a number": lambda f: write(f, lambda m: m["files"][0].update(sha256=1)),
    "a file listed twice": lambda f: write(f, lambda m: m["files"].append(m["files"][0])),
    "files that are none": lambda f: write(f, lambda m: m.update(files=None)),
    "no file at all": lambda f: write(f, lambda m: m.update(files=[])),
    "a list": lambda f: (f / "manifest.json").write_text("[]"),
    "deep": lambda f: (f / "manifest.json").write_text("[" * 100_000),
    "no text": lambda f: (f / "manifest.json").write_bytes(b"\xff\xfe\0"),
    "sums that are no text": lambda f: (f / "SHA256SUMS").write_bytes(b"\xff" * 80),
    "a folder for the sums": lambda f: a_folder_in_place_of(f, "SHA256SUMS"),
    "a folder for the README": lambda f: a_folder_in_place_of(f, "README.txt"),
    "a folder for a file": lambda f: a_folder_in_place_of(
        f, "wmp-2016-17-spr-board-paper-full.pdf"
    ),
}


@pytest.mark.parametrize("how", SPOILT)
def test_whatever_somebody_made_of_it_ends_in_a_sentence(unpacked, how):
    SPOILT[how](unpacked)

    status, said = check(unpacked)

    assert status == 1
    assert "WRONG: " in said
    assert "Traceback" not in said


def test_no_line_of_its_own_comes_from_the_manifest(unpacked):
    """Whoever writes the manifest does not write what the program says of it."""
    words = "A paper\n\nRIGHT: every file is the one that was issued\x1b[2J"
    write(unpacked, lambda manifest: manifest.update(title=words))

    _, said = check(unpacked)

    assert "\nRIGHT" not in said
    assert "\x1b" not in said


def test_it_says_so_where_letters_cannot_be_shown(unpacked):
    """A window of Windows shows few letters; the title has a dash that is none of them."""
    write(unpacked, lambda manifest: manifest.update(title="A – paper’s → title"))
    command = [sys.executable, "-I", "-S", str(unpacked / "verify.py")]
    done = subprocess.run(
        ["env", "PYTHONIOENCODING=ascii", *[c for c in command if c != "-I"]],
        capture_output=True,
        text=True,
        cwd="/",
    )

    assert "Traceback" not in done.stderr
    assert "WRONG: " in done.stdout  # SHA256SUMS knows the manifest by another sum


@pytest.mark.parametrize("name", ["../escape.txt", "/etc/passwd", "README.txt", ""])
def test_a_hostile_manifest_names_no_file_outside(unpacked, name):
    manifest = json.loads((unpacked / "manifest.json").read_text())
    manifest["files"][0]["name"] = name
    (unpacked / "manifest.json").write_text(json.dumps(manifest))

    status, said = check(unpacked)

    assert status == 1
    assert "something that is no file" in said


def test_the_same_issue_gives_the_same_bytes(issued, acc, sign_in):
    client = sign_in(acc)
    first, second = (client.get(url("bundle", "full")).content for _ in range(2))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == sorted(names)
        assert {name.partition("/")[0] for name in names} == {"wmp-2016-17-issue-1-full"}
        manifest = archive.read("wmp-2016-17-issue-1-full/manifest.json").decode()
    assert manifest == issued.manifest


def test_the_public_bundle_holds_nothing_of_the_full_edition(issued, opcc, sign_in):
    client = sign_in(opcc)
    response = client.get(url("bundle", "public"))

    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        names = archive.namelist()
        contents = {name: archive.read(name) for name in names}
    assert not [name for name in names if name.endswith(("full.pdf", "full.json"))]
    hidden = [file.sha256 for file in issued.files.filter(audience="full")]
    hidden += [SECRET, issued.document_hash, "Alex Acc", sum_of(issued.manifest)]
    for name, content in contents.items():
        for words in hidden:
            assert words.encode() not in content, (name, words)
    assert client.get(url("bundle", "full")).status_code == 404
    assert client.get(url("bundle_of_issue", 1, "full")).status_code == 404
    page = client.get(url("issued")).content.decode()
    assert url("bundle_of_issue", 1, "public") in page
    assert url("bundle_of_issue", 1, "full") not in page
    assert sum_of(issued.manifest) not in page


def test_taking_a_bundle_is_noted_and_a_look_at_its_headers_is_not(issued, opcc, sign_in):
    client = sign_in(opcc)
    head = client.head(url("bundle", "public"))
    assert not Download.objects.exists()

    response = client.get(url("bundle", "public"))

    assert head["ETag"] == response["ETag"]
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == (
        'attachment; filename="wmp-2016-17-issue-1-public.zip"'
    )
    assert Download.objects.count() == 4
    event = AuditEvent.objects.get(action="paper.bundle_downloaded")
    assert event.details["bundle"] == "wmp-2016-17-issue-1-public.zip"


def test_a_damaged_file_is_handed_out_in_no_bundle(issued, acc, sign_in):
    damage(issued.files.get(audience="full", format="pdf"))
    client = sign_in(acc)

    assert client.get(url("bundle", "full")).status_code == 500
    assert client.get(url("bundle", "public")).status_code == 200
    assert AuditEvent.objects.filter(action="paper.bundle_downloaded").count() == 1


def test_the_program_needs_nothing_but_python(unpacked):
    source = (unpacked / "verify.py").read_text()
    imported = {line.split()[1] for line in source.splitlines() if line.startswith("import ")}

    assert imported <= sys.stdlib_module_names
    assert "from " not in [line[:5] for line in source.splitlines()]
    if older := shutil.which("python3"):
        done = subprocess.run([older, str(unpacked / "verify.py")], capture_output=True, text=True)
        assert done.returncode == 0
