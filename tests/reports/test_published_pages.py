"""What was issued: seen by the office of the local policing body, and nothing besides."""

import hashlib

import pytest
from django.db import connection
from django.urls import get_resolver, reverse

from reports.models import Download, IssuedFile
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.factories import make_force, make_issued, make_paper, make_person

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
SECRET = "SECRET strength of the team"


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


def damage(file):
    """Change the stored bytes behind the database's back, as a failing disk would."""
    vendor = connection.vendor
    with connection.cursor() as cursor:
        if vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master"
                " WHERE type = 'trigger' AND tbl_name = 'reports_issuedfile'"
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending for ALTER
            cursor.execute("ALTER TABLE reports_issuedfile DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE reports_issuedfile SET content = %s WHERE id = %s", [b"changed", file.pk]
        )
        if vendor == "sqlite":
            for _, sql in triggers:
                cursor.execute(sql)
        else:
            cursor.execute("ALTER TABLE reports_issuedfile ENABLE TRIGGER USER")


def test_the_office_finds_the_issued_papers_of_its_force_by_year(acc, opcc, sign_in):
    make_issued(by=acc)
    client = sign_in(opcc)

    home = client.get("/")
    listed = client.get(reverse("reports:published")).content.decode()
    page = client.get(url("issued")).content.decode()

    assert home.url == reverse("reports:published")
    assert "Strategic Policing Requirement 2016/17" in listed
    file = IssuedFile.objects.get(audience="public", format="pdf")
    assert file.sha256 in page
    assert "Agreed for the Executive Team by" in page
    assert "Issued by Alex Acc, ACC Security" in page


def test_the_office_does_not_see_the_full_edition(acc, opcc, sign_in):
    make_issued(by=acc)
    client = sign_in(opcc)

    page = client.get(url("issued")).content.decode()

    assert "Full edition" not in page
    assert IssuedFile.objects.get(audience="full", format="pdf").sha256 not in page
    for file_format in ("html", "pdf", "docx"):
        assert client.get(url("download", "full", file_format)).status_code == 404
    assert not Download.objects.exists()


def test_officers_see_both_editions(acc, executive, sign_in):
    make_issued(by=acc)

    for person in (acc, executive):
        client = sign_in(person)
        assert "Full edition" in client.get(url("issued")).content.decode()
        assert client.get(url("download", "full", "pdf")).status_code == 200


@pytest.mark.parametrize(
    ("file_format", "content_type"),
    [
        ("html", "text/html; charset=utf-8"),
        ("pdf", "application/pdf"),
        (
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_the_very_bytes_are_handed_out_and_the_download_is_noted(
    acc, opcc, sign_in, file_format, content_type
):
    make_issued(by=acc)
    file = IssuedFile.objects.get(audience="public", format=file_format)

    response = sign_in(opcc).get(url("download", "public", file_format))

    assert response.content == bytes(file.content)
    assert hashlib.sha256(response.content).hexdigest() == file.sha256
    assert response["Content-Type"] == content_type
    assert response["Content-Length"] == str(file.size)
    assert response["Content-Disposition"] == f'attachment; filename="{file.name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["ETag"] == f'"{file.sha256}"'
    download = Download.objects.get()
    assert (download.file, download.by, download.by_name) == (file, opcc, "Oli Opcc")
    event = AuditEvent.objects.get(action="paper.downloaded")
    assert event.details == {"file": file.name, "sha256": file.sha256}


def test_every_download_is_noted_and_a_look_at_the_headers_is_none(acc, opcc, sign_in):
    make_issued(by=acc)
    client = sign_in(opcc)

    client.get(url("download", "public", "pdf"))
    client.get(url("download", "public", "pdf"))
    client.head(url("download", "public", "pdf"))

    assert Download.objects.count() == 2


def test_damaged_bytes_are_refused_and_not_noted(acc, opcc, sign_in):
    make_issued(by=acc)
    file = IssuedFile.objects.get(audience="public", format="pdf")
    damage(file)

    response = sign_in(opcc).get(url("download", "public", "pdf"))

    assert response.status_code == 500
    assert b"changed" not in response.content.split(b"has been damaged")[0]
    assert "has been damaged" in response.content.decode()
    assert not Download.objects.exists()
    assert not AuditEvent.objects.filter(action="paper.downloaded").exists()


def test_another_forces_papers_are_not_there(acc, sign_in):
    make_issued(by=acc)

    for role in (Role.OPCC, Role.ACC_SECURITY, Role.EXECUTIVE):
        client = sign_in(make_person(force=make_force(), role=role))
        assert client.get(url("issued")).status_code == 404
        assert client.get(url("download", "public", "pdf")).status_code == 404


@pytest.mark.parametrize("role", [Role.FORCE_LEAD, Role.CONTRIBUTOR, Role.ADMINISTRATOR])
def test_nobody_else_of_the_force_comes_here(acc, sign_in, role):
    make_issued(by=acc)
    client = sign_in(make_person(force=acc.force, role=role))

    assert client.get(reverse("reports:published")).status_code == 403
    assert client.get(url("issued")).status_code == 404
    assert client.get(url("download", "public", "pdf")).status_code == 404


def every_page():
    _ = get_resolver().url_patterns  # all of them: one app's converter is used by another
    from reports.urls import urlpatterns

    arguments = {
        "year": YEAR,
        "address": YEAR,
        "section": "introduction",
        "paragraph": "threats",
        "block": "introduction",
        "source": "introduction",
        "key": 1,
        "threat": "terrorism",
        "colour": "1d70b8",
        "identity": "submit",
        "item": "submit",
        "number": 1,
        "file_format": "html",
    }
    for pattern in urlpatterns:
        names = pattern.pattern.converters or pattern.pattern.regex.groupindex
        for audience in ("public", "full") if "audience" in names else ("",):
            kwargs = {name: arguments.get(name, audience) for name in names}
            yield pattern.name, reverse(f"reports:{pattern.name}", kwargs=kwargs)


@pytest.mark.parametrize("is_issued", [False, True])
def test_the_office_reads_no_restricted_word_anywhere(acc, opcc, sign_in, is_issued):
    make = make_issued if is_issued else make_paper
    make(by=acc, restricted=SECRET)
    client = sign_in(opcc)
    issued = {
        "issued", "download", "bundle", "one_issue", "download_of_issue", "bundle_of_issue"
    }  # fmt: skip
    issued |= {"read", "read_issue", "compare", "decision", "record_decision", "public_link"}
    mine = {"home", "published", "search", "paper_colour"} | (issued if is_issued else set())

    for name, address in every_page():
        for response in (client.get(address), client.post(address)):
            assert SECRET.encode() not in response.content, name
            if name not in mine:
                assert response.status_code in (403, 404, 405), name


def test_the_pages_ask_little_of_the_database(acc, opcc, sign_in, django_assert_max_num_queries):
    make_issued(by=acc)
    client = sign_in(opcc)

    for address, most in ((reverse("reports:published"), 8), (url("issued"), 8)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


def test_what_was_issued_is_previewed_from_what_was_stored(acc, sign_in):
    issued = make_issued(by=acc)
    force = issued.force
    force.name = "Renamed Police"
    force.save()

    text = sign_in(acc).get(url("preview", "full")).content.decode()

    assert 'class="paper-force">West Midlands Police' in text
    assert sign_in(acc).get(url("section", "introduction")).url == url("preview", "full")
