"""Reading and writing application.json: nothing in it is ever lost, however damaged it is.

A value of the wrong kind is set aside as text with its field name; unknown keys stay where they are; a file that cannot
be read at all is never overwritten without a copy of its bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from degreecheck import paths
from degreecheck.clock import now
from degreecheck.form import Form, Personal, Section, SetAside, Thesis
from degreecheck.idnumbers.fold import fold

GREATEST_BYTES = 5 * 1024 * 1024
GREATEST_DEPTH = 20

# A JSON number whose text would change on the way through a float travels as a text with this mark, to the letter.
_NUMBER = "\0number:"

SEXES = {
    "男": "male", "女": "female", "男性": "male", "女性": "female",
    "m": "male", "f": "female", "male": "male", "female": "female",
}  # fmt: skip
_BETWEEN_KEYWORDS = re.compile(r"\s*[;；,，、\n]\s*")
_PLAIN_NUMBER = re.compile(r"-?(?:\d{1,30}|\d{1,3}\.\d{1,6})")
_WHOLE_NUMBER = re.compile(r"(\d{4,15})\.0")  # 13800001234.0: a column of numbers with a blank among them

FormProblem = Literal[
    "gone", "no_permission", "in_use", "not_a_file", "link", "too_large", "too_deep", "not_utf8", "not_json",
    "cut_off", "not_an_object", "empty",
]  # fmt: skip
S = TypeVar("S", bound=Section)


class FormUnreadable(Exception):
    """application.json cannot be read. ``line`` is where reading stopped (1-based), where that is known."""

    def __init__(self, reason: FormProblem, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason: FormProblem = reason
        self.line = line


class ChangedMeanwhile(Exception):
    """The file on disk is not the one that was loaded: somebody else saved it."""


@dataclass(frozen=True)
class LoadedForm:
    """A form with the hash of the bytes it came from (empty when there was no file)."""

    form: Form
    sha256: str = ""


class _Pairs(dict[str, Any]):
    """A JSON object that remembers values which a later duplicate of their key replaced."""

    duplicates: list[tuple[str, Any]]


@dataclass
class _Aside:
    values: list[SetAside] = field(default_factory=list)

    def put(self, path: str, value: object) -> None:
        entry = SetAside(field=_whole(path), value=_whole(_as_text(value)))
        if entry not in self.values:
            self.values.append(entry)


def load(path: Path) -> LoadedForm:
    """Read a form. Raises FormUnreadable; a value of the wrong kind is no reason to."""
    data = _read(path)
    return LoadedForm(parse(data), hashlib.sha256(data).hexdigest())


def load_raw(path: Path) -> dict[str, Any]:
    """The JSON object in a form's file as it stands, nothing checked: for a look at a few of its texts.

    Raises FormUnreadable.
    """
    return _object(_read(path))


def parse(data: bytes) -> Form:
    """The form in the bytes of an application.json. Raises FormUnreadable."""
    raw = _object(data)
    aside = _Aside()
    earlier = raw.pop("set_aside", None)
    values = _section(Form, raw, "", aside)
    for entry in earlier if isinstance(earlier, list) else [] if earlier is None else [earlier]:
        known = isinstance(entry, dict) and set(entry) == {"field", "value"}
        if known and all(isinstance(part, str) for part in entry.values()):
            aside.put(entry["field"], entry["value"])
        else:
            aside.put("set_aside", entry)
    return values.model_copy(update={"set_aside": tuple(aside.values)})


def dump(form: Form) -> bytes:
    """The bytes of an application.json: UTF-8, two-space indent, unknown keys included."""
    text = json.dumps(form.model_dump(mode="json"), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    text = re.sub(r'"\\u0000number:([-+.0-9eE]+)"', r"\1", text)
    # A lone half of a surrogate pair has no UTF-8 form; its JSON escape has.
    return text.encode("utf-8", errors="backslashreplace")


def save(form: Form, path: Path, *, loaded_sha256: str = "") -> str:
    """Write the form atomically and return the hash of what was written.

    ``loaded_sha256`` is the hash of the bytes the form came from. When the file is another one by now it is left
    alone and ChangedMeanwhile raised; when it could not be read as a form its bytes are first copied into the program's
    folder. Raises OSError.
    """
    if path.exists():
        present = path.read_bytes()
        if hashlib.sha256(present).hexdigest() != loaded_sha256:
            if loaded_sha256 or _is_form(present):
                raise ChangedMeanwhile
            keep_copy(path, present)
    data = dump(form)
    paths.write_atomically(path, data)
    return hashlib.sha256(data).hexdigest()


def keep_copy(path: Path, data: bytes) -> Path:
    """Copy the bytes of a damaged form into the program's folder beside it, under a name of their own."""
    stamp = now().strftime("%Y%m%d-%H%M%S")
    folder = path.parent / paths.PROGRAM_FOLDER
    target = folder / f"application-{stamp}-{hashlib.sha256(data).hexdigest()[:8]}.json"
    if not target.exists():
        paths.write_atomically(target, data)
    return target


def _is_form(data: bytes) -> bool:
    try:
        parse(data)
    except FormUnreadable:
        return False
    return True


def _read(path: Path) -> bytes:
    if paths.is_link(path):
        raise FormUnreadable("link")
    try:
        if not path.is_file():
            raise FormUnreadable("not_a_file" if path.exists() else "gone")
        with path.open("rb") as file:
            data = file.read(GREATEST_BYTES + 1)
    except FileNotFoundError:
        raise FormUnreadable("gone") from None
    except PermissionError as trouble:
        sharing_violation = getattr(trouble, "winerror", None) in (32, 33)
        raise FormUnreadable("in_use" if sharing_violation else "no_permission") from None
    except OSError:
        raise FormUnreadable("no_permission") from None
    if len(data) > GREATEST_BYTES:
        raise FormUnreadable("too_large")
    return data


def _object(data: bytes) -> dict[str, Any]:
    raw = _decode(data)
    if not isinstance(raw, dict):
        raise FormUnreadable("not_an_object")
    return raw


def _decode(data: bytes) -> Any:
    if len(data) > GREATEST_BYTES:
        raise FormUnreadable("too_large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise FormUnreadable("not_utf8", data.count(b"\n", 0, trouble.start) + 1) from None
    if not text.strip(" \t\r\n\0"):
        raise FormUnreadable("empty")
    try:
        raw = json.loads(
            text, object_pairs_hook=_pairs, parse_float=_float, parse_int=_int, parse_constant=str, strict=False
        )
    except RecursionError:
        raise FormUnreadable("too_deep") from None
    except json.JSONDecodeError as trouble:
        # A file of which only the first part was saved ends where something should follow: in the middle of a text, a
        # word (true, null), or between values.
        cut_off = trouble.msg.startswith("Unterminated") or trouble.pos >= len(text.rstrip()) - len("fals")
        raise FormUnreadable("cut_off" if cut_off else "not_json", trouble.lineno) from None
    if _deeper_than(raw, GREATEST_DEPTH):
        raise FormUnreadable("too_deep")
    return raw


def _pairs(entries: list[tuple[str, Any]]) -> _Pairs:
    entries = [(_whole(key), value) for key, value in entries]
    found = _Pairs(entries)
    found.duplicates = []
    if len(found) != len(entries):
        last = {key: index for index, (key, _) in enumerate(entries)}
        found.duplicates = [entry for index, entry in enumerate(entries) if last[entry[0]] != index]
    return found


def _float(text: str) -> object:
    return float(text) if repr(float(text)) == text else _NUMBER + text


def _int(text: str) -> object:
    return int(text) if len(text) <= 30 and str(int(text)) == text else _NUMBER + text


def _deeper_than(raw: object, depth: int) -> bool:
    level: list[object] = [raw]
    for _ in range(depth + 1):
        level = [
            entry
            for value in level
            if isinstance(value, dict | list)
            for entry in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True


def _section(model: type[S], raw: Mapping[str, Any], path: str, aside: _Aside) -> S:
    for key, value in getattr(raw, "duplicates", ()):
        aside.put(_join(path, key), value)
    values: dict[str, Any] = {}
    for key, value in raw.items():
        info = model.model_fields.get(key)
        if info is None:
            values[key] = value
        elif value is not None:
            _put(values, model, key, info.annotation, value, _join(path, key), aside)
    return model(**values)


def _put(
    values: dict[str, Any], model: type[Section], key: str, kind: Any, value: Any, path: str, aside: _Aside
) -> None:
    nested, container = _nested(kind)
    value = _folded(model, key, kind, value)
    if _is_number(value):
        aside.put(path, value)
    elif nested is None:
        try:
            values[key] = _adapter(model, key).validate_python(value)
        except (ValidationError, ValueError, OverflowError):
            _put_readable_entries(values, key, kind, value, path, aside)
    elif container is None and isinstance(value, dict):
        values[key] = _section(nested, value, path, aside)
    elif container is tuple and isinstance(value, list):
        values[key] = tuple(_each(nested, enumerate(value), path, aside).values())
    elif container is dict and isinstance(value, dict):
        values[key] = _each(nested, value.items(), path, aside)
    else:
        aside.put(path, value)


def _folded(model: type[Section], key: str, kind: Any, value: Any) -> Any:
    """The value as its field's kind where other programs write the same thing otherwise; else as it came."""
    if model is Form:  # a pack or a path that is a number is a mistake
        return value
    if kind is str:
        return _number_as_text(value)
    if (model, key) == (Personal, "sex") and isinstance(value, str):
        return SEXES.get(fold(value).text.lower(), value)
    if (model, key) == (Thesis, "keywords"):
        if isinstance(value, str) and not _is_number(value):
            return [word for word in _BETWEEN_KEYWORDS.split(value.strip()) if word]
        return [_number_as_text(word) for word in value] if isinstance(value, list) else value
    return value


def _number_as_text(value: Any) -> Any:
    """A number as the text of its digits, where these are all that was meant: never of 5.00101E+17."""
    if isinstance(value, bool) or not (isinstance(value, int | float) or _is_number(value)):
        return value
    written = _as_text(value)
    if _PLAIN_NUMBER.fullmatch(written):
        return written
    whole = _WHOLE_NUMBER.fullmatch(written)
    return whole[1] if whole else value


def _put_readable_entries(values: dict[str, Any], key: str, kind: Any, value: Any, path: str, aside: _Aside) -> None:
    """Of a list or table keep the right entries: one bad keyword must not take the others along."""
    if get_origin(kind) is tuple and isinstance(value, list):
        values[key] = tuple(_good_texts(enumerate(value), path, aside).values())
    elif get_origin(kind) is dict and isinstance(value, dict):
        kept: dict[str, tuple[str, ...]] = {}
        for name, entries in value.items():
            where = _join(path, name)
            if isinstance(entries, str):  # one path instead of a list of one: plain what is meant
                kept[name] = (entries,)
            elif isinstance(entries, list):
                kept[name] = tuple(_good_texts(enumerate(entries), where, aside).values())
            elif entries is not None:
                aside.put(where, entries)
        values[key] = kept
    else:
        aside.put(path, value)


def _good_texts(entries: Any, path: str, aside: _Aside) -> dict[Any, Any]:
    good: dict[Any, Any] = {}
    for place, entry in entries:
        of_kind = isinstance(entry, dict if path.endswith("history") else str)
        if of_kind and not _is_number(entry) and (isinstance(entry, dict) or _whole(entry) == entry):
            good[place] = entry
        else:
            aside.put(f"{path}[{place}]", entry)
    return good


def _each(nested: type[Section], entries: Any, path: str, aside: _Aside) -> dict[Any, Section]:
    found: dict[Any, Section] = {}
    for place, entry in entries:
        where = f"{path}[{place}]" if isinstance(place, int) else _join(path, place)
        if isinstance(entry, dict):
            found[place] = _section(nested, entry, where, aside)
        elif entry is not None:
            aside.put(where, entry)
    return found


@cache
def _nested(kind: Any) -> tuple[type[Section] | None, type | None]:
    """The section inside an annotation (Section, tuple[Section, ...], dict[str, Section]) and its container."""
    if isinstance(kind, type) and issubclass(kind, Section):
        return kind, None
    for argument in get_args(kind):
        if isinstance(argument, type) and issubclass(argument, Section):
            return argument, get_origin(kind)
    return None, None


@cache
def _adapter(model: type[BaseModel], key: str) -> TypeAdapter[Any]:
    info = model.model_fields[key]
    annotation: Any = info.annotation
    for entry in info.metadata:
        annotation = Annotated[annotation, entry]
    return TypeAdapter(annotation)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _whole(text: str) -> str:
    """The text with half characters, which JSON's escapes can name but no text can hold, written as those escapes."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value.removeprefix(_NUMBER)
    return re.sub(r'"\\u0000number:([^"]+)"', r"\1", json.dumps(value, ensure_ascii=False))


def _is_number(value: object) -> bool:
    return isinstance(value, str) and value.startswith(_NUMBER)
