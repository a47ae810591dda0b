"""A force to try the portal with: two of its years as cycle files, and a paper of before."""

from pathlib import Path

FORCE_CODE = "wmp"
ISSUED_YEAR = "2016-17"  # its paper is issued when the demonstration is loaded
_HERE = Path(__file__).resolve().parent
PAST_YEAR, PAST_EDITION = "2015-16", "2015-03"  # of the paper that was made without the portal
PAST_PAPER = _HERE / "wmp-2015-16.txt"
FILES = (_HERE / "wmp-2016-17.yaml", _HERE / "wmp-2017-18.yaml")
