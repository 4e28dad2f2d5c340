"""What is wrong with a pack: the place and what may stand there, from the validation's errors and the file's text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any, get_args

from pydantic import BaseModel, ValidationError


@dataclass(frozen=True)
class PackProblem:
    """What is wrong with a pack. ``kind`` names the sentence, ``line`` (1-based) and ``key`` the place."""

    kind: str  # not_toml, not_utf8, unknown_key, missing_key, not_legal, too_large, unreadable
    key: str = ""
    line: int | None = None
    given: str = ""
    legal: tuple[str, ...] = ()  # legal values or keys, limits such as "≥ 1", or words of [toml_kind] in the texts


_KINDS = {"extra_forbidden": "unknown_key", "missing": "missing_key"}
_TOML_KINDS = {
    "string_type": "text", "int_type": "integer", "int_parsing": "integer", "int_from_float": "integer",
    "decimal_type": "number", "decimal_parsing": "number", "float_type": "number", "float_parsing": "number",
    "bool_type": "true_false", "bool_parsing": "true_false", "tuple_type": "list", "too_long": "list",
    "too_short": "list_filled",
    "dict_type": "table", "model_type": "table", "date_type": "date", "datetime_type": "date_time",
    "date_from_datetime_parsing": "date", "datetime_from_date_parsing": "date_time", "datetime_parsing": "date_time",
}  # fmt: skip
_LIMITS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def problems_of(trouble: ValidationError, text: str, model: type[BaseModel]) -> tuple[PackProblem, ...]:
    """The problems of a file with this text, in the order of its lines.

    One per place: where several kinds of value are legal, pydantic reports each of them apart.
    """
    found: dict[tuple[str, str], PackProblem] = {}
    for error in trouble.errors(include_url=False):
        problem = _problem(dict(error), text, model)
        earlier = found.get((problem.kind, problem.key))
        if earlier is not None:
            problem = replace(earlier, legal=tuple(dict.fromkeys((*earlier.legal, *problem.legal))))
        found[problem.kind, problem.key] = problem
    return tuple(sorted(found.values(), key=lambda problem: problem.line or 0))


def _problem(error: dict[str, Any], text: str, model: type[BaseModel]) -> PackProblem:
    location = [str(part) for part in error["loc"] if not _is_union_tag(str(part))]
    kind = _KINDS.get(error["type"], "not_legal")
    given = "" if kind == "missing_key" else _as_toml(error.get("input"))[:120]
    legal = tuple(_legal_keys(location[:-1], model)) if kind == "unknown_key" else _legal(error)
    return PackProblem(kind, ".".join(location), line_of(location, text), given, legal)


def _legal(error: dict[str, Any]) -> tuple[str, ...]:
    context = error.get("ctx", {})
    if "expected" in context:
        return tuple(re.findall(r"'([^']*)'", context["expected"])) or (str(context["expected"]),)
    if error["type"] in _TOML_KINDS:
        return (_TOML_KINDS[error["type"]],)
    limits = tuple(f"{sign} {context[name]}" for name, sign in _LIMITS.items() if name in context)
    return limits or (str(context.get("error") or context.get("pattern") or error["msg"])[:400],)


def _as_toml(value: Any) -> str:
    """A value roughly as it stands in the file."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _is_union_tag(part: str) -> bool:
    """Pydantic names the member of a union that it tried; that is no key of the file."""
    return bool(re.search(r"[\[\]()'-]", part)) or part in ("literal", "decimal", "int", "tuple", "str", "Decimal")


def _legal_keys(location: list[str], top: type[BaseModel]) -> list[str]:
    model: Any = top
    for part in location:
        fields = getattr(model, "model_fields", None)
        if fields is None:
            return []
        if part in fields:
            model = _inner_model(fields[part].annotation)
        elif not part.isdigit() and model is top:
            return []
    return list(getattr(model, "model_fields", {}))


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _inner_model(argument)
        if found is not None:
            return found
    return None


def line_of(location: list[str], text: str) -> int | None:
    """The 1-based line of a key in the text of a TOML file, or of the nearest table around it; None if not found."""
    lines = text.splitlines()
    best: int | None = None
    table: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        header = re.match(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?", line)
        if header:
            name = [part.strip().strip("\"'") for part in header[2].split(".")]
            if header[1] == "[[":
                dotted = ".".join(name)
                seen[dotted] = seen.get(dotted, -1) + 1
                name.append(str(seen[dotted]))
            table = name
            if table == location[: len(table)]:
                best = number
            continue
        key = re.match(r"^\s*([A-Za-z0-9_.\"'-]+)\s*=", line)
        if key:
            full = table + [part.strip("\"'") for part in key[1].split(".")]
            if full == location[: len(full)]:
                return number
    return best
