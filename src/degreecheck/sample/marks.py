"""What stands on papers beside their text: seals, the national emblem, a person's portrait; and writing itself.

Everything is drawn, nobody is real, and the same seed draws the same picture.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from degreecheck.sample.fonts import find_font

Colour = tuple[int, int, int]
INK: Colour = (28, 28, 32)
SEAL_RED: Colour = (206, 32, 40)


@lru_cache(maxsize=64)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The Chinese font in a size in pixels. Raises fonts.NoChineseFont."""
    return ImageFont.truetype(str(find_font()), size)


def write(
    page: Image.Image,
    at: tuple[float, float],
    text: str,
    size: int,
    *,
    fill: Colour = INK,
    anchor: str = "la",
    bold: bool = False,
) -> None:
    """Write one line; ``anchor`` as in Pillow: la = left top, ma = middle top, mm = centre."""
    ImageDraw.Draw(page).text(
        at, text, font=font(size), fill=fill, anchor=anchor, stroke_width=max(1, size // 24) if bold else 0
    )


def star(centre: tuple[float, float], radius: float) -> list[tuple[float, float]]:
    """The corners of a five-pointed star that stands on two of them."""
    x, y = centre
    return [
        (
            x + radius * (1 if k % 2 == 0 else 0.382) * math.sin(k * math.pi / 5),
            y - radius * (1 if k % 2 == 0 else 0.382) * math.cos(k * math.pi / 5),
        )
        for k in range(10)
    ]


@lru_cache(maxsize=64)
def seal_mask(name: str, size: int, *, shape: str = "round", below: str = "", seed: int = 0) -> Image.Image:
    """Where a seal leaves ink, 0-255: "round" (ring, name along it, star), "oval" or "square"; ``size`` pixels wide."""
    big = size * 2
    height = int(big * 0.68) if shape == "oval" else big
    mask = Image.new("L", (big, height), 0)
    draw = ImageDraw.Draw(mask)
    line = max(3, round(big * 0.028))
    if shape == "square":
        draw.rectangle((0, 0, big - 1, big - 1), outline=255, width=line * 2)
        across = max(1, math.ceil(math.sqrt(len(name))))
        step = (big - 6 * line) / across
        for k, char in enumerate(name):
            column, row = across - 1 - k // across, k % across  # right to left, as seals are read
            at = (3 * line + (column + 0.5) * step, 3 * line + (row + 0.5) * step)
            draw.text(at, char, font=font(int(step * 0.92)), fill=255, anchor="mm")
        return _inked(mask, size, seed)
    draw.ellipse((0, 0, big - 1, height - 1), outline=255, width=line)
    a, b = big / 2 - line, height / 2 - line
    glyph = int(big * (0.13 if len(name) <= 12 else 0.105))
    spread = math.radians(min(250, 22 * len(name)))
    for k, char in enumerate(name):
        turn = -spread / 2 + spread * (k + 0.5) / len(name)
        tile = Image.new("L", (glyph * 2, glyph * 2), 0)
        ImageDraw.Draw(tile).text((glyph, glyph), char, font=font(glyph), fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(turn), Image.Resampling.BICUBIC)
        x = big / 2 + (a - glyph * 0.8) * math.sin(turn)
        y = height / 2 - (b - glyph * 0.8) * math.cos(turn)
        mask.paste(255, (round(x - glyph), round(y - glyph)), tile)
    if shape == "round":
        draw.polygon(star((big / 2, big / 2), big * 0.16), fill=255)
    if below:
        draw.text((big / 2, height * 0.76), below, font=font(int(big * 0.1)), fill=255, anchor="mm")
    return _inked(mask, size, seed)


def _inked(mask: Image.Image, size: int, seed: int) -> Image.Image:
    """Rubber takes and leaves ink unevenly."""
    mask = mask.resize((size, round(size * mask.height / mask.width)), Image.Resampling.LANCZOS)
    cloud = noise(mask.size, 14, seed).point(lambda v: min(255, 150 + v))
    return ImageChops.multiply(mask, cloud)


def noise(size: tuple[int, int], grain: int, seed: int) -> Image.Image:
    """Smooth noise 0-255 whose spots are about ``grain`` pixels wide."""
    width, height = max(2, size[0] // grain), max(2, size[1] // grain)
    rough = Image.frombytes("L", (width, height), random.Random(seed).randbytes(width * height))
    return rough.resize(size, Image.Resampling.BICUBIC)


def stamp(
    page: Image.Image,
    centre: tuple[float, float],
    mask: Image.Image,
    *,
    opacity: float = 0.85,
    angle: float = 0.0,
    colour: Colour = SEAL_RED,
) -> None:
    """Stamp a seal over whatever stands on the page: black print shows through it, as real ink lets it."""
    if angle:
        mask = mask.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    left, top = round(centre[0] - mask.width / 2), round(centre[1] - mask.height / 2)
    box = (left, top, left + mask.width, top + mask.height)
    ink = Image.composite(
        Image.new("RGB", mask.size, colour),
        Image.new("RGB", mask.size, "white"),
        mask.point(lambda v: int(v * opacity)),
    )
    page.paste(ImageChops.multiply(page.crop(box), ink), box)


def emblem(page: Image.Image, centre: tuple[float, float], size: int) -> None:
    """The outline of a national emblem in red: a filled wreath around a disc with a gate and stars. Not a seal."""
    x, y = centre
    r = size / 2
    red, gold = (196, 38, 38), (232, 190, 92)
    big = Image.new("RGBA", (size * 2, size * 2), (0, 0, 0, 0))
    draw = ImageDraw.Draw(big)
    draw.ellipse((0, 0, 2 * size - 1, 2 * size - 1), fill=red)
    for k in range(40):  # ears of grain
        angle = k * math.tau / 40
        cx, cy = size + 0.86 * size * math.cos(angle), size + 0.86 * size * math.sin(angle)
        draw.ellipse((cx - size * 0.05, cy - size * 0.05, cx + size * 0.05, cy + size * 0.05), fill=gold)
    draw.ellipse((0.3 * size, 0.3 * size, 1.7 * size, 1.7 * size), fill=(214, 46, 40))
    draw.polygon(star((size, 0.62 * size), 0.2 * size), fill=gold)
    for dx in (-0.36, -0.16, 0.16, 0.36):
        draw.polygon(star(((1 + dx) * size, (0.88 + abs(dx) * -0.25) * size), 0.07 * size), fill=gold)
    draw.rectangle((0.58 * size, 1.12 * size, 1.42 * size, 1.38 * size), fill=gold)
    draw.rectangle((0.7 * size, 1.2 * size, 1.3 * size, 1.38 * size), fill=(196, 38, 38))
    draw.chord((0.45 * size, 1.45 * size, 1.55 * size, 2.0 * size), 200, 340, fill=gold)
    big = big.resize((size, size), Image.Resampling.LANCZOS)
    page.paste(big, (round(x - r), round(y - r)), big)


@lru_cache(maxsize=128)  # a paper's portrait is pasted and never drawn on: one look may serve many papers
def portrait(width: int, height: int, *, background: Colour = (67, 142, 219), seed: int = 0) -> Image.Image:
    """A drawn head and shoulders."""
    chance = random.Random(seed)
    w, h = width * 3, height * 3
    picture = Image.new("RGB", (w, h), background)
    draw = ImageDraw.Draw(picture)
    skin = tuple(c + chance.randint(-14, 10) for c in (226, 182, 152))
    shade = tuple(int(c * 0.86) for c in skin)
    hair = chance.choice(((24, 22, 24), (38, 28, 24), (54, 40, 32)))
    coat = chance.choice(((40, 44, 58), (32, 34, 36), (84, 40, 46), (236, 236, 238)))
    x, y, r = w / 2, h * 0.42, w * 0.235
    draw.ellipse((x - 2.0 * r, h * 0.74, x + 2.0 * r, h * 1.5), fill=coat)
    draw.rectangle((x - 0.42 * r, y + 0.8 * r, x + 0.42 * r, h * 0.8), fill=shade)
    draw.polygon([(x - 0.6 * r, h * 0.745), (x + 0.6 * r, h * 0.745), (x, h * 0.88)], fill=(244, 244, 244))
    draw.ellipse((x - 1.12 * r, y - 1.55 * r, x + 1.12 * r, y + 0.7 * r), fill=hair)
    draw.ellipse((x - r, y - 1.2 * r, x + r, y + 1.32 * r), fill=skin)
    draw.chord((x - 1.06 * r, y - 1.4 * r, x + 1.06 * r, y + 0.5 * r), 188, 352, fill=hair)
    for side in (-1, 1):
        ex, ey = x + side * 0.42 * r, y - 0.02 * r
        draw.ellipse((ex - 0.22 * r, ey - 0.1 * r, ex + 0.22 * r, ey + 0.12 * r), fill=(248, 246, 244))
        draw.ellipse((ex - 0.1 * r, ey - 0.1 * r, ex + 0.1 * r, ey + 0.12 * r), fill=(40, 28, 22))
        draw.line((ex - 0.26 * r, ey - 0.26 * r, ex + 0.26 * r, ey - 0.26 * r), fill=hair, width=max(2, int(0.08 * r)))
    draw.line(
        (x, y + 0.05 * r, x - 0.1 * r, y + 0.5 * r, x + 0.1 * r, y + 0.52 * r), fill=shade, width=int(0.07 * r) or 1
    )
    draw.arc(
        (x - 0.34 * r, y + 0.56 * r, x + 0.34 * r, y + 0.92 * r), 20, 160, fill=(176, 92, 88), width=int(0.09 * r) or 1
    )
    return picture.reduce(3).filter(ImageFilter.GaussianBlur(width / 260))
