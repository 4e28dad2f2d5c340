"""What a file is by its bytes, and what its name claims it is.

People rename files to get them past an upload form, systems save HTML or XML under a .doc name, phones write HEIC under
.jpg: the bytes decide. Never raises: what cannot be made out is "unknown".
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

from degreecheck.facts import FileType
from degreecheck.inspectors.containers import ole_type, zip_type

HEAD_BYTES = 65_536  # what a caller should hand over; less makes truncated archives harder to name
_PDF_HEADER_WITHIN = 1024  # readers accept junk before the header up to here (PDF 32000-1, annex H.3.4.1)
_TEXT_BYTES = 8_192

# Where every file of the type begins with them.
_MAGICS: tuple[tuple[bytes, FileType], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),  # BigTIFF
    (b"MM\x00+", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"CAJ\x00", "caj"),  # CNKI's own formats
    (b"KDH ", "caj"),
    (b"HN\x00\x00", "caj"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "shortcut"),
    (b"[InternetShortcut]", "shortcut"),
    (b"\x7fELF", "program"),
    (b"\x1aE\xdf\xa3", "video"),  # Matroska, WebM
    (b"FLV\x01", "video"),
)

# ISO 14496-12 brands. "mif1" and "msf1" only say "a picture": the compatible brands settle it.
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_PICTURE_BRANDS = frozenset({b"mif1", b"msf1", b"mif2", b"miaf"})

_BMP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})


def sniff(head: bytes, path: Path) -> FileType:
    """The type of the file at ``path``, whose first bytes (HEAD_BYTES, or the whole file) are ``head``."""
    if not head:
        return "empty"
    for magic, kind in _MAGICS:
        if head.startswith(magic):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")):
        return zip_type(head, path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ole_type(path)
    return _boxed(head) or _windows_format(head) or _buried_pdf(head) or _textual(head)


def _boxed(head: bytes) -> FileType | None:
    """Formats built of boxes or chunks: HEIC, AVIF, video, WEBP."""
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else "video" if head[8:12] == b"AVI " else None
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free") and len(head) > 16:  # QuickTime without a brand
        return "video"
    if head[4:8] != b"ftyp":
        return None
    length = min(struct.unpack(">I", head[:4])[0], 512)
    major, others = head[8:12], {head[at : at + 4] for at in range(16, length, 4)}
    if major in _PICTURE_BRANDS:
        return "avif" if others & _AVIF_BRANDS and not others & _HEIC_BRANDS else "heic"
    return "heic" if major in _HEIC_BRANDS else "avif" if major in _AVIF_BRANDS else "video"


def _windows_format(head: bytes) -> FileType | None:
    """Formats whose magic is two letters, which ordinary text may begin with: more has to fit."""
    if head[:2] == b"BM" and len(head) >= 18:
        header = struct.unpack("<I", head[14:18])[0]
        return "bmp" if header in _BMP_HEADERS else None
    if head[:2] == b"MZ" and b"\x00" in head[:64]:
        return "program"
    return None


def _buried_pdf(head: bytes) -> FileType | None:
    """A PDF behind a byte order mark, blank lines or the remains of a download's header."""
    at = head.find(b"%PDF-", 0, _PDF_HEADER_WITHIN)
    return "pdf" if at > 0 and b"obj" in head[at:] else None


def _textual(head: bytes) -> FileType:
    start = head[:_TEXT_BYTES]
    if not start.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        return "unknown" if b"\x00" in start else "empty"  # blanks only; zeros are a copy that failed
    text = _decoded(start)
    if text is None:
        return "unknown"
    low = text.lstrip("\ufeff \t\r\n").lower()
    if low.startswith("{\\rtf"):
        return "rtf"
    if 'progid="word.document"' in low or "<w:worddocument" in low or "<pkg:package" in low:
        return "word_xml"
    if low.startswith("mime-version:") or re.search(r"^content-type:\s*multipart/related", low, re.MULTILINE):
        return "html"
    markup = re.sub(r"<!--.*?-->|<\?xml[^>]*>", "", low, flags=re.DOTALL).lstrip()
    return (
        "html" if re.match(r"<(!doctype\s+html|html|head|body|meta|table|div)\b", markup) or "<html" in low else "text"
    )


def _decoded(start: bytes) -> str | None:
    """The beginning as text, or None where it is none: control characters, or bytes of no usual encoding."""
    encodings = ["utf-16"] if start[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8", "gb18030"]
    for encoding in encodings:
        for cut in range(4):  # the piece may end inside a character
            try:
                text = start[: len(start) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            controls = sum(character < " " and character not in "\t\n\r\f" for character in text)
            return None if controls else text
    return None
