"""A force to try the portal with: two of its years, as cycle files."""

from pathlib import Path

FORCE_CODE = "wmp"
ISSUED_YEAR = "2016-17"  # its paper is issued when the demonstration is loaded
_HERE = Path(__file__).resolve().parent
FILES = (_HERE / "wmp-2016-17.yaml", _HERE / "wmp-2017-18.yaml")
