"""What happens to the bytes of a file on its way to the portal."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pypdfium2

Damage = Callable[[bytes], bytes]


def truncated(data: bytes) -> bytes:
    """Two thirds of a file."""
    return data[: len(data) * 2 // 3]


def zipped(data: bytes) -> bytes:
    """The file in a zip."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("1.jpg"), data)
    return out.getvalue()


def locked(pdf: bytes) -> bytes:
    """A PDF that asks for a password which nobody knows (ISO 32000-1, 7.6.3)."""
    entries = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -1852/O<%s>/U<%s>>>/ID[<%s><%s>]" % (
        b"5a" * 32,
        b"c3" * 32,
        b"17" * 16,
        b"17" * 16,
    )
    before, trailer, after = pdf.rpartition(b"trailer")
    return before + trailer + after.replace(b"<<", b"<<" + entries, 1)


def without_end(pdf: bytes) -> bytes:
    """Cut off in its last lines: readers mend that, and say nothing."""
    return pdf[: pdf.rfind(b"startxref")]


def as_portfolio(pdf: bytes) -> bytes:
    """A document that hides its attachments behind a cover (ISO 32000-1, 7.11.6)."""
    attached = _attached(pdf, "毕业论文.pdf", pdf)
    return attached.replace(b"/Type/Catalog", b"/Type/Catalog/Collection<</View/D>>", 1)


def with_program(pdf: bytes) -> bytes:
    """A PDF with a program among its attachments."""
    return _attached(pdf, "setup.exe", b"MZ" + bytes(62))


def _attached(pdf: bytes, name: str, content: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    document.new_attachment(name).set_data(content)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def with_macros(docx: bytes) -> bytes:
    """A Word file with a macro project in it."""
    return _with_part(docx, "word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(508))


def with_broken_picture(docx: bytes) -> bytes:
    """A Word file with a picture whose bytes are not those that were packed."""
    picture = b"\x89PNG" + bytes(range(256)) * 4
    return _with_part(docx, "word/media/image1.png", picture).replace(picture[100:132], bytes(32), 1)


def _with_part(docx: bytes, name: str, content: bytes) -> bytes:
    out = BytesIO(docx)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
