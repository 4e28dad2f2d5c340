"""Word's .docx: text in reading order, what is packed inside, damage, bombs."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from degreecheck.facts import WordFacts
from degreecheck.inspectors import limits
from degreecheck.inspectors.docx import inspect_docx
from degreecheck.inspectors.unreadable import CannotRead
from make_documents import STRICT, W, docx_parts, ole, packed_file, paragraphs, relations, zipped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def inspect(folder: Path, parts: dict[str, bytes | str] | bytes) -> WordFacts:
    path = folder / "论文.docx"
    path.write_bytes(parts if isinstance(parts, bytes) else zipped(parts))
    return inspect_docx(path)


def outcome(folder: Path, content: bytes) -> WordFacts | str:
    """The facts, or why there are none."""
    try:
        return inspect(folder, content)
    except CannotRead as refused:
        return refused.reason


def refusal(folder: Path, parts: dict[str, bytes | str] | bytes) -> str:
    with pytest.raises(CannotRead) as caught:
        inspect(folder, parts)
    return caught.value.reason


def first_page(folder: Path, body: str, **options: str) -> str:
    return inspect(folder, docx_parts(body, **options)).first_pages[0]


def test_paragraphs_tables_and_breaks_are_lines(tmp_path: Path) -> None:
    cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>姓名</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    run = "<w:r><w:t>题</w:t><w:tab/><w:t>目</w:t><w:br/><w:t>下</w:t></w:r>"
    body = f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run}</w:p>"
    assert first_page(tmp_path, body + cell) == "题 目\n下\n姓名"


def test_a_run_cut_into_pieces_is_one_word(tmp_path: Path) -> None:
    last = "<w:smartTag><w:r><w:t>网</w:t></w:r></w:smartTag>"
    body = f"<w:p><w:r><w:t>基于</w:t></w:r><w:r><w:t>物联</w:t></w:r>{last}</w:p>"
    assert first_page(tmp_path, body) == "基于物联网"


def test_text_boxes_follow_their_paragraph_and_are_not_read_twice(tmp_path: Path) -> None:
    box = "<w:txbxContent>" + paragraphs("盒中题目") + "</w:txbxContent>"
    choice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>封</w:t>{choice}<w:t>面</w:t></w:r></w:p>"
    assert first_page(tmp_path, body, namespace=f"{W} {VML}") == "封面\n盒中题目"


def test_deleted_text_field_codes_and_ruby_are_not_read(tmp_path: Path) -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert first_page(tmp_path, body) == "音"


def test_pages_end_where_word_noted_it(tmp_path: Path) -> None:
    page_break = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    rendered = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>三</w:t></w:r></w:p>"
    facts = inspect(tmp_path, docx_parts(paragraphs("一") + page_break + paragraphs("二") + rendered))
    assert facts.first_pages == ("一", "二", "三")


def test_strict_documents_and_other_part_names_are_read(tmp_path: Path) -> None:
    assert first_page(tmp_path, paragraphs("严格"), namespace=STRICT) == "严格"
    assert first_page(tmp_path, paragraphs("网页版"), main="word/document2.xml") == "网页版"
    parts = docx_parts(paragraphs("反斜杠"))
    assert inspect(tmp_path, {name.replace("/", "\\"): part for name, part in parts.items()}).first_pages == ("反斜杠",)


def test_all_characters_are_counted_and_the_kept_text_is_bounded(tmp_path: Path) -> None:
    facts = inspect(tmp_path, docx_parts(paragraphs(*["毕业论文 text"] * 20_000)))
    assert facts.characters == 8 * 20_000
    assert facts.complete
    assert sum(map(len, facts.first_pages)) <= 4_000 * len(facts.first_pages)


def test_headers_pages_and_pictures(tmp_path: Path) -> None:
    picture = "<w:p><w:r><w:drawing><a:blip xmlns:a='a'/></w:drawing></w:r></w:p>"
    parts = docx_parts(paragraphs("正文") + picture)
    parts["_rels/.rels"] = relations(
        (f"{OFFICE}/officeDocument", "/word/document.xml"), (f"{OFFICE}/extended-properties", "docProps/app.xml")
    )
    parts["docProps/app.xml"] = '<Properties xmlns="e"><Pages>37</Pages></Properties>'
    parts["word/_rels/document.xml.rels"] = relations((f"{OFFICE}/header", "header1.xml"))
    parts["word/header1.xml"] = f"<w:hdr {W}>{paragraphs('某大学本科毕业论文')}</w:hdr>"
    facts = inspect(tmp_path, parts)
    assert (facts.stated_pages, facts.pictures, facts.other_text) == (37, 1, "某大学本科毕业论文")
    assert not facts.macros


@pytest.mark.parametrize("pages", ["-3", "1e9", "多", "", "9999999", "²"])
def test_a_page_count_that_is_none_is_unknown(tmp_path: Path, pages: str) -> None:
    parts = docx_parts(paragraphs("x"))
    parts["_rels/.rels"] = relations((f"{OFFICE}/extended-properties", "docProps/app.xml"))
    parts["docProps/app.xml"] = f'<Properties xmlns="e"><Pages>{pages}</Pages></Properties>'
    assert inspect(tmp_path, parts).stated_pages is None


def test_macros_objects_and_packed_programs(tmp_path: Path) -> None:
    parts = docx_parts(paragraphs("x"))
    parts["word/vbaProject.bin"] = b"x"
    parts["word/embeddings/oleObject1.bin"] = ole({"Equation Native": b"x"})
    parts["word/embeddings/oleObject2.bin"] = ole({"\x01Ole10Native": packed_file("数据.txt")})
    parts["word/embeddings/oleObject3.bin"] = ole({"\x01Ole10Native": packed_file("查看.txt.exe")})
    parts["word/embeddings/oleObject4.bin"] = ole({"\x01Ole10Native": packed_file("图标", b"MZ\x90\x00")})
    parts["word/embeddings/oleObject5.bin"] = ole({"\x01Ole10Native": struct.pack("<L", 40) + b"BM" + bytes(40)})
    parts["word/embeddings/Sheet1.xlsx"] = b"x"
    facts = inspect(tmp_path, parts)
    assert facts.macros
    assert (facts.objects, facts.attachments, facts.programs, facts.parts_broken) == (6, 3, 2, 0)


@pytest.mark.parametrize(
    ("target", "remote"),
    [("https://example.com/t.dotm", True), ("file:///C:/Templates/Normal.dotm", False), ("Normal.dotm", False)],
)
def test_a_template_from_the_network(tmp_path: Path, target: str, remote: bool) -> None:
    parts = docx_parts(paragraphs("x"))
    parts["word/_rels/settings.xml.rels"] = relations((f"{OFFICE}/attachedTemplate", target), external=True)
    assert inspect(tmp_path, parts).remote_template is remote


def test_text_kept_in_another_format_is_unknown_not_missing(tmp_path: Path) -> None:
    facts = inspect(tmp_path, docx_parts('<w:altChunk r:id="r1" xmlns:r="r"/>'))
    assert not facts.text_known
    assert inspect(tmp_path, docx_parts("<w:p/>")).text_known


def test_a_broken_picture_does_not_cost_the_text(tmp_path: Path) -> None:
    parts = docx_parts(paragraphs("正文"))
    parts["word/media/image1.png"] = bytes(range(256)) * 40
    content = bytearray(zipped(parts))
    at = content.index(b"word/media/image1.png") + 60
    content[at : at + 20] = bytes(20)
    facts = inspect(tmp_path, bytes(content))
    assert facts.first_pages == ("正文",)
    assert facts.parts_broken == 1


def test_damage(tmp_path: Path) -> None:
    parts = docx_parts(paragraphs("正文"))
    assert refusal(tmp_path, b"") == "damaged"
    assert refusal(tmp_path, {"[Content_Types].xml": "x"}) == "damaged"
    assert refusal(tmp_path, {**parts, "word/document.xml": "<w:document>"}) == "damaged"
    assert (
        refusal(tmp_path, {**parts, "word/document.xml": '<?xml version="1.0" encoding="no-such"?><a/>'}) == "damaged"
    )


def test_a_password_on_the_zip_is_named(tmp_path: Path) -> None:
    content = bytearray(zipped(docx_parts(paragraphs("正文"))))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(magic)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(magic, at + 4)
    assert refusal(tmp_path, bytes(content)) == "encrypted"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>',
        '<!DOCTYPE a SYSTEM "http://example.com/a.dtd">',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_entities_are_refused(tmp_path: Path, prolog: str) -> None:
    parts = docx_parts("")
    parts["word/document.xml"] = f"{prolog}<w:document {W}><w:body>{paragraphs('&y;&x;')}</w:body></w:document>"
    assert refusal(tmp_path, parts) == "bomb"


def test_a_part_that_shrinks_absurdly_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    assert refusal(tmp_path, docx_parts(paragraphs(" " * (limits.RATIO_FREE_BYTES + 1)))) == "bomb"


def test_a_part_larger_than_any_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", 10_000)
    assert refusal(tmp_path, docx_parts(paragraphs("x" * 10_000))) == "bomb"
    assert inspect(tmp_path, docx_parts(paragraphs("x" * 9_000))).characters == 9_000


def test_members_that_together_unpack_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 100_000)
    parts = docx_parts(paragraphs("x"))
    assert refusal(tmp_path, {**parts, **{f"word/media/{n}.bin": bytes(30_000) for n in range(4)}}) == "bomb"


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 10)
    parts = docx_parts(paragraphs("x"))
    assert refusal(tmp_path, {**parts, **{f"word/{n}": b"" for n in range(9)}}) == "bomb"


def test_a_size_that_no_packing_reaches_is_damage(tmp_path: Path) -> None:
    content = bytearray(zipped(docx_parts(paragraphs("x"))))
    entry = content.index(b"PK\x01\x02")
    struct.pack_into("<L", content, entry + 24, 0xF0000000)
    assert refusal(tmp_path, bytes(content)) == "damaged"


def test_a_member_without_a_name_is_passed_over(tmp_path: Path) -> None:
    content = zipped({**docx_parts(paragraphs("x")), "spare": b"y"}).replace(b"spare", b"\x00pare")
    assert inspect(tmp_path, content).first_pages == ("x",)


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    deep = limits.MAX_XML_DEPTH + 1
    assert refusal(tmp_path, docx_parts("<w:sdt>" * deep + "</w:sdt>" * deep)) == "bomb"


def test_cut_off_at_any_byte_it_is_damaged(tmp_path: Path) -> None:
    whole = zipped(docx_parts(paragraphs("正文")))
    assert {refusal(tmp_path, whole[:end]) for end in range(len(whole))} == {"damaged"}


SAMPLE = zipped({**docx_parts(paragraphs("正文", "text")), "word/embeddings/o.bin": ole({"\x01Ole10Native": b"x"})})


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_end_in_facts_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]]
) -> None:
    content = bytearray(SAMPLE)
    for at, value in flips:
        content[at] = value
    found = outcome(tmp_path_factory.getbasetemp(), bytes(content))
    assert found in {"damaged", "encrypted", "bomb"} or isinstance(found, WordFacts)


def test_zip64_records_are_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", allowZip64=True) as archive:
        for name, part in docx_parts(paragraphs("大")).items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(part.encode() if isinstance(part, str) else part)
    assert inspect(tmp_path, out.getvalue()).first_pages == ("大",)
