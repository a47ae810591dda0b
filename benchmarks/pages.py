"""How long pages take, as ratios to a page that does next to nothing, in the same web process.

    python benchmarks/pages.py [--postgresql] [--rounds 60]

The web server is set up as script/server sets it up, on records made for the run: the
demonstration, a paper begun in its open year, and another force with 430 assessments in one year
(the file of an edition lists 60 threats at most, so no force has such a year). Every round asks
for the floor page and then for each page, one after another over one connection, so that a change
in the machine's speed touches all alike. Printed are the median and the 95th percentile in
milliseconds, both as ratios to the floor page's, and the number of queries.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FLOOR = "floor"
MANY = 430  # assessments in one year: far more than an edition lists
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'name="(version:[^"]+)" value="(\d+)"')
BOX = re.compile(r'<textarea[^>]* name="([^"]+)"')


@dataclass
class Page:
    """`cookie` is that of the person who opens it; `body` makes what is sent, if anything is.

    `form` is the page that the body is made from, if it is another.
    """

    name: str
    path: str
    cookie: str
    body: Callable[[str], str] | None = None
    queries: int = 0
    form: str = ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--postgresql", action="store_true", help="instead of SQLite")
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spr-benchmark-") as folder:
        prepare(folder, is_postgresql=options.postgresql)
        pages = pages_of_the_demonstration()
        port, server = start_server()
        try:
            report(measure(port, pages, options.rounds), pages, options)
        finally:
            server.terminate()
            server.wait(timeout=20)
    return 0


def prepare(folder: str, *, is_postgresql: bool) -> None:
    """Load the demonstration into a database of its own; Django is ready afterwards."""
    from tests import postgres

    os.environ.update(
        DJANGO_SETTINGS_MODULE="benchmarks.settings",
        SPR_DATA_DIR=folder,
        SPR_DEMONSTRATION="0",
        SPR_DEBUG="0",
        SPR_HTTPS="0",
        SPR_SECRET_KEY="only-for-this-benchmark-0123456789-abcdefghijklmnopqr",
    )
    os.environ.pop("SPR_DATABASE_URL", None)
    if is_postgresql:
        os.environ["SPR_DATABASE_URL"] = postgres.start()
    import django

    django.setup()
    from django.core.management import call_command

    from spr_portal.cycle_file.demonstration import load_demonstration

    call_command("migrate", verbosity=0)
    call_command("load_editions", verbosity=0)
    call_command("load_paper_templates", verbosity=0)
    load_demonstration()


def pages_of_the_demonstration() -> list[Page]:
    """The floor and the pages to be measured, each with the queries it takes."""
    from django.db.models import Count
    from django.urls import reverse

    from assessments.enums import AssessmentStatus
    from assessments.models import Assessment
    from reports.domain.compose import compose_paper
    from reports.models import BoardPaper, IssuedPaper
    from reports.selectors import latest_templates
    from spr_portal.identity.enums import Role
    from spr_portal.identity.models import User

    issued = IssuedPaper.objects.first()
    written = Assessment.objects.filter(status=AssessmentStatus.IN_PROGRESS).first()
    approved = Assessment.objects.filter(cycle__year=issued.year).first()
    holding = User.objects.filter(appointments__ends_on=None, is_active=True)
    acc = holding.filter(appointments__role=Role.ACC_SECURITY).first()
    lead = holding.filter(
        appointments__role=Role.FORCE_LEAD, appointments__threat_code=written.threat.code
    ).first()
    opcc = cookie_of(holding.filter(appointments__role=Role.OPCC).first())
    if not BoardPaper.objects.filter(cycle=written.cycle).exists():
        compose_paper(cycle=written.cycle, template=latest_templates()[0], by=acc)
    longest = (
        written.responses.values_list("question__part__code")
        .annotate(number=Count("pk"))
        .order_by("-number", "question__part__order")[0][0]
    )
    acc, lead = cookie_of(acc), cookie_of(lead)
    at = [written.cycle.year, written.threat.code]
    part = reverse("assessments:part", args=[*at, longest])
    pages = [
        Page(FLOOR, "/benchmark/floor/", lead),
        Page("task list", written.get_absolute_url(), lead),
        Page(f"longest part ({longest})", part, lead),
        Page("save of that part", part, lead, body=answers),
        Page("cycle", written.cycle.get_absolute_url(), acc),
        Page(
            "review",
            reverse("assessments:review", args=[issued.year, approved.threat.code]),
            acc,
        ),
        Page("draft's preview", reverse("reports:preview", args=[at[0], "full"]), acc),
        Page("issued paper's preview", reverse("reports:preview", args=[issued.year, "full"]), acc),
        Page(
            "that paper, as one types",
            reverse("reports:live_preview", args=[issued.year, "conclusion"]),
            acc,
            body=typed,
            form=reverse("reports:papers"),
        ),
        Page("published", reverse("reports:published"), opcc),
        Page("stored PDF", reverse("reports:download", args=[issued.year, "public", "pdf"]), opcc),
        Page("bundle", reverse("reports:bundle", args=[issued.year, "public"]), opcc),
        *pages_of_many(MANY),
    ]
    for page in pages:
        page.queries = queries_of(page)
    return pages


def pages_of_many(number: int) -> list[Page]:
    """What ACC Security and a lead see first in a force whose year has so many assessments."""
    from spr_portal.identity.enums import Role
    from tests.factories import make_force, make_person
    from tests.many import make_wide_cycle

    force = make_force(f"wide-{number}")
    acc = make_person(force=force, role=Role.ACC_SECURITY)
    leads = [make_person(force=force) for _ in range(10)]
    cycle = make_wide_cycle(number=number, by=acc, leads=leads, year="2017-18")
    return [
        Page(f"cycle of {number} assessments", cycle.get_absolute_url(), cookie_of(acc)),
        Page("home of their ACC Security", "/", cookie_of(acc)),
        Page(f"home of a lead of {number // 10}", "/", cookie_of(leads[0])),
    ]


def cookie_of(person) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person, backend="spr_portal.identity.backends.AccountBackend")
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def queries_of(page: Page) -> int:
    """The queries of the page, the second time it is asked for."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"cookie": page.cookie, "host": "127.0.0.1"})
    for _ in range(2):
        body = page.body(client.get(page.form or page.path).content.decode()) if page.body else ""
        with CaptureQueriesContext(
            connection,
        ) as queries:
            if page.body:
                form = "application/x-www-form-urlencoded"
                answer = client.post(page.path, body, content_type=form)
            else:
                answer = client.get(page.path)
        if answer.status_code not in {200, 302}:
            raise SystemExit(f"{page.path} answered {answer.status_code}")
    begins = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
    return sum(not query["sql"].startswith(begins) for query in queries)


def answers(page: str) -> str:
    """What a person sends who writes one more word into the box of every answer of the page."""
    versions = dict(HIDDEN.findall(page))
    boxes = [name for name in BOX.findall(page) if f"version:{name}" in versions]
    values = versions | dict.fromkeys(boxes, f"Words written at {time.monotonic_ns()}.")
    return urlencode(values | {"csrfmiddlewaretoken": TOKEN.search(page)[1]})


def typed(page: str) -> str:
    """What the form of a paragraph sends for its preview after one more word was typed."""
    values = {
        "paragraph": "next-steps",
        "text": f"The board is asked to read this before {time.monotonic_ns()}.",
        "publication": "public",
        "withheld_under": "",
        "edition": "full",
    }
    return urlencode(values | {"csrfmiddlewaretoken": TOKEN.search(page)[1]})


def start_server() -> tuple[int, subprocess.Popen]:
    from benchmarks.web_memory import start_server as start

    return start()


def measure(port: int, pages: list[Page], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every page by its name; the first two rounds are for warming up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken: dict[str, list[float]] = {page.name: [] for page in pages}
    for number in range(rounds + 2):
        for page in pages:
            cookie, body = page.cookie, None
            if page.body:
                text, cookie = ask(connection, page.form or page.path, page.cookie)[1:]
                body = page.body(text)
            milliseconds = ask(connection, page.path, cookie, body)[0]
            if number > 1:
                taken[page.name].append(milliseconds)
    connection.close()
    return taken


def ask(connection, path: str, cookie: str, body: str | None = None) -> tuple[float, str, str]:
    """Milliseconds, the page, and the cookie for the next request."""
    headers = {"Cookie": cookie}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    started = time.perf_counter()
    connection.request("POST" if body else "GET", path, body=body, headers=headers)
    response = connection.getresponse()
    text = response.read().decode(errors="replace")  # a PDF is no text
    taken = (time.perf_counter() - started) * 1000
    if response.status not in {200, 302}:
        raise SystemExit(f"{path} answered {response.status}")
    token = re.match(r"csrf=[^;]+", response.headers.get("Set-Cookie", ""))
    return taken, text, f"{cookie}; {token[0]}" if token else cookie


def report(taken: dict[str, list[float]], pages: list[Page], options) -> None:
    database = "PostgreSQL" if options.postgresql else "SQLite"
    print(f"On {database}, {options.rounds} rounds; × is the ratio to the floor page.\n")
    print(f"{'page':32} {'p50 ms':>8} {'p95 ms':>8} {'p50 ×':>6} {'p95 ×':>6} {'queries':>8}")
    floor = taken[FLOOR]
    for page in pages:
        mine = taken[page.name]
        middle, high = statistics.median(mine), p95(mine)
        # Neighbours in time share the machine's mood, so the ratio is taken round by round.
        ratio = statistics.median(one / least for one, least in zip(mine, floor, strict=True))
        ratios = f"{ratio:6.1f} {high / p95(floor):6.1f}"
        print(f"{page.name:32} {middle:8.1f} {high:8.1f} {ratios} {page.queries:8}")


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
