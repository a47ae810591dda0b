"""Draw a logo anew: `python -m reports.draw_logo PATH NAME FOLDER`.

A process of its own with limits, as spr_portal.examine_file is. What it writes,
`logo.png` in the folder, holds the picture and nothing else. Says why on
standard output when it writes none.
"""

from __future__ import annotations

import sys
from pathlib import Path

from spr_portal.file_checks import FileRefused, examine
from spr_portal.limits import end_with_parent, limit

MEGABYTES = 768
SECONDS = 20
PICTURES = frozenset({".png", ".jpg", ".jpeg"})
# As large as it is printed, at 300 dots an inch: 70 by 20 mm.
LARGEST = (840, 240)
SMALLEST_SIDE = 16
COLOURS = 256


def main(path: str, name: str, folder: str) -> None:
    limit(megabytes=MEGABYTES, seconds=SECONDS)
    end_with_parent()
    try:
        draw(Path(path), name, Path(folder))
    except FileRefused as refusal:
        print(refusal)


def draw(path: Path, name: str, folder: Path) -> None:
    """Write the picture as a small PNG on white; raises FileRefused unless it is one."""
    if Path(name).suffix.lower() not in PICTURES:
        raise FileRefused("The logo must be a PNG or JPEG picture")
    cleaned = folder / "cleaned"
    examine(path, name, cleaned)
    from PIL import Image  # after the limits are set

    with Image.open(cleaned, formats=["PNG", "JPEG"]) as picture:
        # Transparent ink would be black in some readers, and PDF/A has to do without it.
        seen = picture.convert("RGBA")
        drawn = Image.new("RGB", seen.size, "white")
        drawn.paste(seen, mask=seen.getchannel("A"))
    if min(drawn.size) < SMALLEST_SIDE:
        raise FileRefused(f"The picture must be {SMALLEST_SIDE} pixels wide and high, or more")
    drawn.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    drawn.quantize(COLOURS).save(folder / "logo.png", "PNG", optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
