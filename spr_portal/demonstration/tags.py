"""The people of the demonstration, for the sign-in page. Load with {% load demonstration %}."""

from django import template

from spr_portal.components import Column
from spr_portal.demonstration import PASSWORD
from spr_portal.demonstration.people import demonstration_people

register = template.Library()
COLUMNS = tuple(Column(heading) for heading in ("Name", "Email address", "Post", "Role"))


@register.inclusion_tag("components/demonstration_people.html")
def demonstration_sign_in() -> dict:
    """Nothing outside demonstration mode, and before the demonstration is loaded."""
    people = demonstration_people()
    return {
        "columns": COLUMNS,
        "rows": [(person.name, person.email, person.post, person.role) for person in people],
        "password": PASSWORD if people else "",
    }
