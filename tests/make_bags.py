"""Bundles for tests, put together by hand: bags as folders' contents or as zips."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pyzipper

import make_desks
from degreecheck import form_file
from degreecheck.form import Form


def manifest(files: Mapping[str, bytes]) -> bytes:
    """A manifest of these files."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()).encode()


def bag(payload: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a bag with this payload; its names without ``data/``."""
    inside = {f"data/{name}": data for name, data in payload.items()}
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": b"Payload-Oxum: 1.1\n",
        "manifest-sha256.txt": manifest(inside),
    }
    return {**inside, **tags, "tagmanifest-sha256.txt": manifest(tags)}


def payload(form: Form | None = None, **more: bytes) -> dict[str, bytes]:
    """What an exported bundle holds: the form, a material, and what the export made itself."""
    return {
        "application.json": form_file.dump(form or make_desks.form()),
        "上传材料/05-电子照片.jpg": b"\xff\xd8" * 40,
        "01-填报单.html": "填报单".encode(),
        "打印/邮寄地址.pdf": b"%PDF-1.7",
        **more,
    }


def zipped(path: Path, files: Mapping[str, bytes], password: str = "") -> Path:
    """The files in a zip, below a folder as the export makes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if password:
        with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as archive:
            archive.setpassword(password.encode("ascii"))
            for name, data in files.items():
                archive.writestr(f"{path.stem}/{name}", data)
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as plain:
        for name, data in files.items():
            plain.writestr(f"{path.stem}/{name}", data)
    return path
