"""What belongs to no app: the force's colour, the accessibility statement, the visit."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from spr_portal.appearance import stylesheet
from spr_portal.visits import person_mark, seconds_left

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


@require_safe
def visit(request: HttpRequest) -> JsonResponse:
    """Who is signed in and how long the visit goes on. To ask keeps it going, as any page does.

    A page that outlived a visit takes its new token from here, once the same
    person has signed in again.
    """
    answer = {
        "person": person_mark(request.user),
        "ends_in": seconds_left(request.session),
        "token": get_token(request),
    }
    return JsonResponse(answer)
