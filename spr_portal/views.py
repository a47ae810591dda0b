"""Pages that belong to no app: the force's colour and the accessibility statement."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from spr_portal.appearance import stylesheet

YEAR = 365 * 24 * 60 * 60


@require_safe
@login_not_required
@cache_control(public=True, max_age=YEAR, immutable=True)
def colour(request: HttpRequest, colour: str) -> HttpResponse:
    """The style sheet of one colour. The colour is in the address, so it never goes stale
    and tells a stranger nothing."""
    return HttpResponse(stylesheet(colour), content_type="text/css; charset=utf-8")


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html", {"contact": settings.CONTACT_EMAIL})
