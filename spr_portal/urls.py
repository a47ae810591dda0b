from django.urls import include, path, re_path

from spr_portal import views
from spr_portal.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("visit/", views.visit, name="visit"),
    path("accessibility/", views.accessibility, name="accessibility"),
    re_path(r"^colour/(?P<colour>[0-9a-f]{6})\.css$", views.colour, name="colour"),
    path("accounts/", include("spr_portal.identity.account_urls")),
    path("", include("spr_portal.people.urls")),
    path("", include("assessments.urls")),
    path("", include("reports.urls")),
    path("", include("reports.public_urls")),
]

handler400 = "spr_portal.error_views.bad_request"
handler403 = "spr_portal.error_views.permission_denied"
handler404 = "spr_portal.error_views.page_not_found"
handler429 = "spr_portal.error_views.too_many_requests"  # django-allauth's rate limits
handler500 = "spr_portal.error_views.server_error"
