from django.urls import include, path

from spr_portal.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("accounts/", include("spr_portal.identity.account_urls")),
]

handler400 = "spr_portal.error_views.bad_request"
handler403 = "spr_portal.error_views.permission_denied"
handler404 = "spr_portal.error_views.page_not_found"
handler500 = "spr_portal.error_views.server_error"
