"""The electronic photo of somebody made up, as a studio would take it or in one of the ways that photos go wrong."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageOps

from degreecheck.sample.marks import Colour, portrait

SIZE = (413, 579)  # 35 x 49 mm at 300 dpi
# Blues in honest use, far apart (domain facts).
BLUES: tuple[Colour, ...] = ((67, 142, 219), (0, 191, 243), (100, 197, 255), (98, 139, 206))
WHITE: Colour = (255, 255, 255)


def photo(
    seed: int,
    *,
    size: tuple[int, int] = SIZE,
    background: Colour | None = None,
    below: Colour | None = None,
    shadow: float = 0.0,
    frame: int = 0,
    people: int = 1,
    zoom: float = 1.0,
    shift: tuple[float, float] = (0.0, 0.0),
    tilt: float = 0.0,
    flash: float = 1.0,
) -> Image.Image:
    """Draw it.

    ``background`` runs into ``below`` where that is given; ``shadow`` (0-1) is how much darker its right side is;
    ``frame`` is the width in pixels of a white margin; ``people`` 0, 1 or 2; ``zoom`` the head's size, 1 = right;
    ``shift`` moves it by shares of the picture (right, down); ``tilt`` in degrees, clockwise; ``flash`` is how many
    times too bright the person is.
    """
    blue = BLUES[seed % len(BLUES)] if background is None else background
    if (below, shadow, frame, people, zoom, shift, tilt, flash) == (None, 0, 0, 1, 1, (0, 0), 0, 1):
        return portrait(*size, background=blue, seed=seed).copy()
    picture = _backdrop(size, blue, below, shadow)
    for number in range(people):
        person = _person(size, seed + 7 * number)
        if flash != 1:
            person = _flashed(person, flash)
        aside = 0.0 if people == 1 else (number - 0.5) / 2
        place = (shift[0] + aside, shift[1])
        person = _moved(person, zoom if people == 1 else zoom * 0.56, place, tilt)
        picture.paste(person, (0, 0), person)
    if frame:
        picture = ImageOps.expand(picture.resize((size[0] - 2 * frame, size[1] - 2 * frame)), frame, WHITE)
    return picture


def _backdrop(size: tuple[int, int], background: Colour, below: Colour | None, shadow: float) -> Image.Image:
    picture = Image.new("RGB", size, background)
    if below is not None:
        fall = Image.linear_gradient("L").resize(size)
        picture = Image.composite(Image.new("RGB", size, below), picture, fall)
    if shadow:
        fall = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize(size)
        light = fall.point(lambda level: round(255 - shadow * level))
        picture = ImageChops.multiply(picture, Image.merge("RGB", (light, light, light)))
    return picture


def _person(size: tuple[int, int], seed: int) -> Image.Image:
    """The person alone: the same drawing before white and before black tells where the background shows through."""
    before_white = portrait(*size, background=WHITE, seed=seed)
    before_black = portrait(*size, background=(0, 0, 0), seed=seed)
    shows = ImageChops.invert(ImageChops.difference(before_white, before_black).convert("L"))
    return Image.merge("RGBA", (*before_black.split(), shows))


def _flashed(person: Image.Image, light: float) -> Image.Image:
    red, green, blue, alpha = person.split()
    bright = [channel.point(lambda level: min(255, round(level * light))) for channel in (red, green, blue)]
    return Image.merge("RGBA", (*bright, alpha))


def _moved(person: Image.Image, zoom: float, shift: tuple[float, float], tilt: float) -> Image.Image:
    """The person smaller or larger, moved, leaning; the coat goes on down to the lower edge."""
    width, height = person.size
    head = (width / 2, height * 0.42)
    turned = person.rotate(-tilt, Image.Resampling.BICUBIC, center=head) if tilt else person
    scaled = turned.resize((round(width * zoom), round(height * zoom)), Image.Resampling.LANCZOS)
    left = round((width - scaled.width) / 2 + shift[0] * width)
    top = round(height - scaled.height + shift[1] * height)
    canvas = Image.new("RGBA", person.size, (0, 0, 0, 0))
    canvas.paste(scaled, (left, top))
    missing = height - top - scaled.height
    if missing > 0:
        hem = scaled.crop((0, scaled.height - 2, scaled.width, scaled.height - 1))
        canvas.paste(hem.resize((scaled.width, missing)), (left, height - missing))
    return canvas
