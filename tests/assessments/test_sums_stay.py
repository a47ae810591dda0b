"""What was approved by an earlier version of the portal has the same sum in this one."""

import pytest

from assessments.domain.content import content_of, hash_of
from assessments.models import EvidenceReference, Response, Vulnerability
from tests.factories import make_cycle

pytestmark = pytest.mark.django_db
# The sum that the portal of November 2026 gave this content, before it knew findings,
# escalation and expiry.
SUM = "23585c1f9debd6190a1ecdab80c1d804f264e8a8a041bd84c3f9c3a3f69ead62"


def test_a_content_from_before_keeps_its_sum():
    assessment = make_cycle().assessments.get(threat__code="terrorism")
    Response.objects.filter(assessment=assessment, question__code="threat-picture").update(
        text="Words."
    )
    Vulnerability.objects.create(
        assessment=assessment, identity="aa", order=1, statement="S", likelihood="low",
        impact="high", mitigation="M", owner="O",
    )  # fmt: skip
    EvidenceReference.objects.create(
        assessment=assessment, identity="bb", order=1, kind="stra", title="STRA"
    )

    assert hash_of(content_of(assessment)) == SUM
