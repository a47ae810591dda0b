"""The addresses that anybody may open. They name the force: nobody is signed in who has one."""

from django.urls import path

from reports import urls  # noqa: F401  registers how the address of a paper is written
from reports.views import public

one = "public/<slug:force_code>/<paper:address>/"
issue = f"{one}<int:number>/"

urlpatterns = [
    path("robots.txt", public.robots, name="robots"),
    path(one, public.paper, name="public_paper"),
    path(issue, public.paper, name="public_issue"),
    path(f"{issue}bundle/", public.bundle, name="public_bundle"),
    path(f"{issue}<slug:file_format>/", public.file, name="public_file"),
]
