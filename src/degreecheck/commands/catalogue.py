"""explain and rules: what each check finds, why, how to mend it, and by which limits it goes."""

from __future__ import annotations

import json
from typing import Annotated, Any, Optional

import typer
from pydantic import BaseModel

from degreecheck.commands._app import Language, Trouble, app, out, pack_named, texts_in
from degreecheck.desk.across import DESK_RULES
from degreecheck.pack import UNKNOWN, Pack
from degreecheck.report import plain_data
from degreecheck.rules import RULES
from degreecheck.rules._rule import Rule
from degreecheck.text import Texts


def every_rule() -> dict[str, Rule]:
    """The rules on one application, and those that only a desk of many can be judged by."""
    return {**RULES, **DESK_RULES}


@app.command("explain")
def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="检查项代码，例如 CRS201")],
    pack: Annotated[str, typer.Option("--pack", metavar="ID|FILE", help="学校规则")] = "cqust",
    lang: Language = "zh",
) -> None:
    """说明一条检查：查什么、为什么、怎么改、依据和限值。 Explain one check."""
    texts = texts_in(lang)
    found = every_rule().get(code.strip().upper())
    if found is None:
        raise Trouble(texts.get("console.no_such_rule", code=code))
    school = pack_named(pack, texts)
    about = rule_data(found, texts, school)
    out(f"{found.code}  {about['title']}  [{texts.word('severity', about['severity'])}]")
    for part in ("why", "fix", "source"):
        out(texts.get(f"console.explain_{part}", **{part: about[part]}))
    if "override_reason" in about:
        out(texts.get("console.override", reason=about["override_reason"]))
    for limit in about["limits"]:
        out(texts.get("console.explain_limit", key=limit["key"], value=_shown(limit["value"], texts)))


@app.command("rules")
def rules(
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    pack: Annotated[Optional[str], typer.Option("--pack", metavar="ID|FILE", help="学校规则")] = None,  # noqa: UP045
    lang: Language = "zh",
) -> None:
    """列出全部检查项。 List every check."""
    texts = texts_in(lang)
    school = pack_named(pack or "cqust", texts)
    ordered = sorted(every_rule().values(), key=lambda entry: entry.code)
    if as_json:
        out(json.dumps([rule_data(entry, texts, school) for entry in ordered], ensure_ascii=False, indent=2))
        return
    for entry in ordered:
        severity = texts.word("severity", rule_data(entry, texts, school)["severity"])
        out(f"{entry.code}  {severity}  {texts.get(f'rule.{entry.code}.title')}")


def rule_data(entry: Rule, texts: Texts, school: Pack) -> dict[str, Any]:
    """Everything about a rule as plain data: code, name, severity at this school, title, why, fix, source, limits."""
    override = school.overrides.get(entry.code)
    data: dict[str, Any] = {
        "code": entry.code,
        "name": entry.name,
        "severity": override.severity if override else entry.severity,
        "title": texts.get(f"rule.{entry.code}.title"),
        "why": texts.get(f"rule.{entry.code}.why"),
        "fix": fix_without_values(entry.code, texts),
        "source": entry.source,
        "limits": [{"key": key, "value": _limit(school, key)} for key in entry.limits],
    }
    if override:
        data["override_reason"] = override.reason
    return data


def _shown(value: Any, texts: Texts) -> Any:
    """A limit for people: what the school has not published is said, and what it does not limit is left out."""
    if value == UNKNOWN:
        return texts.get("console.unpublished")
    if isinstance(value, dict):
        value = {name: _shown(entry, texts) for name, entry in value.items() if entry is not None}
    return texts.get("console.no_limit") if value is None or value == {} else value


def fix_without_values(code: str, texts: Texts) -> str:
    """The fix of a rule outside any finding: places for values show as an ellipsis."""
    return texts.template(f"rule.{code}.fix")


def _limit(school: Pack, key: str) -> Any:
    return plain_data(_without_models(_at(school, key.split("."))))


def _at(value: Any, parts: list[str]) -> Any:
    if not parts:
        return value
    if parts[0] == "*":
        return {name: _at(entry, parts[1:]) for name, entry in value.items()}
    return _at(value.get(parts[0]) if isinstance(value, dict) else getattr(value, parts[0], None), parts[1:])


def _without_models(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, dict):
        return {name: _without_models(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_without_models(entry) for entry in value]
    return value
