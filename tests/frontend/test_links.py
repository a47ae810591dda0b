"""`{% url %}` says what Django's own says, though each address is worked out once."""

import pytest
from django.template import Context, Template
from django.template.engine import Engine
from django.urls import NoReverseMatch, get_script_prefix, reverse, set_script_prefix

from assessments.enums import ItemKind
from spr_portal.addresses import address_of

AT = {"year": "2016-17", "threat": "terrorism", "kind": ItemKind.FIGURE, "number": 7}
DJANGOS = Engine()


@pytest.mark.parametrize(
    "tag",
    [
        '{% url "assessments:cycles" %}',
        '{% url "assessments:items" year threat kind %}',
        '{% url "assessments:cycle" year=year %}',
        '{% url "people" as people %}<{{ people }}>',
        '{% url "nowhere" as nothing %}<{{ nothing }}>',
        '{% url "assessments:cycle" "no year" as nothing %}<{{ nothing }}>',
        '{% url "assessments:end_contributor" year threat number %}',
    ],
)
def test_a_link_leads_where_djangos_leads(tag):
    expected = DJANGOS.from_string(tag).render(Context(AT))

    assert Template(tag).render(Context(AT)) == expected
    assert Template(tag).render(Context(AT)) == expected  # and when it is known already


def test_a_link_to_nowhere_is_an_error():
    with pytest.raises(NoReverseMatch):
        Template('{% url "nowhere" %}').render(Context())


def test_a_portal_below_a_path_has_its_own_addresses():
    above, prefix = address_of("assessments:cycles"), get_script_prefix()
    set_script_prefix("/spr/")
    try:
        assert address_of("assessments:cycles") == reverse("assessments:cycles") == f"/spr{above}"
    finally:
        set_script_prefix(prefix)
