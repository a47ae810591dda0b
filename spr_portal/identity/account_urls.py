"""The pages of django-allauth that the portal uses; all its others are left out."""

from allauth.account import views
from django.urls import path, re_path

from spr_portal.identity.demonstration import DEMONSTRATION_PASSWORD, demonstration_people

DEMONSTRATION = {
    "demonstration_people": demonstration_people,  # called by the page, and empty in production
    "demonstration_password": DEMONSTRATION_PASSWORD,
}

urlpatterns = [
    path("login/", views.LoginView.as_view(extra_context=DEMONSTRATION), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
