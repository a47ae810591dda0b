"""The paper as PDF: tagged, PDF/UA-1 and PDF/A-3a. The only module that knows WeasyPrint.

Imported by the background worker alone; a web process stays without it.
"""

import base64
import contextlib
import datetime
import os
import warnings
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings

from reports.document import Paper
from reports.renderers.html import STYLESHEETS, document
from reports.renderers.pdf_finish import finish

# Read when WeasyPrint is imported, so it stands before that, and at each rendering: no font
# of the server may enter a paper, or the same paper would give other bytes elsewhere.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

_LOGO = "data:image/png;base64,"
_STATIC = (Path(settings.BASE_DIR) / "static").resolve()


class _PackagedFiles(URLFetcher):
    """Lets WeasyPrint read our own static files, and the logo that the paper holds by value.

    Nothing else, on disk or net.
    """

    def fetch(self, url: str, headers=None) -> URLFetcherResponse:
        if url.startswith(_LOGO):
            picture = base64.b64decode(url.removeprefix(_LOGO), validate=True)
            return URLFetcherResponse(url, picture, {"Content-Type": "image/png"})
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not path.is_relative_to(_STATIC):
            raise ValueError(f"A paper may not refer to {url}.")
        return URLFetcherResponse(url, path.read_bytes())


def render_pdf(paper: Paper) -> bytes:
    """The paper as PDF; the same paper gives the same bytes with the same library versions.

    Raises wording.UnclearedWords where a public paper holds restricted words.
    """
    return finish(tagged_pdf(paper))


def tagged_pdf(paper: Paper) -> bytes:
    """The paper as WeasyPrint's own PDF/A-3a, to be finished."""
    with _dated(paper.meeting_on), warnings.catch_warnings():
        # WeasyPrint 70 leaves the closing of its own file to the garbage collector.
        warnings.filterwarnings("ignore", r"unclosed file .*sRGB2014\.icc", ResourceWarning)
        return bare_document(paper).write_pdf(pdf_variant="pdf/a-3a")


def bare_document(paper: Paper) -> weasyprint.HTML:
    """What WeasyPrint is given: the benchmark measures its own work on this."""
    return weasyprint.HTML(
        string=document(paper, stylesheets=("paper.css", "paper-pdf.css"), is_for_pdf=True),
        base_url=STYLESHEETS.as_uri() + "/",
        # A font that is missing must stop the rendering, not change the paper's look.
        url_fetcher=_PackagedFiles(fail_on_errors=True),
    )


@contextlib.contextmanager
def _dated(date: datetime.date):
    """Fix the moment that font subsets carry (https://reproducible-builds.org/specs/)."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    midnight = datetime.datetime.combine(date, datetime.time(), tzinfo=datetime.UTC)
    # Before 1980 some tools refuse the date; no board met on such a day.
    os.environ["SOURCE_DATE_EPOCH"] = str(max(0, int(midnight.timestamp())))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
