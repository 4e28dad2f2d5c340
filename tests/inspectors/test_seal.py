"""find_seals: red seals of every shape and paleness, and the red things that are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from degreecheck.facts import Seal
from degreecheck.inspectors.seal import find_seals
from degreecheck.sample import papers, spoil
from degreecheck.sample.marks import emblem, font, portrait, seal_mask, stamp, write
from make_papers import PERSON, ROWS, pixels, plain_page

RED = (204, 30, 36)
CENTRE = (640, 900)


def seals(page: Image.Image, quality: int = 88) -> tuple[Seal, ...]:
    return find_seals(pixels(page, quality))


def sealed(
    shape: str = "round", *, size: int = 170, opacity: float = 0.85, angle: float = 0, **page: int
) -> Image.Image:
    paper = plain_page(**page)
    stamp(
        paper, CENTRE, seal_mask("重庆虚构学院教务处", size, shape=shape, below="专用章"), opacity=opacity, angle=angle
    )
    return paper


def covers(seal: Seal, centre: tuple[float, float], size: float, page: Image.Image) -> bool:
    """Whether the seal's box is where the seal was stamped, give or take a sixth of its size."""
    left, right = seal.box[0] * page.width, seal.box[2] * page.width
    top, bottom = seal.box[1] * page.height, seal.box[3] * page.height
    near = abs((left + right) / 2 - centre[0]) < size / 6 and abs((top + bottom) / 2 - centre[1]) < size / 6
    return near and 0.8 * size < right - left < 1.5 * size


# ---- seals ----


@pytest.mark.parametrize("quality", [40, 90])
@pytest.mark.parametrize("opacity", [0.35, 0.6, 1.0])
@pytest.mark.parametrize("shape", ["round", "oval", "square"])
def test_every_shape_and_paleness(shape: str, opacity: float, quality: int) -> None:
    page = sealed(shape, opacity=opacity, angle=20, lines=16, size=120 if shape == "square" else 170)
    (found,) = seals(page, quality)
    assert found.shape == shape
    assert covers(found, CENTRE, 120 if shape == "square" else 170, page)
    assert found.confidence >= 0.5


@pytest.mark.parametrize("size", [90, 130, 240])
@pytest.mark.parametrize("angle", [-50, 0, 35])
def test_a_seal_across_black_print(size: int, angle: float) -> None:
    page = sealed(size=size, angle=angle, lines=30)
    assert any(covers(seal, CENTRE, size, page) for seal in seals(page))


def test_several_seals() -> None:
    page = sealed(lines=10)
    stamp(page, (300, 760), seal_mask("考试院", 150, below="专用章"), angle=-15)
    assert len(seals(page)) == 2


@pytest.mark.parametrize("colour", [(170, 25, 35), (225, 60, 40), (200, 20, 70)])
@pytest.mark.parametrize("tint", ["#ffffff", "#f6ead2", "#fbe6e6", "#e8f0f6"])
def test_inks_and_papers(colour: tuple[int, int, int], tint: str) -> None:
    page = plain_page(tint=tint, lines=14)
    stamp(page, CENTRE, seal_mask("重庆虚构学院", 170), colour=colour, opacity=0.7)
    assert len(seals(page, 60)) == 1


@pytest.mark.parametrize("light", [(255, 226, 180), (225, 240, 255), (120, 120, 120)])
def test_in_any_light(light: tuple[int, int, int]) -> None:
    page = sealed(lines=14)
    cast = Image.merge(
        "RGB", [band.point(lambda v, k=k: v * k // 255) for band, k in zip(page.split(), light, strict=True)]
    )
    assert len(seals(cast)) == 1


@pytest.mark.parametrize("degrees", [-9, 4])
@pytest.mark.parametrize("opacity", [0.45, 0.9])
def test_photographed_on_a_desk(degrees: float, opacity: float) -> None:
    paper = papers.transcript(PERSON, ROWS, seal=papers.SealMark(opacity=opacity))
    photo = spoil.on_desk(paper, degrees=degrees).filter(ImageFilter.GaussianBlur(1))
    assert len(seals(photo, 70)) == 1


def test_seen_at_an_angle() -> None:
    page = sealed(lines=10)
    slanted = page.transform(page.size, Image.Transform.QUAD, (-60, 0, 0, 1400, 1000, 1400, 1060, 0), fillcolor="white")
    assert len(seals(slanted)) == 1


def test_partly_outside_the_picture_or_under_a_photo() -> None:
    page = sealed(lines=10)
    assert len(seals(page.crop((0, 0, 690, 1400)))) == 1
    page.paste(portrait(200, 280), (660, 780))
    assert len(seals(page)) == 1


def test_inside_a_red_page_frame() -> None:
    page = sealed(lines=10)
    ImageDraw.Draw(page).rectangle((25, 25, 975, 1375), outline=RED, width=7)
    assert len(seals(page)) == 1


def test_a_phone_picture_of_low_resolution() -> None:
    page = papers.transcript(PERSON, ROWS).resize((620, 877), Image.Resampling.LANCZOS)
    assert len(seals(page, 50)) == 1


@pytest.mark.parametrize("draw", [papers.exam_permit, papers.graduation_certificate, papers.language_certificate])
def test_on_the_sample_papers(draw: Callable[..., Image.Image]) -> None:
    assert [seal.shape for seal in seals(draw(PERSON))] == ["round"]
    assert seals(draw(PERSON, seal=None)) == ()
    assert seals(spoil.grey(draw(PERSON))) == ()


# ---- red, and no seal ----


def banner(page: Image.Image) -> None:
    ImageDraw.Draw(page).rectangle((60, 700, 940, 800), fill=RED)
    write(page, (500, 750), "热烈庆祝学院成立五十周年", 56, fill=(255, 255, 255), anchor="mm")


def headline(page: Image.Image) -> None:
    write(page, (500, 700), "中国国家回因团图", 90, fill=RED, anchor="mm", bold=True)
    ImageDraw.Draw(page).line((60, 780, 940, 780), fill=RED, width=5)


def small_red_print(page: Image.Image) -> None:
    for k in range(8):
        write(page, (100, 620 + 60 * k), "以上内容请考生本人认真核对后签字确认", 30, fill=RED)


def table(page: Image.Image) -> None:
    draw = ImageDraw.Draw(page)
    for k in range(7):
        draw.line((200, 640 + 80 * k, 800, 640 + 80 * k), fill=RED, width=3)
        draw.line((200 + 100 * k, 640, 200 + 100 * k, 1120), fill=RED, width=3)
    for k in range(30):
        at = (250 + 100 * (k % 6), 680 + 80 * (k // 6))
        draw.text(at, "合格", font=font(30), fill=RED, anchor="mm")


def buttons(page: Image.Image) -> None:
    draw = ImageDraw.Draw(page)
    for k in range(3):
        draw.rounded_rectangle((150 + 250 * k, 700, 330 + 250 * k, 770), 12, outline=RED, width=4)
        draw.text((240 + 250 * k, 735), "返回", font=font(36), fill=RED, anchor="mm")


def national_emblem(page: Image.Image) -> None:
    emblem(page, (500, 800), 220)


def red_disc(page: Image.Image) -> None:
    ImageDraw.Draw(page).ellipse((400, 700, 600, 900), fill=RED)


def circled(page: Image.Image) -> None:
    ImageDraw.Draw(page).ellipse((350, 600, 700, 800), outline=RED, width=5)


def red_clothes(page: Image.Image) -> None:
    photo = portrait(240, 340, seed=3)
    ImageDraw.Draw(photo).ellipse((10, 255, 230, 500), fill=(190, 24, 40))
    page.paste(photo, (400, 640))


def red_backdrop(page: Image.Image) -> None:
    page.paste(portrait(240, 340, background=(196, 28, 34)), (400, 640))


def red_cover(page: Image.Image) -> None:
    page.paste(RED, (0, 600, 1000, 1400))


@pytest.mark.parametrize(
    "put",
    [
        banner, headline, small_red_print, table, buttons, national_emblem, red_disc, circled, red_clothes,
        red_backdrop, red_cover,
    ],
)  # fmt: skip
def test_red_things_that_are_no_seals(put: Callable[[Image.Image], None]) -> None:
    page = plain_page(lines=12)
    put(page)
    assert seals(page, 40) == ()
    assert seals(ImageEnhance.Brightness(spoil.on_desk(page, degrees=4)).enhance(0.8)) == ()


def test_the_id_card_carries_none() -> None:
    for side in (papers.id_card_portrait(PERSON), papers.id_card_emblem(PERSON)):
        assert seals(side) == ()
        assert seals(spoil.on_desk(side, degrees=-6)) == ()


def test_seals_in_black_are_not_red() -> None:
    page = plain_page(lines=12)
    stamp(page, CENTRE, seal_mask("重庆虚构学院", 170), colour=(40, 40, 44))
    assert seals(page) == ()
    stamp(page, (300, 900), seal_mask("重庆虚构学院", 170), colour=(40, 60, 190))
    assert seals(page) == ()
