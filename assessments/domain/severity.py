"""How much a vulnerability weighs: its likelihood against its impact."""

from __future__ import annotations

from assessments.enums import Impact, Likelihood, Severity

SEVERITIES: dict[tuple[Likelihood, Impact], Severity] = {
    (Likelihood.LOW, Impact.LOW): Severity.LOW,
    (Likelihood.LOW, Impact.MEDIUM): Severity.LOW,
    (Likelihood.LOW, Impact.HIGH): Severity.MEDIUM,
    (Likelihood.MEDIUM, Impact.LOW): Severity.LOW,
    (Likelihood.MEDIUM, Impact.MEDIUM): Severity.MEDIUM,
    (Likelihood.MEDIUM, Impact.HIGH): Severity.HIGH,
    (Likelihood.HIGH, Impact.LOW): Severity.MEDIUM,
    (Likelihood.HIGH, Impact.MEDIUM): Severity.HIGH,
    (Likelihood.HIGH, Impact.HIGH): Severity.VERY_HIGH,
}


def severity_of(likelihood: str, impact: str) -> Severity:
    return SEVERITIES[Likelihood(likelihood), Impact(impact)]
