"""What a file is by its bytes, and what its name claims."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.file_types import claimed_type
from degreecheck.inspectors.sniff import HEAD_BYTES, sniff
from make_documents import doc, docx_parts, ole, paragraphs, pdf, pdf_pages, zipped


def kind_of(folder: Path, content: bytes, name: str = "file") -> str:
    path = folder / name
    path.write_bytes(content)
    return sniff(content[:HEAD_BYTES], path)


def ftyp(major: bytes, *others: bytes) -> bytes:
    body = major + b"\x00\x00\x00\x00" + b"".join(others)
    return struct.pack(">I", len(body) + 8) + b"ftyp" + body + b"\x00\x00\x00\x08mdat"


BMP = b"BM" + struct.pack("<LLL", 58, 0, 54) + struct.pack("<L", 40) + bytes(40)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (bytes(5000), "unknown"),
        (b"\xff\xd8\xff\xe1\x00\x10Exif", "jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00", "png"),
        (b"GIF89a\x01\x00", "gif"),
        (b"GIF87a\x01\x00", "gif"),
        (b"II*\x00\x08\x00\x00\x00", "tiff"),
        (b"MM\x00*\x00\x00\x00\x08", "tiff"),
        (b"II+\x00\x08\x00\x00\x00", "tiff"),
        (b"MM\x00+\x00\x08\x00\x00", "tiff"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"RIFF\x10\x00\x00\x00AVI LIST", "video"),
        (BMP, "bmp"),
        (b"BMW is a car maker in Munich", "text"),
        (ftyp(b"heic", b"mif1", b"heic"), "heic"),
        (ftyp(b"mif1", b"mif1", b"heix"), "heic"),
        (ftyp(b"mif1"), "heic"),
        (ftyp(b"avif", b"mif1", b"avif"), "avif"),
        (ftyp(b"mif1", b"avif"), "avif"),
        (ftyp(b"isom", b"mp42"), "video"),
        (ftyp(b"qt  "), "video"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\r\n{\\rtf1\\ansi", "rtf"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c\x00", "7z"),
        (b"CAJ\x00\x01", "caj"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "program"),
        (b"\x4c\x00\x00\x00\x01\x14\x02\x00\x00", "shortcut"),
        (b"[InternetShortcut]\r\nURL=x", "shortcut"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "html"),
        (b"<!-- saved --><html xmlns:w='urn:schemas-microsoft-com:office:word'>", "html"),
        ("<html><body>论文</body></html>".encode("gb18030"), "html"),
        ("<html><body>论文</body></html>".encode("utf-16"), "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "word_xml"),
        (b"\xef\xbb\xbf" + "张三，论文".encode(), "text"),
        ("张三，论文".encode("gb18030"), "text"),
        (b"\x01\x02\x03\x04\x05\x06", "unknown"),
        (b"%PDF-1.4\n", "pdf"),
    ],
)
def test_bytes_decide(tmp_path: Path, content: bytes, kind: str) -> None:
    assert kind_of(tmp_path, content, "论文.docx") == kind


@pytest.mark.parametrize("junk", [b"\xef\xbb\xbf", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1000])
def test_a_pdf_behind_junk_is_a_pdf(tmp_path: Path, junk: bytes) -> None:
    assert kind_of(tmp_path, junk + pdf(pdf_pages("a"))) == "pdf"


def test_a_pdf_header_far_down_is_none(tmp_path: Path) -> None:
    assert kind_of(tmp_path, b"x" * 1100 + pdf(pdf_pages("a"))) != "pdf"


def test_text_about_pdf_is_text(tmp_path: Path) -> None:
    assert kind_of(tmp_path, b"A PDF begins with %PDF-1.7.") == "text"


def test_zips_are_told_apart(tmp_path: Path) -> None:
    types = {"[Content_Types].xml": "<Types/>"}
    assert kind_of(tmp_path, zipped(docx_parts(paragraphs("a")))) == "docx"
    assert kind_of(tmp_path, zipped({**types, "word\\document2.xml": "x"})) == "docx"
    assert kind_of(tmp_path, zipped({**types, "xl/workbook.xml": "x"})) == "ooxml"
    assert kind_of(tmp_path, zipped({**types, "ppt/presentation.xml": "x"})) == "ooxml"
    assert kind_of(tmp_path, zipped({"OFD.xml": "x", "Doc_0/Document.xml": "x"})) == "ofd"
    assert kind_of(tmp_path, zipped({"word/论文.txt": "x"})) == "zip"
    assert kind_of(tmp_path, zipped({})) == "zip"


def test_a_docx_cut_off_anywhere_after_its_first_part_is_still_called_one(tmp_path: Path) -> None:
    whole = zipped(docx_parts(paragraphs(*(f"{n}" for n in range(300)))))
    first_name = whole.index(b"word/document.xml") + len(b"word/document.xml")
    assert {kind_of(tmp_path, whole[:end]) for end in range(first_name, len(whole), 37)} == {"docx"}


def test_ole_files_are_told_apart(tmp_path: Path) -> None:
    assert kind_of(tmp_path, doc("a")) == "doc"
    assert kind_of(tmp_path, ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "论文.docx") == "encrypted_office"
    assert kind_of(tmp_path, ole({"\tDRMContent": b"x"})) == "encrypted_office"
    assert kind_of(tmp_path, ole({"Workbook": b"x"})) == "ole"
    assert kind_of(tmp_path, ole({"PowerPoint Document": b"x"})) == "ole"


def test_an_ole_file_without_its_directory_goes_by_its_first_stream_or_name(tmp_path: Path) -> None:
    assert kind_of(tmp_path, doc("a")[:4000]) == "doc"
    other = ole({"Workbook": b"x"})[:4000]
    assert kind_of(tmp_path, other) == "ole"
    assert kind_of(tmp_path, other, "论文.DOC") == "doc"


@given(
    content=st.binary(max_size=200), magic=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
)
def test_never_raises(tmp_path_factory: pytest.TempPathFactory, content: bytes, magic: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    assert isinstance(kind_of(folder, magic + content, "sniffed"), str)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("照片.JPG", "jpeg"),
        ("mmexport1700000000000.jpeg", "jpeg"),
        ("a.jfif", "jpeg"),
        ("IMG_0001.HEIC", "heic"),
        ("成绩单.扫描.tif", "tiff"),
        ("论文.pdf.docx", "docx"),
        ("论文(终稿).docm", "docx"),
        ("论文.wps", "doc"),
        ("论文.doc ", "doc"),
        ("论文.pdf.", "pdf"),
        ("论文.caj", "caj"),
        ("folder.pdf/论文", None),
        ("论文", None),
        (".pdf", None),
        ("2024.04", None),
    ],
)
def test_what_a_name_claims(name: str, kind: str | None) -> None:
    assert claimed_type(name) == kind
