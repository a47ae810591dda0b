import datetime
import re

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from spr_portal.appearance import (
    MINIMUM_CONTRAST,
    WHITE,
    contrast,
    parse,
    readable_under_white,
    stylesheet,
)
from spr_portal.field_display import FieldDisplay
from spr_portal.identity.enums import Role
from tests.factories import make_force, make_person
from tests.frontend.markup import Markup
from tests.frontend.sample import EveryFieldForm, ParagraphFormSet

WRONG_DATE = {"as_at_day": "1", "as_at_month": "Juin", "as_at_year": "2016"}
FOCUSABLE = {"input", "select", "textarea"}


def rendered(source: str, **context) -> str:
    return Template("{% load portal crispy_forms_tags crispy_forms_field %}" + source).render(
        Context(context)
    )


WRITERS = ["My work", "Registers", "SPR board", "Recommendations", "E-mails"]
WHOLE_YEAR = [
    "My work", "The year", "Registers", "SPR board", "Papers", "Recommendations", "E-mails"
]  # fmt: skip


@pytest.mark.usefixtures("sample_pages")
@pytest.mark.django_db
class TestEveryField:
    @pytest.mark.parametrize("address", ["/sample/", "/sample/crispy/"])
    def test_each_error_links_to_a_control_that_exists(self, client, address):
        page = Markup(client.post(address, WRONG_DATE).content.decode())

        links = [a["href"][1:] for a in page.all("a") if a["href"].startswith("#id_")]
        controls = {a.get("id") for tag, a in page.elements if tag in FOCUSABLE}
        assert links == [
            "id_title",
            "id_narrative",
            "id_email",
            "id_password",
            "id_held",
            "id_as_at_month",
            "id_threat",
            "id_rating_0",
            "id_levels_0",
            "id_is_true",
            "id_attachment",
        ]
        assert set(links) <= controls

    @pytest.mark.parametrize("address", ["/sample/", "/sample/crispy/"])
    def test_what_describes_and_labels_a_field_exists_once(self, client, address):
        for page in (client.get(address), client.post(address, {})):
            markup = Markup(page.content.decode())
            described = [
                name
                for _, attributes in markup.elements
                for name in attributes.get("aria-describedby", "").split()
            ]
            assert len(markup.ids) == len(set(markup.ids))
            assert described
            assert set(described) <= set(markup.ids)
            assert {a["for"] for a in markup.all("label")} <= set(markup.ids)

    def test_no_field_is_required_or_cut_off_by_the_browser(self, client):
        page = Markup(client.get("/sample/").content.decode())

        attributes = {name for _, given in page.elements for name in given}
        assert attributes.isdisjoint({"required", "maxlength", "min", "max", "style", "onclick"})

    def test_nothing_on_the_page_needs_inline_code(self, client):
        page = Markup(client.get("/sample/").content.decode())

        assert page.all("style") == []
        assert [a["type"] for a in page.all("script")] == ["module"]
        assert all(a["src"].startswith("/static/") for a in page.all("script"))

    def test_what_was_typed_comes_back_escaped(self, client):
        typed = '<script>alert(1)</script>\r\n"quoted" & ’'
        page = client.post(
            "/sample/", {"title": typed, "narrative": typed, "rating": "none", **WRONG_DATE}
        )

        assert b"<script>alert" not in page.content
        markup = Markup(page.content.decode())
        assert markup.all("input", name="as_at_month")[0]["value"] == "Juin"
        assert [a["value"] for a in markup.all("input", name="rating") if "checked" in a] == [
            "none"
        ]

    def test_title_says_first_that_there_is_an_error(self, client):
        def title(page):
            return re.search("<title>(.*?)</title>", page.content.decode()).group(1)

        assert title(client.get("/sample/")) == "Every component – SPR Portal"
        assert title(client.post("/sample/", {})) == "Error: Every component – SPR Portal"


def test_password_is_never_sent_back():
    form = EveryFieldForm({"password": "a secret thing"})

    assert "a secret thing" not in rendered("{{ form|crispy }}", form=form)


def test_single_field_filters_and_tags_work():
    form = EveryFieldForm(initial={"title": "A & B"})

    whole = rendered('{% include "components/field.html" with field=form.title only %}', form=form)
    same = rendered("{{ form.title|as_crispy_field }}", form=form)
    assert Markup(whole).elements == Markup(same).elements
    bare = Markup(rendered("{% crispy_field form.title %}", form=form))
    assert [a["class"] for a in bare.all("input")] == ["govuk-input"]


def test_helper_can_make_the_form_element_and_buttons():
    from crispy_forms.layout import Submit  # here because only this test needs a layout

    form = EveryFieldForm()
    helper = form.helper
    helper.form_tag = True
    helper.add_input(Submit("save", "Save"))

    page = Markup(rendered("{% crispy form helper %}", form=form, helper=helper))

    assert [a["method"] for a in page.all("form")] == ["post"]
    assert "novalidate" in page.all("form")[0]
    assert [a["name"] for a in page.all("button", type="submit")] == ["save"]


def test_formsets_are_rendered_and_their_errors_summed_up():
    formset = ParagraphFormSet(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "2",
            "form-0-text": "One",
            "form-0-marking": "public",
            "form-1-text": "",
        }
    )

    page = Markup(rendered("{% error_summary formset %}{{ formset|crispy }}", formset=formset))

    links = [a["href"][1:] for a in page.all("a")]
    assert links == ["id_form-1-text", "id_form-1-marking_0"]
    assert set(links) <= set(page.ids)


def test_field_without_options_still_has_a_target():
    class EmptyForm(forms.Form):
        choice = forms.ChoiceField(choices=[], widget=forms.RadioSelect)

    form = EmptyForm({})

    page = Markup(rendered("{% error_summary form %}{{ form|crispy }}", form=form))
    assert [a["href"][1:] for a in page.all("a")] == ["id_choice"]
    assert "id_choice" in page.ids


def test_errors_of_no_field_are_said_without_a_link():
    form = EveryFieldForm({})
    form.add_error(None, "Somebody else changed this.")

    page = rendered("{% error_summary form %}", form=form)

    assert "<li>Somebody else changed this.</li>" in page


@pytest.mark.parametrize("nothing", [None, "", "words", [], EveryFieldForm()])
def test_no_form_has_no_errors(nothing):
    assert rendered("{% error_summary form %}{{ form|has_errors }}", form=nothing).strip() == (
        "False"
    )


@pytest.mark.parametrize("widget", [forms.TextInput, forms.Textarea, forms.Select])
def test_disabled_field_says_so(widget):
    class LockedForm(forms.Form):
        words = forms.ChoiceField(choices=[("a", "A")], disabled=True, widget=widget)

    assert "disabled" in FieldDisplay(LockedForm()["words"]).attributes


class TestPlainTextOnPages:
    def test_paragraphs_and_bullets_are_marked_up_and_escaped(self):
        html = rendered("{{ text|paragraphs }}", text="<b>One</b>\n- a & b\n\nTwo")

        assert html == (
            '<p class="govuk-body">&lt;b&gt;One&lt;/b&gt;</p>'
            '<ul class="govuk-list govuk-list--bullet"><li>a &amp; b</li></ul>\n'
            '<p class="govuk-body">Two</p>'
        )

    def test_nothing_is_nothing(self):
        assert rendered("{{ text|paragraphs }}{{ text|day }}{{ text|moment }}", text=None) == ""

    def test_dates_are_written_out(self):
        summer = datetime.datetime(2016, 7, 1, 12, 5, tzinfo=datetime.UTC)

        html = rendered("{{ on|day }}; {{ at|moment }}", on=datetime.date(2017, 2, 7), at=summer)

        assert html == "7 February 2017; 1 July 2016 at 1:05pm"


def test_status_without_words_is_refused():
    with pytest.raises(KeyError):
        rendered("{% status_tag status table %}", status="unheard", table={})


@pytest.mark.parametrize("colour", ["000000", "ffffff", "ffdd00", "1d70b8", "f47738", "5c2d91"])
def test_white_words_can_be_read_on_any_force_s_colour(colour):
    assert contrast(readable_under_white(parse(colour)), WHITE) >= MINIMUM_CONTRAST


def test_dark_enough_a_colour_is_left_as_it_is():
    assert "--govuk-brand-colour: #5c2d91;" in stylesheet("#5c2d91")


@pytest.mark.django_db
class TestSurroundings:
    def test_colour_style_sheet_is_kept_by_browsers(self, client):
        answer = client.get("/colour/5c2d91.css")

        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/css; charset=utf-8"
        assert "immutable" in answer["Cache-Control"]

    @pytest.mark.parametrize("colour", ["5c2d9", "5c2d911", "zzzzzz", "5C2D91", "}body{"])
    def test_what_is_no_colour_is_not_found(self, client, colour):
        assert client.get(f"/colour/{colour}.css").status_code in {302, 404}

    @pytest.mark.parametrize(
        ("stored", "shown"), [("#5C2D91", "5c2d91"), ("purple", "1d70b8"), ("", "1d70b8")]
    )
    def test_odd_colour_takes_no_page_down(self, client, stored, shown):
        client.force_login(make_person(force=make_force(colour=stored)))

        page = client.get("/accessibility/").content.decode()

        assert f"/colour/{shown}.css" in page

    def test_stranger_sees_no_force(self, client):
        make_force(name="West Mercia Police", colour="#5c2d91")

        page = client.get("/accessibility/").content.decode()

        assert "West Mercia" not in page
        assert "/colour/1d70b8.css" in page
        assert "Sign out" not in page
        assert "The year" not in page

    @pytest.mark.parametrize(
        ("role", "labels"),
        [
            (Role.FORCE_LEAD, WRITERS),
            (Role.CONTRIBUTOR, WRITERS),
            (Role.ACC_SECURITY, WHOLE_YEAR),
            (Role.STAFF_OFFICER, WHOLE_YEAR),
            (Role.EXECUTIVE, WHOLE_YEAR),
            (Role.OPCC, ["My work", "Published papers"]),
            (Role.ADMINISTRATOR, ["My work", "People"]),
            (None, ["My work"]),
        ],
    )
    def test_each_role_is_shown_its_own_way(self, client, role, labels):
        force = make_force(name="West Mercia Police", colour="#5c2d91")
        client.force_login(make_person(force=force, role=role, name="Alex Morgan"))

        page = client.get("/accessibility/")

        assert [item.label for item in page.context["portal"].navigation] == labels
        content = page.content.decode()
        assert "Accessibility statement – West Mercia Police – SPR Portal" in content
        assert "Alex Morgan" in content
        assert "/colour/5c2d91.css" in content
        assert 'href="/accounts/password/change/"' in content
        assert Markup(content).all("form", action="/accounts/logout/", method="post") != []

    def test_page_s_surroundings_cost_at_most_four_queries(
        self, client, django_assert_max_num_queries
    ):
        client.force_login(make_person(role=Role.ACC_SECURITY))
        client.get("/accessibility/")

        # Session, person, force, appointments.
        with django_assert_max_num_queries(4):
            client.get("/accessibility/")

    def test_demonstration_says_that_it_is_one(self, client, settings):
        assert b"This is a demonstration" not in client.get("/accessibility/").content

        settings.DEMONSTRATION = True

        assert b"This is a demonstration" in client.get("/accessibility/").content

    def test_accessibility_statement_names_whom_to_write_to(self, client, settings):
        settings.CONTACT_EMAIL = "spr@example.org"

        assert "mailto:spr@example.org" in client.get("/accessibility/").content.decode()


def test_page_for_a_broken_portal_needs_no_database():
    # No django_db mark: a query would fail here.
    page = render_to_string("500.html")

    assert "Sorry, there is a problem with the portal" in page
    assert "vendor/govuk-frontend/govuk-frontend.min.css" in page
