"""The tables that say what glyphs stand for: read as Qt writes them, replaced without touching anything else."""

from __future__ import annotations

import re

import pypdfium2

from degreecheck.output import pdf_codes

TABLE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
3 beginbfrange
<0000> <0000> <0000>
<0001> <0003> [<2F42> <5B57> <0009> ]
<0005> <0006> <0041>
endbfrange
endcmap
"""


def fresh() -> bytes:
    """A PDF with one font of seven glyphs, laid out as Qt does; glyph 4 has no code."""
    content = b"BT /F1 20 Tf 20 100 Td <000100020004> Tj ET"
    objects = [
        b"<<\n/Title (x)\n>>",
        b"<<\n/Type /Catalog\n/Pages 3 0 R\n>>",
        b"<<\n/Type /Pages /Kids [4 0 R] /Count 1\n>>",
        b"<<\n/Type /Page\n/Parent 3 0 R\n/Contents 5 0 R\n/Resources << /Font << /F1 6 0 R >> >>\n"
        b"/MediaBox [0 0 200 200]\n>>",
        b"<<\n/Length %d\n>>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font\n/Subtype /Type0\n/BaseFont /Some-Font\n/Encoding /Identity-H\n"
        b"/DescendantFonts [7 0 R]\n/ToUnicode 8 0 R>>",
        b"<< /Type /Font\n/Subtype /CIDFontType2\n/BaseFont /Some-Font\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>\n"
        b"/FontDescriptor 9 0 R\n/CIDToGIDMap /Identity\n/DW 1000 >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(TABLE), TABLE),
        b"<< /Type /FontDescriptor\n/FontName /Some-Font\n/Flags 4 \n/FontBBox [0 0 1000 1000 ]\n/ItalicAngle 0 \n"
        b"/Ascent 900 \n/Descent -100 \n/CapHeight 900 \n/StemV 50 \n/CIDSet 10 0 R\n>>",
        b"<<\n/Length 1\n>>\nstream\n\xfe\nendstream",
    ]
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<<\n/Size %d\n/Info 1 0 R\n/Root 2 0 R\n>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(data)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def test_a_table_is_read_with_lists_and_runs() -> None:
    (font,) = pdf_codes.read(fresh())
    assert font.name == "Some-Font"
    assert font.table == 8
    assert font.glyphs == 7
    assert font.codes == {1: "\u2f42", 2: "字", 3: "\t", 5: "A", 6: "B"}


def test_the_corrected_file_copies_out_right() -> None:
    assert "文" not in text_of(fresh())
    corrected = pdf_codes.corrected(fresh(), {8: {1: "文", 2: "字", 3: " ", 4: "𠮷", 5: "A", 6: "B"}})
    assert text_of(corrected).strip() == "文字𠮷"
    assert corrected.startswith(fresh())
    assert pdf_codes.read(corrected[: len(fresh())])[0].codes[1] == "\u2f42"


def test_the_added_part_names_its_place_and_the_part_before() -> None:
    corrected = pdf_codes.corrected(fresh(), {8: {1: "文"}})
    starts = [int(found) for found in re.findall(rb"startxref\n(\d+)", corrected)]
    assert [corrected[start : start + 4] for start in starts] == [b"xref", b"xref"]
    assert int(re.findall(rb"/Prev (\d+)", corrected)[0]) == starts[0]
    place = int(re.findall(rb"8 1\n(\d{10}) 00000 n", corrected)[0])
    assert corrected[place:].startswith(b"8 0 obj\n")


def test_long_tables_are_written_in_blocks_of_a_hundred() -> None:
    corrected = pdf_codes.corrected(fresh(), {8: {number: chr(0x4E00 + number) for number in range(1, 251)}})
    assert [int(count) for count in re.findall(rb"(\d+) beginbfchar", corrected)] == [100, 100, 50]


def test_nothing_to_correct_and_no_pdf_stay_as_they_are() -> None:
    assert pdf_codes.corrected(fresh(), {}) == fresh()
    assert pdf_codes.corrected(b"no pdf", {8: {1: "x"}}) == b"no pdf"
    assert pdf_codes.read(b"no pdf") == []
