"""Small PDF, .docx and OLE files made byte by byte, so that tests can break them where they like."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
A4 = (595, 842)

# ── PDF (ISO 32000-1, 7.5) ─────────────────────────────────────────────────────────────────────────────────────────


def pdf(objects: Mapping[int, bytes], trailer: str = "") -> bytes:
    """A PDF of numbered objects; object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer.encode(), start)
    return bytes(out)


def pdf_stream(data: bytes, entries: str = "") -> bytes:
    """A stream object with its dictionary."""
    return b"<</Length %d%s>>\nstream\n" % (len(data), entries.encode()) + data + b"\nendstream"


def pdf_pages(*texts: str, size: tuple[float, float] = A4, hidden: bool = False) -> dict[int, bytes]:
    """The objects of a PDF with one page for each text, Chinese too; page n is object 10n, its content 10n + 1."""
    ranges = "".join(
        f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in range(256) if not 0xD8 <= high < 0xE0
    )
    blocks = [ranges.splitlines()[at : at + 100] for at in range(0, 248, 100)]
    cmap = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    cmap += "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    cmap += "".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange\n" for block in blocks)
    cmap += "endcmap end end"
    font = "<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        3: b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        4: f"{font}/Supplement 0>>/DW 1000>>".encode(),
        5: pdf_stream(cmap.encode()),
    }
    for index, text in enumerate(texts, start=1):
        lines = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td\n" for line in text.split("\n") if line)
        content = f"BT /F 12 Tf {3 if hidden else 0} Tr 60 {size[1] - 80} Td\n{lines}ET" if lines else ""
        objects[10 * index] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]/Contents {10 * index + 1} 0 R"
            f"/Resources<</Font<</F 3 0 R>>>>>>"
        ).encode()
        objects[10 * index + 1] = pdf_stream(content.encode())
    kids = " ".join(f"{10 * index} 0 R" for index in range(1, len(texts) + 1))
    objects[2] = f"<</Type/Pages/Count {len(texts)}/Kids[{kids}]>>".encode()
    return objects


def pdf_of_picture(data: bytes, decoder: str, width: int, height: int) -> bytes:
    """A PDF of one A4 page that a single RGB picture covers."""
    objects = pdf_pages("")
    entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/DeviceRGB"
    objects[6] = pdf_stream(data, f"{entries}/Filter/{decoder}")
    objects[11] = pdf_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    objects[10] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R/Resources<</XObject<</I 6 0 R>>>>>>"
    return pdf(objects)


# ── .docx (ECMA-376) ───────────────────────────────────────────────────────────────────────────────────────────────


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip of named parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx_parts(body: str, *, namespace: str = W, main: str = "word/document.xml") -> dict[str, bytes | str]:
    """The parts of a .docx whose body is this XML."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations((f"{office}/officeDocument", main)),
        main: f'<?xml version="1.0" encoding="UTF-8"?><w:document {namespace}><w:body>{body}</w:body></w:document>',
    }


def relations(*entries: tuple[str, str], external: bool = False) -> str:
    """A part of relationships: (type, target)."""
    mode = ' TargetMode="External"' if external else ""
    made = "".join(
        f'<Relationship Id="r{index}" Type="{kind}" Target="{target}"{mode}/>'
        for index, (kind, target) in enumerate(entries)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def paragraphs(*texts: str) -> str:
    """WordprocessingML paragraphs of one run each."""
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


# ── OLE (MS-CFB) and .doc (MS-DOC) ─────────────────────────────────────────────────────────────────────────────────


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file. Names are paths with "/"; streams are padded to 4,096 bytes, which need no mini stream."""
    tree: dict[str, list[str]] = {"": []}
    for path in streams:
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            parent, own = "/".join(parts[: depth - 1]), "/".join(parts[:depth])
            if own not in tree.setdefault(parent, []):
                tree[parent].append(own)
    entries = [""]
    for path in entries:
        entries.extend(tree.get(path, ()))
    content = bytearray()
    fat: list[int] = []
    places = {}
    for path, stream in streams.items():
        data = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\x00")
        places[path] = (len(fat), len(data))
        sectors = len(data) // 512
        fat.extend([*range(len(fat) + 1, len(fat) + sectors), 0xFFFFFFFE])
        content += data
    directory = bytearray()
    for index, path in enumerate(entries):
        children, siblings = tree.get(path, []), tree.get(path.rpartition("/")[0], []) if path else []
        after = siblings.index(path) + 1 if path else 0
        directory += _ole_entry(
            name="Root Entry" if not index else path.rpartition("/")[2],
            kind=5 if not index else 2 if path in streams else 1,
            right=entries.index(siblings[after]) if path and after < len(siblings) else 0xFFFFFFFF,
            child=entries.index(children[0]) if children else 0xFFFFFFFF,
            place=places.get(path, (0xFFFFFFFE, 0)),
        )
    directory += bytes(-len(directory) % 512)
    directory_at = len(fat)
    fat.extend([*range(directory_at + 1, directory_at + len(directory) // 512), 0xFFFFFFFE])
    fat_sectors = -(-(len(fat) + 8) // 127)
    fat_at = len(fat)
    fat.extend([0xFFFFFFFD] * fat_sectors)
    fat.extend([0xFFFFFFFF] * (fat_sectors * 128 - len(fat)))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<LLLLLLLLL", fat_sectors, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, fat_at)
    header += b"".join(struct.pack("<L", fat_at + n) for n in range(1, fat_sectors))
    return header.ljust(512, b"\xff") + content + directory + struct.pack(f"<{len(fat)}L", *fat)


def _ole_entry(name: str, kind: int, right: int, child: int, place: tuple[int, int]) -> bytes:
    encoded = name.encode("utf-16-le")
    entry = encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
    entry += struct.pack("<LLL", 0xFFFFFFFF, right, child) + bytes(16 + 4 + 8 + 8)
    return entry + struct.pack("<LQ", *place)


def doc_streams(
    body: str, *, boxes: str = "", flags: int = 0, identity: int = 0xA5EC, version: int = 0xC1, single_bytes: int = 0
) -> dict[str, bytes]:
    """The streams of a .doc; the first ``single_bytes`` characters are stored in one byte each."""
    text = body + boxes
    pieces = [(text[:single_bytes].encode("cp1252"), True), (text[single_bytes:].encode("utf-16-le"), False)]
    pieces = [piece for piece in pieces if piece[0]]
    stream = bytearray(1024)
    struct.pack_into("<HH", stream, 0, identity, version)
    struct.pack_into("<H", stream, 10, flags | 0x0200)
    struct.pack_into("<L", stream, 0x4C, len(body))
    struct.pack_into("<L", stream, 0x4C + 24, len(boxes))
    positions, places = [0], b""
    for data, single in pieces:
        place = len(stream) * 2 | 0x40000000 if single else len(stream)
        positions.append(positions[-1] + (len(data) if single else len(data) // 2))
        places += struct.pack("<HLH", 0, place, 0)
        stream += data
    table = struct.pack(f"<{len(positions)}L", *positions) + places
    clx = b"\x01\x02\x00\xaa\xaa\x02" + struct.pack("<L", len(table)) + table
    struct.pack_into("<LL", stream, 0x1A2, 16, len(clx))
    return {"WordDocument": bytes(stream), "1Table": bytes(16) + clx}


def doc(body: str, more: Iterable[tuple[str, bytes]] = (), **options: int | str) -> bytes:
    """A .doc file with this text, and further streams."""
    return ole({**doc_streams(body, **options), **dict(more)})  # type: ignore[arg-type]


def packed_file(name: str, content: bytes = b"x") -> bytes:
    """The stream by which Windows' Object Packager holds a file (MS-OLEDS 2.3.6)."""
    label = name.encode("gb18030") + b"\x00"
    inner = struct.pack("<H", 2) + label + label + struct.pack("<HHL", 0, 3, len(label)) + label
    inner += struct.pack("<L", len(content)) + content
    return struct.pack("<L", len(inner)) + inner
