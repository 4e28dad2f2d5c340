"""open_picture: every format and pixel mode comes out as upright sRGB, or with a clear reason why not."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from degreecheck.inspectors import limits
from degreecheck.inspectors.image import Picture, open_picture
from degreecheck.inspectors.unreadable import CannotRead

BLUE, RED = (30, 90, 200), (200, 60, 40)  # the left upper quarter, and the rest
SIZE = (160, 120)


def flag(size: tuple[int, int] = SIZE) -> Image.Image:
    """Red with a blue left upper quarter: shows how it was turned."""
    picture = Image.new("RGB", size, RED)
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill=BLUE)
    return picture


def opened(folder: Path, picture: Image.Image, name: str, **how: object) -> Picture:
    picture.save(folder / name, **how)  # type: ignore[arg-type]
    return open_picture(folder / name)


def near(pixel: object, colour: object, by: int = 6) -> bool:
    return bool(np.abs(np.asarray(pixel, int) - np.asarray(colour, int)).max() <= by)


def reason(path: Path) -> str:
    with pytest.raises(CannotRead) as refusal:
        open_picture(path)
    return refusal.value.reason


def lab(picture: Image.Image) -> Image.Image:
    profiles = (ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"))
    made = ImageCms.profileToProfile(picture, *profiles, outputMode="LAB")
    assert made is not None
    return made


# ---- formats and modes ----


@pytest.mark.parametrize(
    ("name", "by"), [("a.png", 0), ("a.bmp", 0), ("a.tif", 0), ("a.jpg", 6), ("a.webp", 6), ("a.gif", 60)]
)
def test_every_format(tmp_path: Path, name: str, by: int) -> None:
    picture = opened(tmp_path, flag(), name)
    assert picture.rgb.shape == (120, 160, 3)
    assert picture.rgb.dtype == np.uint8
    assert near(picture.rgb[20, 20], BLUE, by)
    assert near(picture.rgb[100, 140], RED, by)
    assert (picture.facts.width, picture.facts.height, picture.facts.frames) == (160, 120, 1)


def test_heic(tmp_path: Path) -> None:
    from pillow_heif import from_pillow

    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2024:05:06 10:00:00"
    from_pillow(flag()).save(tmp_path / "a.heic", exif=exif.tobytes())
    picture = open_picture(tmp_path / "a.heic")
    assert picture.rgb.shape == (160, 120, 3)
    assert near(picture.rgb[20, 100], BLUE, 10)
    assert picture.facts.taken_on == date(2024, 5, 6)


@pytest.mark.parametrize("mode", ["RGBA", "CMYK", "YCbCr", "LAB", "P"])
@pytest.mark.parametrize("name", ["a.tif", "a.png", "a.jpg"])
def test_colour_modes(tmp_path: Path, mode: str, name: str) -> None:
    writable = {"a.tif": {"RGBA", "CMYK", "YCbCr", "LAB", "P"}, "a.png": {"RGBA", "P"}, "a.jpg": {"CMYK", "YCbCr"}}
    how = writable[name] & {mode}
    source = lab(flag()) if mode == "LAB" else flag().convert(mode)
    picture = opened(tmp_path, source if how else source.convert("RGB"), name)
    assert near(picture.rgb[20, 20], BLUE, 60 if mode == "P" else 8)
    assert near(picture.rgb[100, 140], RED, 60 if mode == "P" else 8)


def grey_of(colour: tuple[int, int, int]) -> int:
    value = Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("8.png", Image.fromarray),
        ("8a.png", lambda grey: Image.fromarray(grey).convert("LA")),
        ("16.png", lambda grey: Image.fromarray(grey.astype(np.uint16) * 257)),
        ("16.tif", lambda grey: Image.fromarray(grey.astype(np.uint16) * 257)),
        ("32.tif", lambda grey: Image.fromarray(grey.astype(np.int32))),
        ("32wide.tif", lambda grey: Image.fromarray(grey.astype(np.int32) * 257)),
        ("float.tif", lambda grey: Image.fromarray(grey.astype(np.float32) / 255)),
    ],
)
def test_grey_of_every_depth(tmp_path: Path, name: str, made: Callable[[object], Image.Image]) -> None:
    grey = np.asarray(flag().convert("L"))
    pixels = opened(tmp_path, made(grey), name).rgb
    white = grey.max() if name == "32wide.tif" else 255  # the brightest counts as white where no depth is stated
    assert near(pixels[20, 20], [grey_of(BLUE)] * 3, 2) or white < 255
    assert pixels[20, 20, 0] < pixels[100, 140, 0]


def test_not_a_number_is_black(tmp_path: Path) -> None:
    values = np.full((20, 20), 0.5, np.float32)
    values[:5] = np.nan
    values[5:10] = np.inf
    pixels = opened(tmp_path, Image.fromarray(values), "nan.tif").rgb
    assert pixels[0, 0, 0] == 0
    assert pixels[7, 0, 0] == 255
    assert 120 < pixels[15, 0, 0] < 136


@pytest.mark.parametrize("reduced", [False, True])
@pytest.mark.parametrize("name", ["alpha.png", "alpha.webp", "palette.png", "palette.gif", "key.png"])
def test_what_is_transparent_is_white(tmp_path: Path, name: str, *, reduced: bool) -> None:
    picture = flag()
    if name.startswith("alpha"):
        mask = Image.new("L", SIZE, 255)
        mask.paste(0, (0, 0, 80, 60))
        picture.putalpha(mask)
        picture.save(tmp_path / name, lossless=True)
    elif name == "key.png":
        picture.save(tmp_path / name, transparency=BLUE)
    else:
        indexed = picture.convert("P", palette=Image.Palette.ADAPTIVE)
        indexed.save(tmp_path / name, transparency=indexed.getpixel((5, 5)))
    pixels = open_picture(tmp_path / name, longest_side=40 if reduced else None).rgb
    assert near(pixels[2, 2], (255, 255, 255), 0)
    assert near(pixels[-3, -3], RED, 2)


# ---- orientation, date, colour profile ----


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_tag_is_applied(tmp_path: Path, name: str, orientation: int) -> None:
    blue_at = {
        1: (20, 20),
        2: (20, -20),
        3: (-20, -20),
        4: (-20, 20),
        5: (20, 20),
        6: (20, -20),
        7: (-20, -20),
        8: (-20, 20),
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = opened(tmp_path, flag(), name, exif=exif)
    assert picture.facts.orientation == orientation
    assert picture.rgb.shape[:2] == ((160, 120) if orientation >= 5 else (120, 160))
    assert (picture.facts.height, picture.facts.width) == picture.rgb.shape[:2]
    assert near(picture.rgb[blue_at[orientation]], BLUE)


@pytest.mark.parametrize(
    ("stated", "seen"),
    [
        ("2024:05:06 10:00:00", date(2024, 5, 6)),
        ("2024-05-06", date(2024, 5, 6)),
        ("0000:00:00 00:00:00", None),
        ("2024:13:40 10:00:00", None),
        ("    ", None),
        ("yesterday", None),
    ],
)
def test_the_day_it_was_taken(tmp_path: Path, stated: str, seen: date | None) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = stated
    assert opened(tmp_path, flag(), "a.jpg", exif=exif).facts.taken_on == seen


@pytest.mark.parametrize(
    "tags", [b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\xfe" * 60]
)
def test_damaged_tags_are_passed_over(tmp_path: Path, tags: bytes) -> None:
    facts = opened(tmp_path, flag(), "a.jpg", exif=tags).facts
    assert (facts.orientation, facts.taken_on) == (1, None)


def matrix_profile(primaries: list[tuple[float, float, float]]) -> bytes:
    """A version 2 colour profile: the three primaries in XYZ at D50, gamma 2.2."""

    def fixed(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def xyz(values: tuple[float, float, float]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(map(fixed, values))

    curve = b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(2.2 * 256))
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Wide\0" + b"\0" * 78
    parts = {b"desc": text, b"cprt": b"text\0\0\0\0free\0", b"wtpt": xyz((0.9642, 1.0, 0.8249))}
    parts |= dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(xyz, primaries), strict=True))
    parts |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    offset, table, body = 132 + 12 * len(parts), b"", b""
    for name, data in parts.items():
        table += name + struct.pack(">II", offset + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", offset + len(body), b"none", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4sI", 2024, 1, 1, 0, 0, 0, b"acsp", 0) + b"\0" * 24
    head += fixed(0.9642) + fixed(1.0) + fixed(0.8249)
    return head.ljust(128, b"\0") + struct.pack(">I", len(parts)) + table + body


DISPLAY_P3 = matrix_profile([(0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)])


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_a_wide_colour_profile_is_turned_into_srgb(tmp_path: Path, name: str) -> None:
    # what Display P3 calls 234 51 35 is the red of sRGB's full red
    picture = opened(tmp_path, Image.new("RGB", SIZE, (234, 51, 35)), name, icc_profile=DISPLAY_P3)
    assert picture.rgb[60, 80, 0] >= 250
    assert picture.rgb[60, 80, 1] <= 20
    grey = opened(tmp_path, Image.new("RGB", SIZE, (128, 128, 128)), f"grey-{name}", icc_profile=DISPLAY_P3)
    assert near(grey.rgb[60, 80], (128, 128, 128), 3)


@pytest.mark.parametrize("profile", [b"x" * 400, b"", DISPLAY_P3[:200], DISPLAY_P3.replace(b"RGB ", b"CMYK")])
def test_a_damaged_or_foreign_profile_is_passed_over(tmp_path: Path, profile: bytes) -> None:
    picture = opened(tmp_path, flag(), "a.png", icc_profile=profile)
    assert near(picture.rgb[100, 140], RED, 3)


# ---- several frames, size ----


@pytest.mark.parametrize(("name", "frames"), [("a.gif", 2), ("a.png", 3), ("a.webp", 3), ("a.tif", 3), ("a.mpo", 3)])
def test_of_several_frames_the_first_is_shown(tmp_path: Path, name: str, frames: int) -> None:
    others = [Image.new("RGB", SIZE, colour) for colour in ("green", "yellow")]
    picture = opened(tmp_path, flag(), name, save_all=True, append_images=others)
    assert picture.facts.frames == frames  # for a GIF 2 stands for several
    assert near(picture.rgb[100, 140], RED, 60)


def test_a_later_page_of_a_tiff(tmp_path: Path) -> None:
    flag().save(tmp_path / "a.tif", save_all=True, append_images=[Image.new("RGB", (30, 40), (0, 128, 0))])
    picture = open_picture(tmp_path / "a.tif", frame=1)
    assert picture.rgb.shape == (40, 30, 3)
    assert near(picture.rgb[5, 5], (0, 128, 0), 0)
    assert (picture.facts.width, picture.facts.height) == (30, 40)
    with pytest.raises(CannotRead):
        open_picture(tmp_path / "a.tif", frame=2)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_reduced_on_request_and_never_enlarged(tmp_path: Path, name: str) -> None:
    flag((1600, 1200)).save(tmp_path / name)
    by_side = open_picture(tmp_path / name, longest_side=400)
    assert by_side.rgb.shape == (300, 400, 3)
    assert (by_side.facts.width, by_side.facts.height) == (1600, 1200)
    assert near(by_side.rgb[50, 50], BLUE)
    by_area = open_picture(tmp_path / name, pixels=480_000)
    assert by_area.rgb.shape == (600, 800, 3)
    assert open_picture(tmp_path / name, longest_side=9000).rgb.shape == (1200, 1600, 3)


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.gif"])
def test_more_pixels_than_fit_into_the_worker(tmp_path: Path, name: str) -> None:
    Image.new("1" if name != "a.gif" else "L", (9_000, limits.MAX_DECODED_PIXELS // 9_000 + 1)).save(tmp_path / name)
    assert reason(tmp_path / name) == "too_many_pixels"


def test_a_large_jpeg_is_decoded_smaller(tmp_path: Path) -> None:
    size = (12_000, limits.MAX_DECODED_PIXELS // 12_000 + 200)
    Image.new("L", size, 77).save(tmp_path / "a.jpg")
    picture = open_picture(tmp_path / "a.jpg", longest_side=600)
    assert max(picture.rgb.shape) == 600
    assert (picture.facts.width, picture.facts.height) == size
    Image.new("L", size, 77).save(tmp_path / "b.jpg", progressive=True)  # has to be decoded as a whole
    assert reason(tmp_path / "b.jpg") == "too_many_pixels"


def stating(data: bytes, width: int, height: int) -> bytes:
    """A PNG whose header states another size."""
    import zlib

    head = data[12:16] + struct.pack(">II", width, height) + data[24:29]
    return data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **how)  # type: ignore[arg-type]
    return file.getvalue()


@pytest.mark.parametrize("size", [(2_000_000_000, 2), (300_000, 300_000), (70_000, 10), (13_000, 13_000)])
def test_a_stated_size_alone_is_enough_to_refuse(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "a.png").write_bytes(stating(saved(flag(), "PNG"), *size))
    assert reason(tmp_path / "a.png") in ("too_many_pixels", "damaged")


# ---- damage ----


def test_no_picture(tmp_path: Path) -> None:
    for name, data, why in (
        ("a.jpg", b"", "empty"),
        ("b.jpg", b"%PDF-1.7 ...", "unknown_format"),
        ("c", b"x" * 99, "unknown_format"),
    ):
        (tmp_path / name).write_bytes(data)
        assert reason(tmp_path / name) == why
    assert reason(tmp_path / "not there.jpg") == "gone"
    assert reason(tmp_path) in ("not_a_file", "no_permission")


PHOTO = saved(Image.effect_noise((240, 320), 60).convert("RGB"), "JPEG", quality=90)


@pytest.mark.parametrize("tail", [b"", b"\0" * 500])
@pytest.mark.parametrize("missing", [1, 2, 12])
def test_a_jpeg_without_its_very_end_is_what_people_see(tmp_path: Path, missing: int, tail: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(PHOTO[:-missing] + tail)
    whole = np.asarray(Image.open(io.BytesIO(PHOTO)).convert("RGB"))
    assert (open_picture(tmp_path / "a.jpg").rgb[:-16] == whole[:-16]).all()
    assert open_picture(tmp_path / "a.jpg", longest_side=100).rgb.shape == (100, 75, 3)


def test_what_follows_a_jpeg_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(PHOTO + b"\0trailer" * 100)
    assert open_picture(tmp_path / "a.jpg").rgb.shape == (320, 240, 3)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("tail", [b"", b"\0" * 5000])
def test_a_jpeg_that_lacks_a_part_is_damaged(tmp_path: Path, share: float, tail: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(PHOTO[: round(share * len(PHOTO))] + tail)
    assert reason(tmp_path / "a.jpg") == "damaged"


SOURCES = {
    "jpeg": PHOTO[:6000] + PHOTO[-4000:],
    "progressive": saved(flag(), "JPEG", progressive=True),
    "png": saved(flag(), "PNG"),
    "webp": saved(flag(), "WEBP"),
    "gif": saved(flag(), "GIF", save_all=True, append_images=[Image.new("RGB", SIZE)]),
    "tiff": saved(flag(), "TIFF", compression="tiff_lzw"),
    "bmp": saved(flag((20, 20)), "BMP"),
}


@settings(max_examples=150)
@given(st.sampled_from(sorted(SOURCES)), st.data())
def test_whatever_is_broken_ends_in_pixels_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    source = bytearray(SOURCES[kind])
    for _ in range(data.draw(st.integers(0, 8))):
        source[data.draw(st.integers(0, len(source) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "broken"
    path.write_bytes(source[: data.draw(st.integers(0, len(source)))])
    try:
        outcome = str(open_picture(path, pixels=data.draw(st.sampled_from([None, 5_000]))).rgb.shape[2:])
    except CannotRead as refusal:
        outcome = refusal.reason
    assert outcome in ("(3,)", "empty", "damaged", "unknown_format", "too_many_pixels")
