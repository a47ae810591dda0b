from django.urls import path

from spr_portal.people import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/add/", views.add_person, name="add_person"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/change/", views.change_person, name="change_person"),
    path("people/<int:pk>/appoint/", views.appoint, name="appoint"),
    path(
        "people/<int:pk>/appointments/<int:appointment_pk>/end/",
        views.end_appointment,
        name="end_appointment",
    ),
    path("people/<int:pk>/deactivate/", views.deactivate, name="deactivate_person"),
    path("people/<int:pk>/reactivate/", views.reactivate, name="reactivate_person"),
    path("people/<int:pk>/invite/", views.invite_again, name="invite_person_again"),
    path("force/", views.force_settings, name="force_settings"),
]
