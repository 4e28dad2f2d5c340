"""How a bundle and the files in it are called: as the portal calls them, or as the school's pattern asks."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from degreecheck import text
from degreecheck.asked import UPLOAD_ORDER, unknown_slots
from degreecheck.bundle_layout import FOLDER_ENDING, NOT_PASSED
from degreecheck.file_names import fill_pattern, legal_name
from degreecheck.form import Form
from degreecheck.idnumbers import resident_id
from degreecheck.pack import Pack
from degreecheck.privacy import mask

# With these a bundle's longest path has about 150 characters, and twice the folder's name when a zip is unpacked into a
# folder of its own name: Windows takes 260.
_NAME_CHARACTERS = 30
_MAJOR_CHARACTERS = 20

_EXTENSIONS = {"jpeg": ".jpg", "png": ".png", "pdf": ".pdf", "docx": ".docx", "doc": ".doc"}
_PLAIN_EXTENSION = re.compile(r"\.[a-z0-9]{1,8}")


def bundle_name(form: Form, *, passed: bool) -> str:
    """The name of the bundle's folder and zip. Holds no ID number, whatever was typed for a name."""
    name = legal_name(mask(form.personal.name), _NAME_CHARACTERS) or text.load("zh").get("console.nameless")
    major = legal_name(mask(form.courses.major), _MAJOR_CHARACTERS)
    parts = [name, major, FOLDER_ENDING, "" if passed else NOT_PASSED]
    return "-".join(part for part in parts if part)


class UploadNames:
    """Gives each file to upload its name, each name once."""

    def __init__(self, form: Form, pack: Pack) -> None:
        self._form = form
        self._pack = pack
        self._taken: set[str] = set()

    def name(self, slot: str, extension: str, place: int | None) -> str:
        """The name for a slot's file; ``place`` (1-based) where the slot has several."""
        stem = self._pattern(slot) or f"{_number(slot):02d}-{self._label(slot)}"
        numbered = stem if place is None else f"{stem}-{place}"
        made, more = f"{numbered}{extension}", 1
        while (key := unicodedata.normalize("NFC", made).casefold()) in self._taken:
            more += 1  # two slots whose patterns give one name
            made = f"{numbered}-{more}{extension}"
        self._taken.add(key)
        return made

    def _label(self, slot: str) -> str:
        # The names are the portal's, in whatever language the person reads.
        spec = self._pack.slots.get(slot)  # type: ignore[call-overload]
        label = spec.label.zh if spec is not None and spec.label is not None else text.load("zh").word("slot", slot)
        return legal_name(mask(label)) or legal_name(slot) or "file"

    def _pattern(self, slot: str) -> str:
        spec = self._pack.slots.get(slot)  # type: ignore[call-overload]
        if spec is None or not spec.file_name:
            return ""
        personal = self._form.personal
        values = {
            "name": personal.name,
            "exam_number": personal.exam_number,
            "student_number": personal.student_number,
            "id_number": resident_id.compact(personal.id_number),
            "major": self._form.courses.major,
            "slot": self._label(slot),
        }
        return fill_pattern(spec.file_name, values)


def upload_slots(form: Form) -> list[str]:
    """The form's slots in the portal's order; slots that this program does not know come last."""
    return [slot for slot in (*UPLOAD_ORDER, *unknown_slots(form)) if slot in form.materials]


def _number(slot: str) -> int:
    """A slot has the same number in every bundle."""
    return UPLOAD_ORDER.index(slot) + 1 if slot in UPLOAD_ORDER else len(UPLOAD_ORDER) + 1


def extension_of(file_type: str, source: str) -> str:
    """The extension for a type of file; for other types the one that the source has, where that is a plain one."""
    own = PurePosixPath(source).suffix.lower()
    return _EXTENSIONS.get(file_type) or (own if _PLAIN_EXTENSION.fullmatch(own) else "")
