"""Taking in an uploaded file: straight to disk, and no more of it than may be kept."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

MEGABYTE = 2**20


class UploadHandler(TemporaryFileUploadHandler):
    """Write an upload to a temporary file, which goes away with the request.

    A file that is too large, or for which there is no room, is left out, and the
    request says why in `upload_refused`: a sentence for whoever sent it.
    """

    def new_file(self, *args, **kwargs):
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self._leave_out(NO_ROOM)

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > settings.EVIDENCE_FILE_LIMIT:
            self._leave_out(too_large())
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._leave_out(NO_ROOM)

    def _leave_out(self, why: str):
        self.request.upload_refused = why
        raise SkipFile


NO_ROOM = (
    "There is no room left on the server for this file, so nothing was kept. "
    "Tell your administrator."
)


def too_large() -> str:
    return f"The file must be {settings.EVIDENCE_FILE_LIMIT // MEGABYTE} MB or smaller"
