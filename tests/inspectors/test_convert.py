"""What is exported is upright, bare of metadata, of the asked size, and never enlarged or repainted."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from degreecheck.inspectors.convert import BEST_QUALITY, Target, convert, render
from degreecheck.inspectors.jpeg_segments import without_metadata
from degreecheck.inspectors.unreadable import CannotRead
from degreecheck.inspectors.writing import CannotWrite

BLUE = (70, 140, 220)
RED = (200, 30, 40)


def drawn(size: tuple[int, int]) -> Image.Image:
    """Blue, with a red upper left quarter, so that every turn shows."""
    picture = Image.new("RGB", size, BLUE)
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1] // 2), RED)
    return picture


def noisy(size: tuple[int, int]) -> Image.Image:
    return Image.fromarray(np.random.default_rng(7).integers(0, 256, (size[1], size[0], 3), np.uint8))


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = "Camera of 张三"
    tags.get_ifd(0x8825)[1] = "N"  # GPS
    return tags


def shown(path: Path) -> Image.Image:
    return Image.open(BytesIO(path.read_bytes()))


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    return bool(np.abs(np.subtract(pixel, colour)).max() < 12)  # type: ignore[call-overload]


def converted(source: Path, target: Path, **options: object) -> Image.Image:
    result = convert(source, Target(target, **options))  # type: ignore[arg-type]
    picture = shown(target)
    assert picture.size == (result["width"], result["height"])
    assert target.stat().st_size == result["size"]
    return picture


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.bmp", "a.tiff", "a.jpg", "a.gif"])
def test_every_kind_of_picture_becomes_a_jpeg(tmp_path: Path, name: str) -> None:
    drawn((120, 80)).save(tmp_path / name)
    picture = converted(tmp_path / name, tmp_path / "out.jpg")
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (120, 80))
    assert near(picture.getpixel((5, 5)), RED)
    assert near(picture.getpixel((115, 75)), BLUE)


def test_a_phones_heic_becomes_a_jpeg(tmp_path: Path) -> None:
    import pillow_heif

    pillow_heif.from_pillow(drawn((128, 96))).save(tmp_path / "IMG_0001.heic")
    picture = converted(tmp_path / "IMG_0001.heic", tmp_path / "out.jpg")
    assert (picture.format, picture.size) == ("JPEG", (128, 96))
    assert near(picture.getpixel((5, 5)), RED)


def test_the_orientation_tag_is_applied_and_goes(tmp_path: Path) -> None:
    drawn((120, 80)).save(tmp_path / "a.jpg", exif=exif(6), quality=95)
    picture = converted(tmp_path / "a.jpg", tmp_path / "out.jpg")
    assert picture.size == (80, 120)
    assert near(picture.getpixel((75, 5)), RED)
    assert near(picture.getpixel((5, 5)), BLUE)
    assert picture.getexif().get(0x0112) is None


@pytest.mark.parametrize("orientation", [1, 3])
def test_metadata_stays_behind(tmp_path: Path, orientation: int) -> None:
    drawn((120, 80)).save(tmp_path / "a.jpg", exif=exif(orientation), comment="张三 500101199001011234".encode())
    assert "张三".encode() in (tmp_path / "a.jpg").read_bytes()
    picture = converted(tmp_path / "a.jpg", tmp_path / "out.jpg")
    assert "张三".encode() not in (tmp_path / "out.jpg").read_bytes()
    assert b"Exif" not in (tmp_path / "out.jpg").read_bytes()
    assert len(picture.getexif()) == 0
    assert "comment" not in picture.info


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}, {"restart_marker_blocks": 4}])
def test_an_upright_jpeg_loses_metadata_only(tmp_path: Path, options: dict[str, int]) -> None:
    noisy((160, 120)).save(tmp_path / "a.jpg", quality=60, exif=exif(), **options)
    with (tmp_path / "a.jpg").open("ab") as file:
        file.write(b"a whole film behind the picture")
    result = convert(tmp_path / "a.jpg", Target(tmp_path / "out.jpg", dpi=300))
    before, after = (np.asarray(shown(tmp_path / name)) for name in ("a.jpg", "out.jpg"))
    assert np.array_equal(before, after)
    assert b"film" not in (tmp_path / "out.jpg").read_bytes()
    assert result["quality"] == 0
    assert shown(tmp_path / "out.jpg").info["dpi"] == (300, 300)


def test_a_grey_jpeg_keeps_its_pixels_too(tmp_path: Path) -> None:
    noisy((160, 120)).convert("L").save(tmp_path / "a.jpg", exif=exif())
    assert np.array_equal(converted(tmp_path / "a.jpg", tmp_path / "out.jpg"), shown(tmp_path / "a.jpg"))


def test_a_jpeg_with_its_own_colours_is_brought_to_the_usual_ones(tmp_path: Path) -> None:
    Image.new("CMYK", (40, 30), (0, 255, 255, 0)).save(tmp_path / "a.jpg")
    picture = converted(tmp_path / "a.jpg", tmp_path / "out.jpg")
    assert picture.mode == "RGB"
    assert near(picture.getpixel((5, 5)), (255, 0, 0))


@pytest.mark.parametrize("cut", range(0, 700, 23))
def test_an_irregular_jpeg_is_never_passed_on_as_it_is(cut: int) -> None:
    buffer = BytesIO()
    noisy((16, 16)).save(buffer, "JPEG", exif=exif())
    assert without_metadata(buffer.getvalue()[:cut], 300) is None


def test_a_jpeg_whose_colours_an_adobe_segment_explains_keeps_it() -> None:
    buffer = BytesIO()
    noisy((16, 16)).save(buffer, "JPEG", keep_rgb=True)
    bare = without_metadata(buffer.getvalue(), 300)
    assert bare is not None
    assert np.array_equal(Image.open(BytesIO(bare)), Image.open(buffer))


def test_the_photo_gets_exactly_its_pixels_at_300_dpi(tmp_path: Path) -> None:
    drawn((1400, 1000)).save(tmp_path / "a.jpg")
    picture = converted(tmp_path / "a.jpg", tmp_path / "out.jpg", size=(413, 579), crop=(0.0, 0.0, 0.5, 1.0))
    assert picture.size == (413, 579)
    assert picture.info["dpi"] == (300, 300)
    assert near(picture.getpixel((206, 100)), RED)
    assert near(picture.getpixel((206, 500)), BLUE)


def test_nothing_is_enlarged_but_the_shape_is_kept(tmp_path: Path) -> None:
    drawn((200, 300)).save(tmp_path / "a.png")
    assert converted(tmp_path / "a.png", tmp_path / "out.jpg", size=(413, 579)).size == (200, 280)


def test_nothing_is_stretched(tmp_path: Path) -> None:
    picture = Image.new("RGB", (1000, 1000), "white")
    ImageDraw.Draw(picture).ellipse((300, 300, 700, 700), "black")
    picture.save(tmp_path / "a.png")
    out = np.asarray(converted(tmp_path / "a.png", tmp_path / "out.jpg", size=(413, 579)).convert("L")) < 128
    across, down = (np.flatnonzero(out.any(axis=axis)) for axis in (0, 1))
    assert abs(np.ptp(across) - np.ptp(down)) <= 1


def test_a_byte_limit_gets_the_best_quality_that_fits(tmp_path: Path) -> None:
    noisy((400, 560)).save(tmp_path / "a.png")
    best = convert(tmp_path / "a.png", Target(tmp_path / "best.jpg", size=(400, 560)))
    assert best["quality"] == BEST_QUALITY
    limit = best["size"] // 2
    fitting = convert(tmp_path / "a.png", Target(tmp_path / "fit.jpg", size=(400, 560), max_bytes=limit))
    assert fitting["size"] <= limit
    assert (fitting["width"], fitting["height"]) == (400, 560)
    assert 30 <= fitting["quality"] < BEST_QUALITY
    over = BytesIO()
    shown(tmp_path / "a.png").save(
        over,
        "JPEG",
        quality=fitting["quality"] + 1,
        subsampling="4:4:4" if fitting["quality"] + 1 >= 88 else "4:2:0",
        dpi=(300, 300),
    )
    assert len(over.getvalue()) > limit


def test_papers_shrink_when_quality_alone_does_not_do(tmp_path: Path) -> None:
    noisy((900, 700)).save(tmp_path / "a.jpg")
    result = convert(tmp_path / "a.jpg", Target(tmp_path / "out.jpg", max_bytes=60_000))
    assert result["size"] <= 60_000
    assert 300 <= result["height"] < 700


def test_what_cannot_fit_is_not_written(tmp_path: Path) -> None:
    noisy((400, 560)).save(tmp_path / "a.png")
    for options in ({"size": (400, 560)}, {}, {"format": "png"}):
        with pytest.raises(CannotWrite) as refused:
            convert(tmp_path / "a.png", Target(tmp_path / "out.jpg", max_bytes=500, **options))  # type: ignore[arg-type]
        assert refused.value.reason == "does_not_fit"
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_a_png_may_stay_one(tmp_path: Path) -> None:
    drawn((120, 80)).save(tmp_path / "a.png", pnginfo=None)
    picture = converted(tmp_path / "a.png", tmp_path / "out.png", format="png")
    assert (picture.format, picture.size) == ("PNG", (120, 80))
    assert picture.getpixel((5, 5)) == RED


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"%PDF-1.4\n1 0 obj\n", "unknown_format"), (b"BM" + bytes(40), "unknown_format")],
)
def test_what_is_no_picture_is_not_converted(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.jpg").write_bytes(content)
    with pytest.raises(CannotRead) as refused:
        convert(tmp_path / "a.jpg", Target(tmp_path / "out.jpg"))
    assert refused.value.reason == reason
    assert not (tmp_path / "out.jpg").exists()


def test_a_cut_off_jpeg_is_damaged_in_export_too(tmp_path: Path) -> None:
    noisy((400, 300)).save(tmp_path / "a.jpg")
    (tmp_path / "a.jpg").write_bytes((tmp_path / "a.jpg").read_bytes()[:20_000])
    with pytest.raises(CannotRead) as refused:
        convert(tmp_path / "a.jpg", Target(tmp_path / "out.jpg"))
    assert refused.value.reason == "damaged"


def test_a_file_too_large_to_be_read_is_not_converted(tmp_path: Path) -> None:
    with (tmp_path / "a.bmp").open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    with pytest.raises(CannotRead) as refused:
        convert(tmp_path / "a.bmp", Target(tmp_path / "out.jpg"))
    assert refused.value.reason == "too_large"


# ------------------------------------------------------------------------------------------------------------ render


def test_a_view_is_upright_and_small(tmp_path: Path) -> None:
    drawn((1200, 800)).save(tmp_path / "a.jpg", exif=exif(6))
    size, rgb = render(tmp_path / "a.jpg", 0, 300, None)
    assert size == {"width": 200, "height": 300, "bytes": 200 * 300 * 3}
    assert len(rgb) == size["bytes"]
    assert near(tuple(rgb[(5 * 200 + 195) * 3 :][:3]), RED)


def test_a_view_of_a_part_shows_as_many_pixels_as_there_are(tmp_path: Path) -> None:
    drawn((1200, 800)).save(tmp_path / "a.png")
    size, rgb = render(tmp_path / "a.png", 0, 300, (0.0, 0.0, 0.25, 0.25))
    assert (size["width"], size["height"]) == (300, 200)
    assert near(tuple(rgb[:3]), RED)
    size, _ = render(tmp_path / "a.png", 0, 2048, (0.0, 0.0, 0.25, 0.25))
    assert (size["width"], size["height"]) == (300, 200)


@pytest.mark.parametrize("crop", [(0.0, 0.0, 0.0, 0.0), (1.0, 1.0, 1.0, 1.0), (0.9, 0.9, 0.1, 0.1)])
def test_an_odd_part_is_at_least_a_pixel(tmp_path: Path, crop: tuple[float, float, float, float]) -> None:
    drawn((50, 40)).save(tmp_path / "a.png")
    size, rgb = render(tmp_path / "a.png", 0, 300, crop)
    assert size["bytes"] == len(rgb) >= 3


def test_only_pictures_and_pdf_pages_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("姓名".encode())
    with pytest.raises(CannotRead) as refused:
        render(tmp_path / "a.txt", 0, 300, None)
    assert refused.value.reason == "unknown_format"
