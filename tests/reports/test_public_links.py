"""The public link: off until somebody switches it on, and nothing but the public edition."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from reports.domain.public_links import switch_public_link
from reports.models import IssuedFile, IssuedPaper, PublicLink
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from tests.factories import make_force, make_issued, make_person
from tests.reports.test_board_pages import make_past

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
SECRET = "Quartzfield"
HERE = f"/public/wmp/{YEAR}/"


def switch(issued, by, *, is_on=True, may_be_indexed=False):
    return switch_public_link(issued=issued, is_on=is_on, may_be_indexed=may_be_indexed, by=by)


def test_a_paper_is_closed_until_the_office_opens_it_and_closed_again(acc, opcc, sign_in):
    make_issued(by=acc)
    office, stranger = sign_in(opcc), Client()
    assert stranger.get(HERE).status_code == 404

    office.post(reverse("reports:public_link", args=[YEAR]), {"access": "on"})
    page = stranger.get(HERE)
    office.post(reverse("reports:public_link", args=[YEAR]), {"access": "off"})

    assert page.status_code == 200
    assert "Strategic Policing Requirement 2016/17" in page.content.decode()
    for path in (HERE, f"{HERE}1/", f"{HERE}1/pdf/", f"{HERE}1/bundle/"):
        assert stranger.get(path).status_code == 404
    details = [e.details for e in AuditEvent.objects.filter(action="public_link.switched")]
    assert [one["is_on"] for one in details] == [True, False]


def test_strangers_read_the_public_edition_and_no_restricted_byte(acc, opcc):
    issued = make_issued(by=acc, restricted=SECRET)
    switch(issued, opcc)
    stranger = Client()
    assert SECRET in issued.document

    page = stranger.get(HERE).content.decode()
    answers = [stranger.get(f"{HERE}1/{form}/") for form in ("html", "pdf", "docx", "json")]
    bundle = stranger.get(f"{HERE}1/bundle/")

    assert "is withheld under" in page
    assert SECRET not in page
    for answer in answers:
        assert answer.status_code == 200
        assert SECRET.encode() not in answer.content
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        for name in archive.namelist():
            assert SECRET.encode() not in archive.read(name)
            assert "full" not in name
    file = IssuedFile.objects.get(audience="public", format="pdf")
    assert answers[1].content == bytes(file.content)


def test_strangers_can_compare_the_manifest_of_the_bundle_with_the_page(acc, opcc):
    switch(make_issued(by=acc), opcc)
    stranger = Client()

    bundle = stranger.get(f"{HERE}1/bundle/")

    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        [manifest] = [name for name in archive.namelist() if name.endswith("/manifest.json")]
        digest = hashlib.sha256(archive.read(manifest)).hexdigest()
    assert digest in stranger.get(HERE).content.decode()


def test_the_page_is_kept_for_a_while_by_its_sum_and_sets_no_cookie(acc, opcc):
    switch(make_issued(by=acc), opcc)
    stranger = Client()

    for path in (HERE, f"{HERE}1/pdf/", f"{HERE}1/bundle/"):
        answer = stranger.get(path)
        again = stranger.get(path, headers={"If-None-Match": answer["ETag"]})
        head = stranger.head(path)

        assert answer["Cache-Control"] == "public, max-age=300, must-revalidate"
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies
        assert len(answer["ETag"]) == 66
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == answer["Cache-Control"]
        assert (head.status_code, head.content) == (200, b"")
        assert head["ETag"] == answer["ETag"]


def test_search_engines_are_asked_not_to_list_it_unless_somebody_lets_them(acc, opcc):
    issued = make_issued(by=acc)
    switch(issued, opcc)
    stranger = Client()
    assert stranger.get(HERE)["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in stranger.get(HERE).content.decode()

    switch(issued, opcc, may_be_indexed=True)

    assert "X-Robots-Tag" not in stranger.get(HERE)
    assert "X-Robots-Tag" not in stranger.get(f"{HERE}1/pdf/")
    assert 'name="robots"' not in stranger.get(HERE).content.decode()
    rules = stranger.get("/robots.txt").content.decode()
    assert "Allow: /public/" in rules
    assert "Disallow: /\n" in rules


def test_a_page_costs_few_queries(acc, opcc, django_assert_max_num_queries):
    switch(make_issued(by=acc), opcc)

    for path in (HERE, f"{HERE}1/", f"{HERE}1/pdf/"):
        with django_assert_max_num_queries(4):
            assert Client().get(path).status_code == 200


def test_the_link_of_a_year_opens_no_other_year(acc, opcc):
    issued = make_issued(by=acc)
    make_past(issued)
    switch(issued, opcc)

    assert Client().get("/public/wmp/2015-16/").status_code == 404
    assert Client().get(f"{HERE}2/").status_code == 404


def test_a_paper_made_before_the_portal_can_be_opened_too(acc, opcc):
    switch(make_past(make_issued(by=acc, restricted=SECRET)), opcc)

    page = Client().get("/public/wmp/2015-16/")

    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    assert Client().get("/public/wmp/2015-16/1/bundle/").status_code == 404


@pytest.mark.parametrize("role", [Role.STAFF_OFFICER, Role.EXECUTIVE, Role.FORCE_LEAD])
def test_others_do_not_switch_it(acc, role):
    issued = make_issued(by=acc)

    with pytest.raises(PolicyDenied):
        switch(issued, make_person(force=acc.force, role=role))
    with pytest.raises(PolicyDenied):
        switch(issued, make_person(force=make_force(), role=Role.OPCC))
    assert not PublicLink.objects.exists()


def test_switching_to_what_it_is_changes_nothing(acc, opcc):
    issued = make_issued(by=acc)

    assert switch(issued, opcc) == switch(issued, acc)
    assert AuditEvent.objects.filter(action="public_link.switched").count() == 1


def test_strangers_are_told_nothing_of_a_correction_but_that_it_stands(acc, opcc):
    """An issue that is superseded stays under its number, with a notice, and is not listed."""
    issued = make_issued(by=acc)
    switch(issued, opcc, may_be_indexed=True)
    copied = {
        field.attname: getattr(issued, field.attname)
        for field in IssuedPaper._meta.concrete_fields
        if field.name not in ("id", "number", "supersedes", "correction", "paper")
    }
    IssuedPaper.objects.create(
        **copied, paper_id=None, number=2, supersedes=issued, correction=f"{SECRET} was wrong."
    )
    stranger = Client()

    old, new = stranger.get(f"{HERE}1/"), stranger.get(HERE)

    assert "This is issue 1, which counts no more." in old.content.decode()
    assert old["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in new
    assert SECRET not in old.content.decode() + new.content.decode()
