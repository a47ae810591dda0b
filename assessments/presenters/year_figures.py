"""What is open in a year, counted: comments, vulnerabilities, shortfalls, findings, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.domain.capacity import Shortfall, shortfall
from assessments.domain.severity import severity_of
from assessments.enums import Impact, Likelihood, Severity
from assessments.models import Assessment
from assessments.year_selectors import Open, UnitFigure
from spr_portal.charts import Bar, Capacity, Drawing, bar_chart, capacity_chart, matrix
from threats.models import Level

# The tone of a cell of the matrix. Its word stands in it.
TONES = {
    Severity.LOW: "green",
    Severity.MEDIUM: "yellow",
    Severity.HIGH: "orange",
    Severity.VERY_HIGH: "red",
}
SEVERE = (Severity.HIGH, Severity.VERY_HIGH)
MOST_DRAWN, MOST_LISTED = 12, 30  # shortfalls; the register holds all


@dataclass(frozen=True)
class OpenLine:
    """How much is open, of one threat or of all; `numbers` in the order of `OPEN_HEADINGS`."""

    label: str
    numbers: tuple[int, ...]
    assessment: Assessment | None = None

    @property
    def written(self) -> tuple[str, ...]:
        """The numbers in words of their own, empty for none: templates are slow with numbers."""
        return tuple(f"{number:,}" if number else "" for number in self.numbers)


# What is counted, the register that lists it, and what to look for there.
OPEN_HEADINGS = (
    ("Comments", "", ""),
    ("Ratings proposed", "", ""),
    ("Vulnerabilities", "vulnerabilities", "status=not_closed"),
    ("High or very high", "", ""),
    ("Shortfalls", "capacity", "is_short=on"),
    ("Findings", "findings", "status=not_closed"),
    ("Expired evidence", "", ""),
)


@dataclass(frozen=True)
class ShortLine:
    """A figure that falls short, with what is missing now and as projected."""

    figure: UnitFigure
    threat: str
    missing: Shortfall

    @property
    def level(self) -> str:
        return Level(self.figure.level).label.lower()

    @property
    def words(self) -> str:
        return missing_in_words(self.missing)

    @property
    def numbers(self) -> tuple[str, str, str]:
        """Required, held and projected."""
        given = (self.figure.required, self.figure.held, self.figure.projected)
        return tuple(f"{number:,}" if number is not None else "–" for number in given)


@dataclass(frozen=True)
class SeverityLine:
    severity: str
    number: int


Counts = Sequence[tuple[int, str, str, int]]  # assessment, likelihood, impact, how many


def shortfalls(assessments: Iterable[Assessment], figures: Iterable[UnitFigure]) -> list[ShortLine]:
    """The figures that fall short, in the order of the threats."""
    threats = {one.pk: one.threat.label for one in assessments}
    lines = (
        ShortLine(
            figure=one,
            threat=threats[one.assessment],
            missing=shortfall(required=one.required, held=one.held, projected=one.projected),
        )
        for one in figures
    )
    return [line for line in lines if line.missing.is_any]


def open_lines(
    assessments: Sequence[Assessment],
    counted: Mapping[tuple[int, Open], int],
    vulnerabilities: Counts,
    short: Iterable[ShortLine],
) -> list[OpenLine]:
    """One line for each of these threats, and one of all that is counted at the end.

    `counted` is from `open_in`.
    """
    of = {kind: Counter() for kind in Open}
    for (key, kind), number in counted.items():
        of[kind][key] = number
    every, severe = Counter(), Counter()
    for key, likelihood, impact, number in vulnerabilities:
        every[key] += number
        severe[key] += number * (severity_of(likelihood, impact) in SEVERE)
    missing = Counter(line.figure.assessment for line in short)
    columns = (
        of[Open.COMMENT], of[Open.PROPOSAL], every, severe, missing,
        of[Open.FINDING], of[Open.EXPIRED],
    )  # fmt: skip
    lines = [
        OpenLine(one.threat.label, tuple(column[one.pk] for column in columns), one)
        for one in assessments
    ]
    total = OpenLine("All threats", tuple(column.total() for column in columns))
    return [*lines, total] if lines else []


def severity_lines(vulnerabilities: Counts) -> list[SeverityLine]:
    """The worst first."""
    counted: Counter[Severity] = Counter()
    for _, likelihood, impact, number in vulnerabilities:
        counted[severity_of(likelihood, impact)] += number
    return [SeverityLine(one.label, counted[one]) for one in reversed(Severity)]


def vulnerability_chart(vulnerabilities: Counts) -> Drawing:
    counted: Counter[tuple[str, str]] = Counter()
    for _, likelihood, impact, number in vulnerabilities:
        counted[likelihood, impact] += number
    cells = []
    for impact in Impact:
        severities = [severity_of(likelihood, impact) for likelihood in Likelihood]
        cells.append(
            [
                (counted[likelihood, impact], severity.label, TONES[severity])
                for likelihood, severity in zip(Likelihood, severities, strict=True)
            ]
        )
    return matrix(
        cells, identity="vulnerabilities", title="Open vulnerabilities by likelihood and impact"
    )


def largest(short: Sequence[ShortLine], most: int) -> list[ShortLine]:
    """The largest shortfalls, as many as that, in the order of the threats."""
    places = sorted(range(len(short)), key=lambda place: -short[place].missing.largest)
    return [short[place] for place in sorted(places[:most])]


def shortfall_chart(short: Sequence[ShortLine]) -> Drawing:
    units = [_drawn(line) for line in largest(short, MOST_DRAWN)]
    title = "What is held and projected against what is required, where it falls short"
    return capacity_chart(units, identity="shortfalls", title=title)


def status_chart(counts: Iterable[tuple[str, str, int]]) -> Drawing:
    """`counts` are label, colour and number of assessments for every status."""
    bars = [Bar(label, number) for label, _, number in counts]
    return bar_chart(bars, identity="progress", title="Assessments by status")


def missing_in_words(missing: Shortfall) -> str:
    """ "Short by 7 now, by 4 as projected"; empty when nothing is missing."""
    words = [f"by {missing.now:,} now"] if missing.now else []
    if missing.projected:
        words.append(f"by {missing.projected:,} as projected")
    return f"Short {', '.join(words)}" if words else ""


def _drawn(line: ShortLine) -> Capacity:
    one = line.figure
    return Capacity(
        label=one.unit,
        beneath=f"{line.threat}, {line.level}",
        required=one.required,
        held=one.held,
        projected=one.projected,
        short_words=line.words,
    )
