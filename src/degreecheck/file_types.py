"""What a file's name claims to be. What it is, its bytes decide (inspectors/sniff.py)."""

from __future__ import annotations

from pathlib import PurePosixPath

from degreecheck.facts import FileType

_NAMES: dict[FileType, str] = {
    "jpeg": "jpg jpeg jfif jpe",
    "png": "png",
    "heic": "heic heif hif",
    "webp": "webp",
    "bmp": "bmp dib",
    "tiff": "tif tiff",
    "gif": "gif",
    "avif": "avif",
    "video": "mp4 mov avi m4v 3gp mkv flv",
    "pdf": "pdf",
    "docx": "docx docm dotx dotm",
    "doc": "doc dot wps wpt",
    "rtf": "rtf",
    "ooxml": "xlsx xlsm pptx ppsx",
    "ole": "xls et ppt pps dps msg",
    "ofd": "ofd",
    "caj": "caj kdh nh",
    "zip": "zip",
    "rar": "rar",
    "7z": "7z",
    "html": "htm html mht mhtml",
    "text": "txt csv",
    "program": "exe scr com",
    "shortcut": "lnk url",
}
_EXTENSIONS: dict[str, FileType] = {suffix: kind for kind, names in _NAMES.items() for suffix in names.split()}


def claimed_type(name: str) -> FileType | None:
    """The type that a file's name claims; None where the name claims nothing that this program knows."""
    suffix = PurePosixPath(name.replace("\\", "/").rstrip(" .")).suffix
    return _EXTENSIONS.get(suffix.lstrip(".").strip().lower())
