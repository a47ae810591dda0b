"""A force to try the portal with: two years of cycle files, and who to sign in as."""

from pathlib import Path

FORCE_CODE = "wmp"
ISSUED_YEAR = "2016-17"  # its paper is issued when the demonstration is loaded
_HERE = Path(__file__).resolve().parent
FILES = (_HERE / "wmp-2016-17.yaml", _HERE / "wmp-2017-18.yaml")
# Everybody's, and no secret: it stands on the sign-in page. Settings refuse the
# demonstration on any portal that others can reach with HTTPS or that keeps real records.
PASSWORD = "policing-demonstration"  # noqa: S105
