"""Which characters the glyphs of a fresh PDF stand for, corrected, so that text can be searched and copied out.

Qt derives these tables from the font alone. Where two characters share a glyph it takes the lower code, which is a
radical's for common Chinese characters (U+2F42 in place of 文), and it leaves out all characters beyond U+FFFF. What
was really drawn is known here. Only files that this program's own process has just made are read.

The tables are added again at the end of the file, as an incremental update (ISO 32000-1, 7.5.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_FONT = re.compile(
    rb"\n(\d+) 0 obj\n<< ?/Type /Font\n/Subtype /Type0\n/BaseFont /(\S+)\n[^>]*?"
    rb"/DescendantFonts \[(\d+) 0 R\]\n/ToUnicode (\d+) 0 R"
)
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]{4})>|\[([^\]]*)\])")
_AT_A_TIME = 100  # entries of one bfchar block, the format's limit (Adobe technical note 5411)
_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


@dataclass(frozen=True)
class FontCodes:
    """A font in the file: its glyphs are numbered from 0 in the order in which they were first drawn."""

    name: str
    table: int  # number of the object that holds the table
    glyphs: int
    codes: Mapping[int, str]  # glyph → character, as Qt wrote them


def read(pdf: bytes) -> list[FontCodes]:
    """The fonts of a PDF that Qt wrote, in the order in which they were first used."""
    found = []
    for match in sorted(_FONT.finditer(pdf), key=lambda match: int(match[1])):
        table = int(match[4])
        codes = dict(_entries(_object(pdf, table)))
        glyphs = max(_glyphs(pdf, int(match[3])), max(codes, default=0) + 1)
        found.append(FontCodes(match[2].decode("latin-1"), table, glyphs, codes))
    return found


def corrected(pdf: bytes, tables: Mapping[int, Mapping[int, str]]) -> bytes:
    """The file with these tables (object number → glyph → character) in place of Qt's."""
    start = re.search(rb"startxref\n(\d+)\s*%%EOF\s*\Z", pdf)
    trailer = re.search(rb"\ntrailer\n<<\n(.*?)>>\s*startxref", pdf, re.DOTALL)
    if not tables or start is None or trailer is None:
        return pdf
    added = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    places = []
    for number, codes in sorted(tables.items()):
        places.append((number, len(added)))
        body = _table(codes)
        added += b"%d 0 obj\n<< /Length %d >>\nstream\n%sendstream\nendobj\n" % (number, len(body), body)
    at = len(added)
    added += b"xref\n"
    for number, place in places:
        added += b"%d 1\n%010d 00000 n \n" % (number, place)
    added += b"trailer\n<<\n%s/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (trailer[1], start[1], at)
    return bytes(added)


def _object(pdf: bytes, number: int) -> bytes:
    found = re.search(rb"\n%d 0 obj\n(.*?)\nendobj" % number, pdf, re.DOTALL)
    return found[1] if found else b""


def _glyphs(pdf: bytes, descendant: int) -> int:
    """How many glyphs a font has, by its CIDSet: a stream with one bit for each. 0 where that is not found."""
    number = rb"/%s (\d+) 0 R"
    descriptor = re.search(number % b"FontDescriptor", _object(pdf, descendant))
    stream = re.search(number % b"CIDSet", _object(pdf, int(descriptor[1]))) if descriptor else None
    head = re.search(rb"\n%s 0 obj\n<<\s*/Length (\d+)\s*>>\nstream\n" % stream[1], pdf) if stream else None
    bits = pdf[head.end() : head.end() + int(head[1])] if head else b""
    return sum(byte.bit_count() for byte in bits)


def _entries(table: bytes) -> Iterator[tuple[int, str]]:
    for first, last, one, many in _RANGE.findall(table):
        codes = [one] if one else re.findall(rb"[0-9A-F]{4}", many)
        for glyph in range(int(first, 16), int(last, 16) + 1):
            place = glyph - int(first, 16)
            # A single code stands for the first glyph, the others follow it.
            code = int(one, 16) + place if one else int(codes[place], 16)
            if glyph and code:
                yield glyph, chr(code)


def _table(codes: Mapping[int, str]) -> bytes:
    entries = [b"<%04X> <%s>\n" % (glyph, _hex(character)) for glyph, character in sorted(codes.items())]
    blocks = [entries[start : start + _AT_A_TIME] for start in range(0, len(entries), _AT_A_TIME)]
    return (
        _HEAD + b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)) for block in blocks) + _TAIL
    )


def _hex(character: str) -> bytes:
    return character.encode("utf-16-be").hex().upper().encode("ascii")
