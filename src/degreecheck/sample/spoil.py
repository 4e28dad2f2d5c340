"""Spoils a drawn paper the way students' pictures are spoiled: one fault at a time, each as plain as a fault is that
the checks speak of.
"""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from degreecheck.sample.marks import Colour, noise

WOOD: Colour = (116, 84, 58)


def blurred(page: Image.Image, *, radius: float | None = None) -> Image.Image:
    """Out of focus; ``radius`` in pixels, by default so that small print cannot be read."""
    return page.filter(ImageFilter.GaussianBlur(radius if radius is not None else min(page.size) / 200 + 1.5))


def too_dark(page: Image.Image, *, brightness: float = 0.3) -> Image.Image:
    """Taken in a dark room."""
    return ImageEnhance.Brightness(page).enhance(brightness)


def washed_out(page: Image.Image, *, ink: float = 0.18) -> Image.Image:
    """Overexposed until only ``ink`` of the print's darkness is left."""
    return Image.blend(Image.new("RGB", page.size, (252, 252, 252)), page, ink)


def glare(page: Image.Image, *, centre: tuple[float, float] = (0.45, 0.5), size: float = 0.3) -> Image.Image:
    """A lamp's reflection on paper that is grey as in a photo; ``centre`` and ``size`` as shares of the picture."""
    page = ImageEnhance.Brightness(page).enhance(0.8)
    radius = size * min(page.size) / 2
    x, y = centre[0] * page.width, centre[1] * page.height
    spot = Image.new("L", page.size, 0)
    ImageDraw.Draw(spot).ellipse((x - radius, y - radius * 0.8, x + radius, y + radius * 0.8), fill=255)
    spot = spot.filter(ImageFilter.GaussianBlur(radius * 0.18))
    return Image.composite(Image.new("RGB", page.size, "white"), page, spot)


def on_its_side(page: Image.Image) -> Image.Image:
    """Turned by a quarter."""
    return page.transpose(Image.Transpose.ROTATE_90)


def upside_down(page: Image.Image) -> Image.Image:
    """Turned by half."""
    return page.transpose(Image.Transpose.ROTATE_180)


def grey(page: Image.Image) -> Image.Image:
    """A black and white scan."""
    return page.convert("L").convert("RGB")


def shrunk(page: Image.Image, *, width: int = 260) -> Image.Image:
    """A thumbnail instead of the picture."""
    return page.resize((width, max(1, round(page.height * width / page.width))), Image.Resampling.LANCZOS)


def on_desk(page: Image.Image, *, degrees: float = 0.0, margin: float = 0.08, seed: int = 0) -> Image.Image:
    """A photo of the paper on a wooden desk, turned clockwise by ``degrees``; ``margin`` as a share of the picture."""
    turned = page.convert("RGBA").rotate(-degrees, Image.Resampling.BICUBIC, expand=True)
    side = round(margin * max(turned.size))
    size = (turned.width + 2 * side, turned.height + 2 * side)
    desk = ImageChops.multiply(
        Image.new("RGB", size, WOOD), noise(size, 9, seed).point(lambda v: 205 + v * 50 // 255).convert("RGB")
    )
    desk.paste(turned, (side, side), turned)
    shade = noise(size, max(size) // 2, seed + 1).point(lambda v: 214 + v * 41 // 255)
    return ImageChops.multiply(desk, shade.convert("RGB")).filter(ImageFilter.GaussianBlur(0.6))


def cut_off(page: Image.Image, *, share: float = 0.2, seed: int = 0) -> Image.Image:
    """A photo on a desk that misses the paper's right side."""
    photo = on_desk(page, degrees=random.Random(seed).uniform(-2, 2), seed=seed)
    return photo.crop((0, 0, round(photo.width * (1 - share)), photo.height))
