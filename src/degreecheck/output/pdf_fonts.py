"""Which font to print with: one whose Chinese text can be read, and another for each rare character that it lacks.

Runs only in the process that makes PDFs. No character is ever printed as a box: one that no font on this computer has
is printed as U+FFFD and named in the outcome, so that it can be written in by hand.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QRawFont, QTextLayout

from degreecheck import paths
from degreecheck.output import pdf_codes

# Best first. Measured: text in WenQuanYi Micro Hei copies back as it is; what the others need, pdf_codes corrects.
FAMILIES = (
    "Microsoft YaHei", "DengXian", "SimHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC", "STHeiti",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    "Source Han Sans CN", "SimSun", "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN",
    "Droid Sans Fallback",
)  # fmt: skip
# Off the screen, Qt knows no fonts of Windows: these files are shown to it, the second group only for rare characters.
_WINDOWS_FILES = ("msyh.ttc", "Deng.ttf", "simhei.ttf", "simsun.ttc")
_WINDOWS_RARE_FILES = ("simsun.ttc", "simsunb.ttf", "SimsunExtG.ttf", "msjh.ttc", "mingliub.ttc", "seguisym.ttf")
# What a font must have to be of use at all: the words of the report, and the signs of Chinese text.
_PROBE = "学位申请预检报告身份证专业姓名错误待确认，。：（）“”"
_UNKNOWN = "\ufffd"
_UNKNOWN_ELSEWHERE = "〓?"  # where the font lacks even that: the sign that printers put for a sort they do not have


_WITH_PLACES = QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes | (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes
)


class NoChineseFont(Exception):
    """No font on this computer has Chinese characters."""


@dataclass(frozen=True)
class Run:
    """A piece of text in one font family."""

    text: str
    family: str


class Fonts:
    """The fonts of one process: chosen once, asked for every text, and remembering what was drawn with them."""

    def __init__(self) -> None:
        """Choose the main font. Raises NoChineseFont."""
        self._raw: dict[str, QRawFont] = {}
        self._family_of: dict[str, str] = {}
        self._rare_shown = False
        packaged = list(_register(sorted((paths.resources() / "fonts").glob("*.[to]t[fc]"))))
        list(_register(_windows_files(_WINDOWS_FILES)))
        known = set(QFontDatabase.families())
        others = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
        for family in (*packaged, *(name for name in FAMILIES if name in known), *others):
            if all(self._has(family, character) for character in _PROBE):
                self.main = family
                break
        else:
            raise NoChineseFont
        self._substitute = next(
            (character for character in (_UNKNOWN + _UNKNOWN_ELSEWHERE) if self._has(self.main, character)), "?"
        )
        self.start()

    def start(self) -> None:
        """Forget what was drawn: a new file begins."""
        self.missing: dict[str, None] = {}
        self._drawn: dict[str, dict[int, str]] = {}  # family → glyph → text

    def font(self, family: str, pixels: int) -> QFont:
        """The font at a size in the canvas's units."""
        font = QFont(family)
        font.setPixelSize(max(1, pixels))
        # Only with characters that the family has: no other is ever put in its place unseen.
        font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def runs(self, text: str) -> list[Run]:
        """The text as it can be drawn, in pieces of one font each. Line ends stay, other control signs are shown."""
        pieces: list[tuple[str, str]] = []
        for character in unicodedata.normalize("NFC", text):
            if _invisible(character):
                continue
            family = self.main if character == "\n" else self._family(character)
            shown = character
            if not family:
                if unicodedata.category(character) not in ("Cc", "Cs"):
                    self.missing[character] = None
                shown, family = self._substitute, self.main
            if pieces and pieces[-1][1] == family:
                pieces[-1] = (pieces[-1][0] + shown, family)
            else:
                pieces.append((shown, family))
        return [Run(text, family) for text, family in pieces]

    def note(self, layout: QTextLayout) -> None:
        """This layout is drawn now: remember which glyph stands for which text, in order."""
        text = layout.text()
        found: list[tuple[int, str, int]] = []
        for run in layout.glyphRuns(-1, -1, _WITH_PLACES):
            family = run.rawFont().familyName()
            found += (
                (place, family, glyph) for place, glyph in zip(run.stringIndexes(), run.glyphIndexes(), strict=True)
            )
        # Qt gives the runs of several fonts in no order; they are drawn in the text's.
        found.sort(key=lambda entry: entry[0])
        ends = [place for place, _, _ in found[1:]]
        for (place, family, glyph), end in zip(found, [*ends, -1], strict=True):
            self._drawn.setdefault(family, {}).setdefault(glyph, _cluster(text, place, end))

    def with_right_codes(self, pdf: bytes) -> bytes:
        """The PDF whose text copies out as it was drawn; unchanged where Qt's tables already say so."""
        tables = {}
        fonts = pdf_codes.read(pdf)
        # Fonts, and in each font its glyphs, are numbered in the order in which they were first drawn.
        if len(fonts) == len(self._drawn):
            for font, (family, drawn) in zip(fonts, self._drawn.items(), strict=True):
                codes = {number: text for number, text in enumerate(drawn.values(), 1) if text}
                if codes != dict(font.codes) and self._agree(font, family, list(drawn)):
                    tables[font.table] = codes
        return pdf_codes.corrected(pdf, tables)

    def _agree(self, font: pdf_codes.FontCodes, family: str, glyphs: list[int]) -> bool:
        """Whether Qt's table, as far as it goes, speaks of the same glyphs in the same order."""
        if font.glyphs != len(glyphs) + 1:
            return False
        same = sum(self._glyph(family, code) == glyphs[number - 1] for number, code in font.codes.items())
        return same >= 0.9 * len(font.codes)

    def _glyph(self, family: str, character: str) -> int:
        glyphs = self._font_of(family).glyphIndexesForString(character)
        return int(glyphs[0]) if glyphs else 0

    def _family(self, character: str) -> str:
        """A family that has the character, the main one where it has; empty where there is none."""
        if character not in self._family_of:
            self._family_of[character] = next(
                (family for family in self._in_turn(character) if self._has(family, character)), ""
            )
        return self._family_of[character]

    def _in_turn(self, character: str) -> Iterator[str]:
        yield self.main
        if unicodedata.category(character) in ("Cc", "Cn"):
            return
        known = set(QFontDatabase.families())
        yield from (family for family in FAMILIES if family in known)
        if not self._rare_shown:
            self._rare_shown = True
            yield from _register(_windows_files(_WINDOWS_RARE_FILES))
        yield from (family for family in QFontDatabase.families() if QFontDatabase.isSmoothlyScalable(family))

    def _has(self, family: str, character: str) -> bool:
        # A private-use sign means something else in each font; a name's own private sign is in none of them.
        if unicodedata.category(character) == "Co":
            return False
        return bool(self._font_of(family).supportsCharacter(ord(character)))

    def _font_of(self, family: str) -> QRawFont:
        if family not in self._raw:
            self._raw[family] = QRawFont.fromFont(self.font(family, 100))
        return self._raw[family]


def _invisible(character: str) -> bool:
    """Signs without a shape: joiners, marks of direction (which could reorder a line), variation selectors."""
    return character != "\n" and (
        unicodedata.category(character) in ("Cf", "Zl", "Zp")
        or 0xFE00 <= ord(character) <= 0xFE0F
        or 0xE0100 <= ord(character) <= 0xE01EF
    )


def _cluster(text: str, place: int, following: int) -> str:
    """The characters that a glyph stands for. Places count UTF-16 code units, as Qt does."""
    units = text.encode("utf-16-le", errors="surrogatepass")
    end = following if following > place else place + 1
    if end == place + 1 and 0xD8 <= units[2 * place + 1] <= 0xDB:
        end = place + 2
    return units[2 * place : 2 * end].decode("utf-16-le", errors="ignore")


def _register(files: list[Path]) -> Iterator[str]:
    for file in files:
        number = QFontDatabase.addApplicationFont(str(file))
        yield from QFontDatabase.applicationFontFamilies(number) if number >= 0 else ()


def _windows_files(names: tuple[str, ...]) -> list[Path]:
    places: list[Path] = []
    if sys.platform == "win32":
        places.append(Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts")
        if local := os.environ.get("LOCALAPPDATA"):  # fonts installed for one person only
            places.append(Path(local) / "Microsoft" / "Windows" / "Fonts")
    return [place / name for name in names for place in places if (place / name).is_file()]
