"""Charts as PNG pictures, for Word, which shows no SVG that every reader can see.

A drawing is made of rectangles, lines and words, so Pillow draws it, with the
packaged fonts alone: the same drawing gives the same bytes on every server.
"""

import functools
import io
import re
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import Image, ImageColor, ImageDraw, ImageFont

from spr_portal.charts import Drawing
from spr_portal.charts.sheet import ALARM, HELD, PAPER, Lettering, Shape

SCALE = 3  # pixels of the picture to a unit of the drawing: 288 to an inch on paper
DPI = 96 * SCALE
COLOURS = 128  # more than a drawing has, with the soft edges of its letters

_VENDOR = Path(settings.BASE_DIR) / "static" / "vendor"
_PUBLIC_SANS = _VENDOR / "public-sans"
# The first that has a character draws it. DejaVu Sans has no bold of its own here.
_FONTS = {
    False: (
        _PUBLIC_SANS / "public-sans-latin-400-normal.woff2",
        _PUBLIC_SANS / "public-sans-latin-ext-400-normal.woff2",
        _VENDOR / "dejavu-sans" / "DejaVuSans.ttf",
    ),
    True: (
        _PUBLIC_SANS / "public-sans-latin-700-normal.woff2",
        _PUBLIC_SANS / "public-sans-latin-ext-700-normal.woff2",
        _VENDOR / "dejavu-sans" / "DejaVuSans.ttf",
    ),
}
# The patterns of templates/charts/drawing.svg.html: ink, width, and whether they rise.
_PATTERNS = {"hatched": (HELD, 2, True), "missing": (ALARM, 1.5, False)}
_TILE = 6

_BOX = re.compile(r"M(-?\d+) (-?\d+)h(\d+)v(\d+)h-\d+z")
_LINE = re.compile(r"M(-?\d+) (-?\d+)h(\d+)v(\d+)(?![\dh])")
_DASH, _GAP = 4, 3


def png(drawing: Drawing) -> bytes:
    """The drawing as a picture, `SCALE` pixels to each of its units."""
    size = (drawing.width * SCALE, drawing.height * SCALE)
    picture = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(picture)
    for shape in drawing.shapes:
        _draw_shape(picture, draw, shape)
    for lettering in drawing.lettering:
        _draw_lettering(draw, lettering)
    written = io.BytesIO()
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True, dpi=(DPI, DPI))
    return written.getvalue()


def _draw_shape(picture: Image.Image, draw: ImageDraw.ImageDraw, shape: Shape) -> None:
    for x, y, width, height in _numbers(_BOX, shape.path):
        corners = (x, y, x + width, y + height)
        if shape.is_pattern and width and height:
            picture.paste(_hatching(shape.fill, width, height), (x, y))
        elif shape.fill != "none":
            draw.rectangle(corners, fill=shape.fill)
        if shape.edge != "none":
            _draw_edge(draw, corners, shape)
    for x, y, right, down in _numbers(_LINE, shape.path):
        draw.line((x, y, x + right, y + down), fill=shape.edge, width=SCALE)


def _numbers(pattern: re.Pattern, path: str) -> list[tuple[int, ...]]:
    return [tuple(int(part) * SCALE for part in found) for found in pattern.findall(path)]


def _draw_edge(draw: ImageDraw.ImageDraw, corners: tuple[int, ...], shape: Shape) -> None:
    """The outline, half of it outside as in SVG."""
    left, top, right, bottom = corners
    for start, end in (
        ((left, top), (right, top)),
        ((right, top), (right, bottom)),
        ((right, bottom), (left, bottom)),
        ((left, bottom), (left, top)),
    ):
        for piece in _dashes(start, end) if shape.is_dashed else [(*start, *end)]:
            draw.line(piece, fill=shape.edge, width=SCALE)


def _dashes(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, ...]]:
    """The pieces of a level or upright line that is dashed."""
    (x, y), (to_x, to_y) = start, end
    long = abs(to_x - x) + abs(to_y - y)
    step_x, step_y = _sign(to_x - x), _sign(to_y - y)
    pieces = []
    for begin in range(0, long, (_DASH + _GAP) * SCALE):
        stop = min(begin + _DASH * SCALE, long)
        pieces.append(
            (x + step_x * begin, y + step_y * begin, x + step_x * stop, y + step_y * stop)
        )
    return pieces


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _hatching(name: str, width: int, height: int) -> Image.Image:
    """Slanting lines on white, drawn larger and made smaller, so that their edges are smooth."""
    ink, thick, rises = _PATTERNS[name]
    tile, fine = _TILE * SCALE, 4
    large = Image.new("RGB", (3 * tile * fine,) * 2, PAPER)
    draw = ImageDraw.Draw(large)
    for place in range(-3, 7):
        x, side = place * tile * fine, 3 * tile * fine
        ends = (x, side, x + side, 0) if rises else (x, 0, x + side, side)
        draw.line(ends, fill=ImageColor.getrgb(ink), width=round(thick * SCALE * fine))
    small = large.resize((3 * tile,) * 2, Image.Resampling.BOX).crop(
        (tile, tile, 2 * tile, 2 * tile)
    )
    hatching = Image.new("RGB", (width, height), PAPER)
    for x in range(0, width, tile):
        for y in range(0, height, tile):
            hatching.paste(small, (x, y))
    return hatching


def _draw_lettering(draw: ImageDraw.ImageDraw, lettering: Lettering) -> None:
    for words in lettering.words:
        runs = _runs(words.text, lettering.is_bold, lettering.size * SCALE)
        long = sum(font.getlength(text) for font, text in runs)
        x = int(words.x) * SCALE - long * {"start": 0, "middle": 0.5, "end": 1}[lettering.anchor]
        for font, text in runs:
            draw.text((x, int(words.y) * SCALE), text, font=font, fill=lettering.ink, anchor="ls")
            x += font.getlength(text)


def _runs(text: str, is_bold: bool, size: int) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    """The text in pieces, each with the font that has its characters."""
    runs: list[tuple[Path, str]] = []
    for letter in text:
        path = next(
            (path for path in _FONTS[is_bold] if ord(letter) in _characters(path)),
            _FONTS[is_bold][0],
        )
        if runs and runs[-1][0] == path:
            runs[-1] = (path, runs[-1][1] + letter)
        else:
            runs.append((path, letter))
    return [(_font(path, size), piece) for path, piece in runs]


@functools.lru_cache(maxsize=32)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@functools.cache
def _characters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
