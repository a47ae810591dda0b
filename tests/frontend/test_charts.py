"""Charts: right numbers, words that fit, and a picture that says itself in words."""

from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from spr_portal.charts import (
    Bar,
    Capacity,
    Heat,
    HeatRow,
    bar_chart,
    capacity_chart,
    heat_table,
    matrix,
)
from spr_portal.charts.sheet import SMALL, WIDTH, length, width_of, wrapped

SVG = "{http://www.w3.org/2000/svg}"
LONG = "National cyber security incident command and control " * 4
NO_SPACE = "W" * 80


def drawn(drawing) -> ElementTree.Element:
    written = render_to_string("charts/drawing.svg.html", {"drawing": drawing})
    return ElementTree.fromstring(written)  # noqa: S314  our own


def words_in(svg) -> list[str]:
    return [text.text for text in svg.iter(f"{SVG}text")]


def bars_of(numbers) -> object:
    bars = [Bar(f"Bar {place}", number) for place, number in enumerate(numbers)]
    return bar_chart(bars, identity="b", title="Bars")


HOSTILE = {
    "no bar": bars_of([]),
    "one bar": bars_of([1]),
    "nothing": bars_of([0, 0]),
    "a million": bars_of([1_000_000, 1, 0]),
    "forty": bars_of(range(40)),
    "long labels": bar_chart([Bar(LONG, 3), Bar(NO_SPACE, 2)], identity="b", title="Bars"),
    "no unit": capacity_chart([], identity="c", title="Units"),
    "units": capacity_chart(
        [
            Capacity(LONG, LONG, 19, 12, 15, "Short by 7 now, by 4 as projected"),
            Capacity(NO_SPACE, NO_SPACE, None, None, None),
            Capacity("Many", "Terrorism", 1_000_000, 3, None, "Short by 999,997 now"),
            Capacity("None", "Terrorism", 0, 0, 0),
            Capacity("Only held", "Terrorism", None, 62),
        ],
        identity="c",
        title="Units",
    ),
    "no row": heat_table(["Capacity"], [], identity="h", title="Ratings"),
    "no column": heat_table([], [HeatRow("Threat", ())], identity="h", title="Ratings"),
    "wide words": heat_table(
        ["Capacity and contribution", "Connectivity", NO_SPACE, "C", "C"],
        [HeatRow(LONG, (Heat(LONG, "green", "G", "↑ was A"), *[Heat(NO_SPACE, "", "…")] * 4))],
        identity="h",
        title="Ratings",
    ),
    "large counts": matrix([[(1_000_000, "Low", "green")] * 3] * 3, identity="m", title="M"),
    "markup": bar_chart([Bar('<script>"&', 1)], identity="b", title="<b>&"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_drawing_of_anything_is_whole_and_within_its_edges(name):
    drawing = HOSTILE[name]

    svg = drawn(drawing)

    assert drawing.height > 0
    for group in drawing.lettering:
        assert group.size >= SMALL
        for word in group.words:
            wide = width_of(word.text, group.size, is_bold=group.is_bold)
            left = {"start": 0, "middle": wide / 2, "end": wide}[group.anchor]
            assert int(word.x) - left >= -2, word
            assert int(word.x) - left + wide <= WIDTH + 2, word
            assert 0 < int(word.y) <= drawing.height
    named = {element.get("id"): element for element in svg.iter() if element.get("id")}
    assert svg.get("role") == "img"
    assert [named[key].text for key in svg.get("aria-labelledby").split()] == [
        drawing.title,
        drawing.description or None,
    ]


def test_bars_are_in_proportion_and_the_least_is_seen():
    assert length(50, 100, 200) == 100
    assert length(100, 100, 200) == 200
    assert length(1, 1_000_000, 200) == 1
    assert length(0, 10, 200) == 0
    assert length(0, 0, 200) == 0


def test_each_bar_has_its_number_beside_it():
    assert words_in(drawn(bars_of([0, 7, 1200]))) == [
        "Bar 0", "Bar 1", "Bar 2", "0", "7", "1,200",
    ]  # fmt: skip


def test_what_is_missing_is_hatched_and_what_is_not_given_is_said():
    unit = Capacity("Units", "Public order, local", 19, 12, None, "Short by 7 now")
    drawing = capacity_chart([unit], identity="c", title="Units")
    assert [shape.fill for shape in drawing.shapes].count("missing") == 1
    assert {"19", "12", "Short by 7 now"} <= set(words_in(drawn(drawing)))
    assert "required 19, held 12. Short by 7 now." in drawing.description

    planned = Capacity("Units", "Public order, local", 19, 70, 62)
    drawing = capacity_chart([planned], identity="c", title="Units")
    assert "missing" not in [shape.fill for shape in drawing.shapes]

    unknown = Capacity("Units", "Public order, local", 19, None)
    assert "not given" in words_in(drawn(capacity_chart([unknown], identity="c", title="Units")))


def test_what_is_not_rated_is_never_green():
    row = HeatRow("Terrorism", (Heat("Not rated", "grey", "–"), Heat("Not answered", "")))

    drawing = heat_table(["Capacity", "Capability"], [row], identity="h", title="Ratings")

    assert {shape.fill for shape in drawing.shapes} == {"#f3f3f3", "#ffffff"}
    assert all(shape.is_dashed for shape in drawing.shapes)
    assert "Capacity Not rated, Capability Not answered." in drawing.description


def test_words_are_broken_between_words_and_cut_with_an_ellipsis():
    assert wrapped("one two three", 60) == ["one two", "three"]
    assert wrapped("", 60) == []
    lines = wrapped(LONG, 100, lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
