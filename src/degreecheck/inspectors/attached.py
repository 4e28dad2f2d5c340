"""Files that sit inside documents: which of them are programs."""

from __future__ import annotations

import math
import struct
import time
from typing import Any

from degreecheck.inspectors.containers import BROKEN

# What Windows starts on a double click, and what Office's own list of blocked attachments names first.
_PROGRAMS = frozenset({
    "exe", "com", "scr", "pif", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "msi", "msp",
    "cpl", "jar", "lnk", "url", "reg", "chm", "gadget", "inf", "docm", "xlsm", "pptm",
})  # fmt: skip
_NATIVE = "\x01Ole10Native"  # a file packed by Windows' Object Packager (MS-OLEDS 2.3.6)
_HEAD_BYTES = 4_096


def is_program(name: str, head: bytes = b"") -> bool:
    """Whether a file of this name, or with these first bytes, is a program or a script."""
    suffix = name.rstrip(" .\x00").rpartition(".")[2].lower()
    return suffix in _PROGRAMS or head.startswith((b"MZ", b"\x7fELF"))


def packed_files(ole: Any, within: tuple[str, ...] = (), until: float = math.inf) -> tuple[int, int]:
    """How many files are packed into an OLE file below a storage, and how many of them are programs.

    Past ``until`` (time.monotonic) no further one is looked at.
    """
    files = programs = 0
    for entry in ole.listdir():
        if entry[-1] != _NATIVE or tuple(entry[: len(within)]) != within or time.monotonic() > until:
            continue
        try:
            with ole.openstream(entry) as stream:
                head = stream.read(_HEAD_BYTES)
        except BROKEN:
            continue
        names, content = _package(head)
        if names:
            files += 1
            programs += any(is_program(name, content) for name in names)
    return files, programs


def _package(native: bytes) -> tuple[list[str], bytes]:
    """The names and the content's beginning; no names where the stream is a picture's and not a packed file's."""
    if len(native) < 8 or struct.unpack_from("<H", native, 4)[0] != 2:
        return [], b""
    label, _, rest = native[6:].partition(b"\x00")
    source, _, rest = rest.partition(b"\x00")
    names = [label, source]
    content = b""
    if len(rest) >= 8:
        length = struct.unpack_from("<L", rest, 4)[0]
        names.append(rest[8 : 8 + length])
        content = rest[8 + length + 4 :]
    return [name.decode("gb18030", "replace") for name in names], content
