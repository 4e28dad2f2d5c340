"""The choice of fonts, in this process: no character is drawn in a font that lacks it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication, QRawFont

from degreecheck import paths
from degreecheck.output import pdf_fonts
from degreecheck.output.pdf_fonts import Fonts, NoChineseFont
from degreecheck.sample import fonts as font_files


@pytest.fixture(scope="module")
def fonts(qapp: QGuiApplication) -> Fonts:
    return Fonts()


def shown(fonts: Fonts, words: str) -> str:
    return "".join(run.text for run in fonts.runs(words))


def test_plain_chinese_is_one_run_in_the_main_font(fonts: Fonts) -> None:
    (run,) = fonts.runs("学位申请预检：林小满 78.35")
    assert (run.text, run.family) == ("学位申请预检：林小满 78.35", fonts.main)


def test_signs_without_a_shape_are_left_out_and_line_ends_stay(fonts: Fonts) -> None:
    assert shown(fonts, "林\u200b小\u202e满\ufe00\U000e0100\n二\ufeff") == "林小满\n二"


def test_compatibility_forms_are_drawn_as_the_character_they_are(fonts: Fonts) -> None:
    assert shown(fonts, "\uf9d1") == "六"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(words=st.text(max_size=12))
def test_every_run_can_be_drawn_in_its_font(fonts: Fonts, words: str) -> None:
    fonts.start()
    for run in fonts.runs(words):
        raw = QRawFont.fromFont(fonts.font(run.family, 100))
        assert all(raw.supportsCharacter(ord(character)) for character in run.text if character != "\n")


def test_what_no_font_has_is_named(fonts: Fonts) -> None:
    fonts.start()
    assert shown(fonts, "王\ue001\ue001") in ("王\ufffd\ufffd", "王〓〓", "王??")
    assert list(fonts.missing) == ["\ue001"]
    fonts.start()
    assert not fonts.missing


def test_no_font_at_all_is_an_exception_and_not_a_page_of_boxes(
    qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_fonts, "_PROBE", "学\ue001")  # a sign that no font may be said to have
    with pytest.raises(NoChineseFont):
        Fonts()


def test_a_font_that_comes_with_the_program_is_taken_first(
    qapp: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = font_files.find_font()
    (tmp_path / "fonts").mkdir()
    shutil.copy(file, tmp_path / "fonts" / file.name)
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    monkeypatch.setattr(pdf_fonts, "FAMILIES", ())
    packaged = list(pdf_fonts._register([tmp_path / "fonts" / file.name]))
    assert packaged
    assert Fonts().main in packaged


def test_a_file_that_is_no_font_is_passed_over(qapp: QGuiApplication, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    assert list(pdf_fonts._register([broken, tmp_path / "gone.ttf"])) == []


@pytest.mark.parametrize(
    ("text", "place", "following", "cluster"),
    [("学位", 0, 1, "学"), ("学位", 1, -1, "位"), ("𠮷位", 0, 2, "𠮷"), ("a𠮷", 1, -1, "𠮷"), ("fi!", 0, 2, "fi")],
)
def test_a_glyph_stands_for_the_characters_up_to_the_next(text: str, place: int, following: int, cluster: str) -> None:
    assert pdf_fonts._cluster(text, place, following) == cluster
