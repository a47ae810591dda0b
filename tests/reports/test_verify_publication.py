"""What is issued is checked against its sums, its manifest, the audit and the database's guard."""

import hashlib
import io
import json
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reports.domain.corrections import begin_correction
from reports.domain.manifest import canonical
from reports.models import IssuedPaper
from spr_portal.frozen import freeze, missing_triggers, thaw
from tests.factories import make_issued
from tests.reports.test_corrections import issue_again

pytestmark = pytest.mark.django_db


def verify(**options):
    out = io.StringIO()
    call_command("verify_publication", stdout=out, **(options or {"all": True}))
    return out.getvalue()


@contextmanager
def thawed(table):
    """What somebody can do who owns the database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending for DROP
    thaw(connection, table)
    yield
    freeze(connection, table)


def change(table, column, value, where):
    with thawed(table), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE id = %s",  # noqa: S608
            [value, where.pk],
        )


@pytest.fixture
def issued(acc):
    return make_issued(by=acc, restricted="SECRET strength")


def file(issued, audience="public", file_format="pdf"):
    return issued.files.get(audience=audience, format=file_format)


def test_what_was_issued_is_found_whole(issued, acc, executive):
    correcting = begin_correction(paper=issued.paper, reason="A month.", by=acc)
    issue_again(correcting, acc, executive)

    said = verify()

    assert "wmp-2016-17, issue 1: 8 files are as issued" in said
    assert "wmp-2016-17, issue 2: 8 files are as issued" in said
    assert "2 issues checked" in said
    assert "1 issue checked" in verify(force="wmp", number=2)


@pytest.mark.parametrize(
    ("touch", "sentence"),
    [
        (
            lambda i: change("reports_issuedfile", "content", b"other", file(i)),
            "the bytes of wmp-2016-17-spr-board-paper-public.pdf are not those",
        ),
        (
            lambda i: change("reports_issuedfile", "size", 1, file(i)),
            "has another size",
        ),
        (
            lambda i: change("reports_issuedfile", "name", "x.pdf", file(i)),
            "x.pdf is not in the manifest",
        ),
        (
            lambda i: change(
                "reports_issuedpaper", "document", i.document.replace("OFFICIAL", "X"), i
            ),
            "its document is not the one whose SHA-256 is stored",
        ),
        (
            lambda i: change("reports_issuedpaper", "title", "Another", i),
            "its manifest says something else about “title”",
        ),
        (
            lambda i: change("reports_issuedpaper", "issued_by_name", "Another", i),
            "its manifest says something else about “issued”",
        ),
        (
            lambda i: change("reports_issuedpaper", "manifest", "{}", i),
            "its manifest cannot be read",
        ),
        (
            lambda i: change("reports_issuedpaper", "manifest", "", i),
            "its manifest is gone",
        ),
        (
            lambda i: change(
                "reports_issuedpaper", "manifest", json.dumps(json.loads(i.manifest)), i
            ),
            "its manifest is not written as the portal writes it",
        ),
    ],
)
def test_the_first_thing_that_is_wrong_is_named(issued, touch, sentence):
    touch(issued)

    with pytest.raises(CommandError, match="wmp-2016-17, issue 1: ") as caught:
        verify()

    assert sentence in str(caught.value)


def test_a_public_edition_that_says_too_much_is_found_out(issued):
    """Somebody who owns the database puts restricted words in, with sums made to fit."""
    public = file(issued, file_format="json")
    full = json.loads(issued.document)
    full |= {"audience": "public", "edition_label": "Public edition"}
    content = json.dumps(full).encode()
    digest = hashlib.sha256(content).hexdigest()
    manifest = issued.manifest.replace(public.sha256, digest)
    for column, value in (("content", content), ("sha256", digest), ("size", len(content))):
        change("reports_issuedfile", column, value, public)
    change("reports_issuedpaper", "manifest", manifest, issued)

    with pytest.raises(CommandError, match="everything is left out that is not for the public"):
        verify()


def test_a_manifest_made_to_fit_is_not_the_one_the_audit_knows(issued):
    change("reports_issuedpaper", "title", "Another", issued)
    manifest = issued.manifest.replace(f'"title": "{issued.title}"', '"title": "Another"')
    change("reports_issuedpaper", "manifest", manifest, issued)

    with pytest.raises(CommandError, match="the audit holds the SHA-256 of"):
        verify()


@pytest.mark.parametrize("table", ["reports_issuedpaper", "reports_issuedfile"])
def test_it_is_said_when_the_database_lets_somebody_change_it(issued, table):
    assert missing_triggers(connection, table) == []
    with thawed(table), pytest.raises(CommandError, match="does not refuse changes"):
        verify()

    assert verify()


def test_a_force_may_have_another_name_by_now(issued):
    issued.force.name = "Renamed Police"
    issued.force.save()

    assert "1 issue checked" in verify()


def test_nothing_to_check_is_no_success(db):
    with pytest.raises(CommandError, match="Say which papers"):
        call_command("verify_publication")
    with pytest.raises(CommandError, match="nothing was checked"):
        verify()
    assert not IssuedPaper.objects.exists()


def without_triggers(table, sql, *values):
    with thawed(table), connection.cursor() as cursor:
        cursor.execute(sql, values)


def take_away(issued):
    files, papers = "reports_issuedfile", "reports_issuedpaper"
    issued.decisions.all().delete()
    without_triggers(files, f"DELETE FROM {files} WHERE issued_id = %s", issued.pk)  # noqa: S608
    without_triggers(papers, f"DELETE FROM {papers} WHERE id = %s", issued.pk)  # noqa: S608


def test_an_issue_that_was_taken_away_is_missed(issued, acc, executive):
    """The audit knows that it was issued: the one before it does not become what counts."""
    correcting = begin_correction(paper=issued.paper, reason="A month.", by=acc)
    second = issue_again(correcting, acc, executive)
    take_away(second)

    with pytest.raises(CommandError, match=r"wmp-2016-17, issue 2: .* is gone"):
        verify()
    with pytest.raises(CommandError, match="is gone"):
        verify(year="2016-17")
    assert "1 issue checked" in verify(number=1)


def test_the_only_issue_taken_away_is_missed(issued):
    take_away(issued)

    with pytest.raises(CommandError, match=r"wmp-2016-17, issue 1: .* is gone"):
        verify()


def test_calling_it_imported_excuses_no_missing_manifest(issued):
    change("reports_issuedpaper", "manifest", "", issued)
    change("reports_issuedpaper", "origin", "imported", issued)

    with pytest.raises(CommandError, match="its manifest is gone"):
        verify()


HOSTILE = ["[]", "null", "1", '"x"', "{", "{}", "[" * 100_000, '{"is": "Paper"}']


@pytest.mark.parametrize("said", HOSTILE)
def test_whatever_lies_there_ends_in_a_sentence(issued, said):
    digest = hashlib.sha256(said.encode()).hexdigest()
    public = file(issued, file_format="json")
    for column, value in (("content", said.encode()), ("sha256", digest), ("size", len(said))):
        change("reports_issuedfile", column, value, public)
    with pytest.raises(CommandError, match="wmp-2016-17, issue 1: "):
        verify()

    change("reports_issuedpaper", "manifest", said, issued)
    with pytest.raises(CommandError, match="wmp-2016-17, issue 1: "):
        verify()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda m: m["files"].append(1),
        lambda m: m["files"][0].pop("sha256"),
        lambda m: m["files"][0].update(name=["x"]),
        lambda m: m.update(force=1),
        lambda m: m.update(files={"name": 1}),
        lambda m: m.update(files=[m["files"][0], *m["files"]]),
    ],
)
def test_a_spoilt_manifest_ends_in_a_sentence(issued, spoil):
    manifest = json.loads(issued.manifest)
    spoil(manifest)
    change("reports_issuedpaper", "manifest", canonical(manifest), issued)

    with pytest.raises(CommandError, match="wmp-2016-17, issue 1: "):
        verify()


def test_bytes_that_are_no_text_end_in_a_sentence(issued):
    public = file(issued, file_format="json")
    digest = hashlib.sha256(b"\xff").hexdigest()
    for column, value in (("content", b"\xff"), ("sha256", digest), ("size", 1)):
        change("reports_issuedfile", column, value, public)

    with pytest.raises(CommandError, match="wmp-2016-17, issue 1: "):
        verify()
