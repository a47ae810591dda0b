import datetime

import pytest
from django import forms

from spr_portal.form_fields import MONTHS, DateField, LineField, PlainTextField
from spr_portal.forms import GovukForm


class CycleForm(GovukForm):
    as_at = DateField(label="As-at date")
    due = DateField(label="When is it due?", called="Due date", required=False)


def date_form(day="", month="", year="") -> CycleForm:
    return CycleForm({"as_at_day": day, "as_at_month": month, "as_at_year": year})


@pytest.mark.parametrize("month", ["9", "09", "Sep", "sept", "SEPTEMBER", " Sep. "])
def test_month_may_be_a_number_or_its_name(month):
    form = date_form("30", month, "2016")

    assert form.is_valid()
    assert form.cleaned_data == {"as_at": datetime.date(2016, 9, 30), "due": None}


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_has_its_name(number):
    form = date_form("1", MONTHS[number - 1], "2016")

    assert form.is_valid()
    assert form.cleaned_data["as_at"] == datetime.date(2016, number, 1)


@pytest.mark.parametrize(
    ("typed", "sentence", "parts"),
    [
        (("", "", ""), "Enter the as-at date", None),
        (("", "9", "2016"), "As-at date must include a day", ("day",)),
        (("30", "", ""), "As-at date must include a month and year", ("month", "year")),
        (("31", "Feb", "2016"), "As-at date must be a real date", ("day", "month", "year")),
        (("1", "Juin", "2016"), "As-at date must be a real date", ("month",)),
        (("1", "13", "2016"), "As-at date must be a real date", ("day", "month", "year")),
        (("x", "1", "2016"), "As-at date must be a real date", ("day",)),
        (("-1", "1", "2016"), "As-at date must be a real date", ("day",)),
        (("٣", "1", "2016"), "As-at date must be a real date", ("day",)),
        (("1", "1", "16"), "As-at date must have a year of 4 numbers", ("year",)),
        (("1", "1", "0000"), "As-at date must be a real date", ("day", "month", "year")),
        (("\x00", "\ud800", "9" * 5000), "As-at date must include a day and month", None),
    ],
)
def test_wrong_date_says_what_is_wrong_and_where(typed, sentence, parts):
    form = date_form(*typed)

    assert form.errors["as_at"] == [sentence]
    if parts:
        assert form.errors["as_at"].as_data()[0].params["parts"] == parts


def test_date_can_be_called_otherwise_than_its_label():
    form = CycleForm({"due_day": "40"})

    assert form.errors["due"] == ["Due date must include a month and year"]


def test_date_that_was_not_touched_has_not_changed():
    initial = {"as_at": datetime.date(2016, 9, 30)}
    form = CycleForm(
        {"as_at_day": "30", "as_at_month": "September", "as_at_year": "2016"}, initial=initial
    )

    assert form.changed_data == []


class TextForm(GovukForm):
    narrative = PlainTextField(label="Threat picture", required=False)
    title = LineField(required=False, max_length=5)


def test_too_long_a_text_says_how_long_it_is():
    form = TextForm({"narrative": "x" * 10_312, "title": "123456"})

    assert form.errors == {
        "narrative": ["Threat picture must be 10,000 characters or fewer; you have written 10,312"],
        "title": ["Title must be 5 characters or fewer; you have written 6"],
    }


def test_line_breaks_of_a_browser_count_once():
    form = TextForm({"narrative": "a\r\n" * 3_333 + "b"})

    assert form.is_valid()


def test_null_characters_and_surrogates_do_no_harm():
    form = TextForm({"narrative": "a\x00\ud83db", "title": "\x00\udc00"})

    assert form.is_valid()
    assert form.cleaned_data == {"narrative": "ab", "title": ""}


def test_blank_looking_text_is_no_answer_where_one_is_needed():
    class AnswerForm(GovukForm):
        answer = PlainTextField()

    assert AnswerForm({"answer": "\u200b \u00a0\n"}).errors == {"answer": ["Enter the answer"]}


def test_missing_answers_are_named():
    class MixedForm(GovukForm):
        title = forms.CharField()
        spr_lead = forms.CharField(label="SPR lead")
        rating = forms.ChoiceField(choices=[("a", "A")])
        why = forms.CharField(label="Why is that?")
        is_true = forms.BooleanField(label="I declare it")
        own = forms.CharField(error_messages={"required": "Say something"})

    errors = {name: messages[0] for name, messages in MixedForm({}).errors.items()}

    assert errors == {
        "title": "Enter the title",
        "spr_lead": "Enter the SPR lead",
        "rating": "Select the rating",
        "why": "Answer the question “Why is that?”",
        "is_true": "Tick “I declare it”",
        "own": "Say something",
    }
