"""What a force's papers look like: logo, colour, and the words they always print."""

import base64
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from reports.document import Audience
from reports.domain.brand import change_brand, colour_in_full, problem_with_colour, set_logo
from reports.domain.documents import document_hash, document_of
from reports.models import Brand
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.exceptions import PolicyDenied, Refused
from tests.evidence.uploads import a_photograph_with_place, a_picture
from tests.factories import make_agreed, make_paper, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sign_in, acc):
    return sign_in(acc)


def upload(client, content: bytes, name="logo.png", description="Crest of the force"):
    data = {"file": SimpleUploadedFile(name, content), "description": description}
    return client.post(reverse("reports:brand_logo"), data, follow=True)


def save(client, **values):
    fields = {"colour": "", "head_words": "", "foot_words": "", "version": "1"}
    return client.post(reverse("reports:brand"), fields | values, follow=True)


def picture_of(brand: Brand) -> Image.Image:
    return Image.open(io.BytesIO(brand.logo))


def test_what_is_set_stands_in_both_editions_of_every_paper(client, force, acc):
    upload(client, a_picture("PNG", size=(60, 20)))
    save(
        client,
        colour="#553399",
        head_words="Protecting people",
        foot_words="Ask for large print.\nCall 101.",
        version=str(Brand.objects.get(force=force).version),
    )
    paper = make_paper(by=acc)

    full, public = (document_of(paper, audience) for audience in (Audience.FULL, Audience.PUBLIC))

    assert full.brand == public.brand
    assert base64.b64decode(full.brand.logo)[:8] == b"\x89PNG\r\n\x1a\n"
    assert (full.brand.logo_description, full.brand.colour, full.brand.head_words) == (
        "Crest of the force",
        "#553399",
        "Protecting people",
    )
    assert full.brand.foot_words == ("Ask for large print.", "Call 101.")


def test_a_paper_of_a_force_that_set_nothing_has_no_brand(acc):
    paper = make_paper(by=acc)

    assert document_of(paper, Audience.FULL).brand is None


def test_after_a_change_an_agreed_paper_has_to_be_agreed_again(force):
    paper = make_agreed(force=force)
    before = document_hash(document_of(paper, Audience.FULL))

    change_brand(
        force=force,
        values={"head_words": "Other words"},
        started_from=1,
        by=make_person(force=force, role="acc_security"),
    )

    paper.refresh_from_db()
    document = document_of(type(paper).objects.get(pk=paper.pk), Audience.FULL)
    assert document.is_draft
    assert document_hash(document) != before


@pytest.mark.parametrize(
    ("typed", "kept"), [("1D3A5F", "#1d3a5f"), ("#abc", "#aabbcc"), (" #1d3a5f ", "#1d3a5f")]
)
def test_a_colour_is_kept_in_one_way(typed, kept):
    assert colour_in_full(typed) == kept


@pytest.mark.parametrize(
    ("colour", "reason"),
    [
        ("#ffdd00", "The colour is too pale: its contrast with white is 1.3 to 1"),
        ("#777777", "The colour is too pale: its contrast with white is 4.5 to 1"),
        ("navy", "The colour must be six figures"),
        ("#1d3a5f;}", "The colour must be six figures"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_beside_its_field(client, force, colour, reason):
    response = save(client, colour=colour[:7] if ";" not in colour else "#1d3;}x")

    assert reason in response.context["form"].errors["colour"][0]
    assert not Brand.objects.filter(force=force).exclude(colour="").exists()


def test_colours_dark_enough_for_text_are_taken():
    assert [problem_with_colour(c) for c in ("", "#000000", "#767676", "#1d70b8")] == [""] * 4


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("logo.svg", b"<svg/>", "The logo must be a PNG or JPEG picture"),
        ("logo.png", b"not a picture", "What is in the file is not a PNG picture"),
        ("logo.png", a_picture("PNG")[:60], "The picture is damaged: it cannot be drawn"),
        ("logo.jpg", a_picture("PNG"), "What is in the file is not a JPEG picture"),
        ("logo.png", a_picture("PNG", size=(9000, 9000)), "million pixels or fewer"),
        ("logo.png", a_picture("PNG", size=(8, 8)), "16 pixels wide and high"),
        ("logo.png", b"x" * (2 * 2**20 + 1), "must be 2 MB or smaller"),
    ],
)
def test_a_file_that_is_no_logo_is_refused_and_the_old_one_stays(
    client, force, name, content, reason
):
    upload(client, a_picture("PNG"))
    before = bytes(Brand.objects.get(force=force).logo)

    response = upload(client, content, name)

    assert reason in response.context["logo_form"].errors["file"][0]
    assert bytes(Brand.objects.get(force=force).logo) == before


def test_a_logo_needs_words_for_who_does_not_see_it(client, force):
    response = upload(client, a_picture("PNG"), description=" ")

    assert response.context["logo_form"].errors["description"] == ["Enter what the logo shows"]
    assert not Brand.objects.exclude(logo=None).exists()


def test_a_logo_is_drawn_anew_without_what_the_file_held(client, force):
    upload(client, a_photograph_with_place(), "logo.jpg")

    logo = Brand.objects.get(force=force).logo
    assert b"CanaryCamera" not in bytes(logo)
    assert picture_of(Brand.objects.get(force=force)).format == "PNG"


def test_a_large_logo_is_made_as_small_as_it_is_printed_and_stands_on_white(client, force):
    drawn = io.BytesIO()
    Image.new("RGBA", (3000, 500), (0, 0, 0, 0)).save(drawn, "PNG")

    upload(client, drawn.getvalue())

    picture = picture_of(Brand.objects.get(force=force)).convert("RGB")
    assert picture.size == (840, 140)
    assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_a_logo_is_removed(client, force):
    upload(client, a_picture("PNG"))

    response = client.post(reverse("reports:remove_brand_logo"), follow=True)

    brand = Brand.objects.get(force=force)
    assert (brand.logo, brand.logo_description) == (None, "")
    assert "No logo is printed." in response.content.decode()
    assert [event.action for event in AuditEvent.objects.order_by("pk")][-2:] == [
        "brand.logo_set",
        "brand.logo_removed",
    ]


def test_two_who_change_it_at_once_see_each_others_words(client, force):
    save(client, head_words="First")

    response = save(client, head_words="Second")

    page = response.content.decode()
    assert response.status_code == 409
    assert "First" in page
    assert 'value="Second"' in page
    assert Brand.objects.get(force=force).head_words == "First"


def test_the_executive_team_does_not_change_it(executive, force, tmp_path):
    picture = tmp_path / "logo.png"
    picture.write_bytes(a_picture("PNG"))

    with pytest.raises(PolicyDenied):
        change_brand(force=force, values={}, started_from=1, by=executive)
    with pytest.raises(PolicyDenied):
        set_logo(force=force, upload=picture, name="logo.png", description="Crest", by=executive)


def test_another_forces_writer_does_not_change_it(acc):
    other = make_paper().force

    with pytest.raises(PolicyDenied):
        change_brand(force=other, values={}, started_from=1, by=acc)


def test_the_domain_refuses_a_pale_colour_too(force, acc):
    with pytest.raises(Refused, match="too pale"):
        change_brand(force=force, values={"colour": "#ffffff"}, started_from=1, by=acc)


def test_a_page_shows_the_paper_in_its_colour(client, acc):
    save(client, colour="#553399")
    paper = make_paper(by=acc)

    page = client.get(reverse("reports:preview", args=[paper.address, "full"])).content.decode()

    address = reverse("reports:paper_colour", args=["553399"])
    assert f'<link rel="stylesheet" href="{address}">' in page
    assert "--paper-brand: #553399;" in client.get(address).content.decode()
