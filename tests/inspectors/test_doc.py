"""Word's old .doc: text by the piece table, protection, macros, damage."""

import struct
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from degreecheck.facts import WordFacts
from degreecheck.inspectors.attached import is_program
from degreecheck.inspectors.doc import inspect_doc
from degreecheck.inspectors.unreadable import CannotRead
from make_documents import doc, doc_streams, ole, packed_file


def inspect(folder: Path, content: bytes) -> WordFacts:
    path = folder / "论文.doc"
    path.write_bytes(content)
    return inspect_doc(path)


def outcome(folder: Path, content: bytes) -> WordFacts | str:
    """The facts, or why there are none."""
    try:
        return inspect(folder, content)
    except CannotRead as refused:
        return refused.reason


def patched(streams: Mapping[str, bytes], name: str, at: int, value: bytes) -> bytes:
    """An OLE file in which a stream holds other bytes at one place."""
    stream = bytearray(streams[name])
    stream[at : at + len(value)] = value
    return ole({**streams, name: bytes(stream)})


def summary(*properties: tuple[int, int, int]) -> bytes:
    """A summary information stream of (property, type, value) (MS-OLEPS 2.21)."""
    offset = 8 + 8 * len(properties)
    index = b"".join(struct.pack("<LL", p[0], offset + 8 * n) for n, p in enumerate(properties))
    values = b"".join(struct.pack("<Ll", kind, value) for _, kind, value in properties)
    section = struct.pack("<LL", offset + len(values), len(properties)) + index + values
    return bytes(24) + struct.pack("<L", 1) + bytes(16) + struct.pack("<L", 48) + section


def test_text_of_both_widths_is_joined(tmp_path: Path) -> None:
    facts = inspect(tmp_path, doc("Café\r毕业论文\x0b二行\r", single_bytes=5))
    assert facts.first_pages == ("Café\n毕业论文\n二行",)
    assert facts.characters == 10
    assert facts.text_known
    assert facts.complete


def test_pages_end_at_page_breaks(tmp_path: Path) -> None:
    assert inspect(tmp_path, doc("封面\x0c声明\r\x0c\x0c摘要")).first_pages == ("封面", "声明", "摘要")


def test_of_a_field_only_its_result_is_read(tmp_path: Path) -> None:
    body = "见\x13 HYPERLINK \\l a \x14第\x13 PAGEREF b \x143\x15页\x15；\x13 TOC \x15完"
    assert inspect(tmp_path, doc(body)).first_pages == ("见第3页；完",)


def test_cells_pictures_and_text_boxes(tmp_path: Path) -> None:
    facts = inspect(tmp_path, doc("题目\x07某某\x07\x07\x01\x08不\x1f断\x1e字", boxes="盒中字\r"))
    assert facts.first_pages == ("题目\n某某\n不断-字",)
    assert facts.other_text == "盒中字"
    assert facts.pictures == 2


@pytest.mark.parametrize(("flags", "reason"), [(0x0100, "encrypted"), (0x8100, "encrypted")])
def test_a_password_is_told_from_damage(tmp_path: Path, flags: int, reason: str) -> None:
    assert outcome(tmp_path, doc("a", flags=flags)) == reason


@pytest.mark.parametrize("options", [{"identity": 0xA5DC, "version": 104}, {"version": 0x65}])
def test_word_6_and_95_are_not_damaged_but_unread(tmp_path: Path, options: dict[str, int]) -> None:
    facts = inspect(tmp_path, doc("a", **options))
    assert not facts.text_known
    assert facts.characters == 0


def test_without_a_piece_table_the_text_is_unknown(tmp_path: Path) -> None:
    facts = inspect(tmp_path, patched(doc_streams("a"), "WordDocument", 0x1A6, bytes(4)))
    assert not facts.text_known


def test_macros_objects_and_packed_programs(tmp_path: Path) -> None:
    more = {
        "Macros/VBA/dir": b"x",
        "ObjectPool/_1/Equation Native": b"x",
        "ObjectPool/_2/\x01Ole10Native": packed_file("附件.pdf"),
        "ObjectPool/_3/\x01Ole10Native": packed_file("安装.bat"),
        "\x01Ole10Native": packed_file("elsewhere.exe"),
    }
    facts = inspect(tmp_path, doc("a", more.items()))
    assert facts.macros
    assert (facts.objects, facts.attachments, facts.programs) == (3, 2, 1)
    assert not inspect(tmp_path, doc("a")).macros


@pytest.mark.parametrize(
    ("stream", "pages"),
    [
        (summary((2, 3, 7), (14, 3, 43)), 43),
        (summary((14, 3, -1)), None),
        (summary((14, 2, 9)), None),
        (summary((15, 3, 9)), None),
        (b"x", None),
        (bytes(44) + b"\xff\xff\xff\x7f", None),
        (bytes(44) + struct.pack("<LLL", 48, 0, 0xFFFFFFFF), None),
    ],
)
def test_stated_pages(tmp_path: Path, stream: bytes, pages: int | None) -> None:
    assert inspect(tmp_path, doc("a", {"\x05SummaryInformation": stream}.items())).stated_pages == pages


def test_damage(tmp_path: Path) -> None:
    streams = doc_streams("正文")
    assert outcome(tmp_path, b"") == "damaged"
    assert outcome(tmp_path, ole({"Workbook": b"x"})) == "damaged"
    assert outcome(tmp_path, patched(streams, "WordDocument", 0, b"\x00\x00")) == "damaged"
    assert outcome(tmp_path, ole({"WordDocument": streams["WordDocument"]})) == "damaged"
    assert outcome(tmp_path, patched(streams, "1Table", 16, b"\x09")) == "damaged"
    assert outcome(tmp_path, patched(streams, "1Table", 22, b"\xff\xff\xff\x7f")) == "damaged"
    assert outcome(tmp_path, patched(streams, "WordDocument", 0x1A2, b"\xff\xff\xff\x7f")) == "damaged"
    assert outcome(tmp_path, patched(streams, "1Table", 16 + 10 + 8 + 2, b"\x00\x00\x00\x10")) == "damaged"


def test_a_length_that_the_file_cannot_hold_is_not_believed(tmp_path: Path) -> None:
    found = outcome(tmp_path, patched(doc_streams("正文"), "WordDocument", 0x4C, b"\xff\xff\xff\xff"))
    assert isinstance(found, WordFacts)
    assert found.characters <= 2


def test_a_stream_cut_off_elsewhere_is_counted(tmp_path: Path) -> None:
    whole = doc("正文", {"ObjectPool/_1/Contents": bytes(4096)}.items())
    broken = bytearray(whole)
    at = broken.index("Contents".encode("utf-16-le")) + 116
    struct.pack_into("<L", broken, at, 0x0FFFFF)  # its first sector lies outside the file
    assert inspect(tmp_path, whole).parts_broken == 0
    assert inspect(tmp_path, bytes(broken)).parts_broken == 1


def test_cut_off_at_any_sector_it_is_damaged(tmp_path: Path) -> None:
    whole = doc("正文")
    assert {outcome(tmp_path, whole[:end]) for end in range(0, len(whole) - 512, 511)} == {"damaged"}


SAMPLE = doc(
    "Hello\r世界\x13 TOC \x14x\x15\x0c二", {"ObjectPool/_1/\x01Ole10Native": packed_file("a")}.items(), single_bytes=6
)
# Where bytes mean something: header, file information block, piece table, packed file, directory and sector table.
TELLING = [at for at in range(len(SAMPLE)) if at < 1024 or SAMPLE[at] or at % 64 == 0]


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(TELLING), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_end_in_facts_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]]
) -> None:
    content = bytearray(SAMPLE)
    for at, value in flips:
        content[at] = value
    found = outcome(tmp_path_factory.getbasetemp(), bytes(content))
    assert found in {"damaged", "encrypted"} or isinstance(found, WordFacts)


@pytest.mark.parametrize(
    ("name", "head", "program"),
    [
        ("查看.EXE", b"", True),
        ("a.pdf.scr ", b"", True),
        ("宏.docm", b"", True),
        ("数据.txt", b"MZ\x90", True),
        ("数据.txt", b"", False),
        ("exe", b"", True),
        ("说明", b"", False),
        ("", b"", False),
    ],
)
def test_which_attachments_are_programs(name: str, head: bytes, program: bool) -> None:
    assert is_program(name, head) is program
