"""The portal's addresses and one more, for benchmarks alone: a page that does next to nothing.

It is what any page of a Django portal costs: the session, the person signed in,
one query of its own and a form with its token, through the same middleware.
"""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from spr_portal.identity.models import User
from spr_portal.urls import handler400, handler403, handler404, handler429, handler500

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]
PAGE = engines["django"].from_string(
    "<!doctype html><title>Floor</title><p>{{ user.name }}, one of {{ people }}.</p>"
    '<form method="post">{% csrf_token %}<button>Send</button></form>'
)


def floor(request: HttpRequest) -> HttpResponse:
    people = User.objects.filter(force=request.user.force_id).count()
    return HttpResponse(PAGE.render({"people": people, "user": request.user}, request))


urlpatterns = [path("benchmark/floor/", floor), path("", include("spr_portal.urls"))]
