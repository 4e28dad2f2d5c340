"""new, schema and id: an empty application, the form's schema, and what a number says."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from degreecheck import form_file, pack, paths
from degreecheck.commands._app import (
    ERRORS_FOUND,
    FINE,
    Language,
    Trouble,
    app,
    moment,
    out,
    pack_named,
    speak_utf8,
    texts_in,
    worst,
)
from degreecheck.form import Form, Institution, OnlyAsked, Personal, json_schema, with_value
from degreecheck.idnumbers import resident_id
from degreecheck.privacy import mask_all, mask_number
from degreecheck.rules import RULES_IN_ORDER
from degreecheck.rules._rule import Case, run
from degreecheck.text import Texts

_FIELD = "personal.id_number"


@app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="要新建的申请文件夹")],
    kind: Annotated[str, typer.Option("--type", metavar="TYPE", help="self_study | adult_education")] = "self_study",
    school: Annotated[str, typer.Option("--pack", metavar="ID|FILE", help="学校规则")] = "cqust",
    lang: Language = "zh",
) -> None:
    """新建空白申请文件夹。 Make an empty application folder."""
    texts = texts_in(lang)
    if kind not in ("self_study", "adult_education"):
        raise Trouble(texts.get("console.no_such_type", given=kind))
    found = pack_named(school, texts)
    target = folder / paths.FORM_NAME
    if target.exists():
        raise Trouble(texts.get("console.exists_already", path=str(target)))
    form = Form(pack=school, institution=Institution(school=found.school.name))
    form = with_value(form, "applicant_type", kind)
    try:
        (folder / "materials").mkdir(parents=True, exist_ok=True)
        form_file.save(form, target)
    except OSError as trouble:
        raise Trouble(texts.get("console.cannot_write", path=str(target), reason=trouble.strerror or "")) from None
    out(texts.get("console.made", path=str(folder)))


@app.command("schema")
def schema() -> None:
    """申请表文件 application.json 的 JSON Schema。 The JSON Schema of application.json."""
    speak_utf8()
    titles = {key: str(value) for key, value in texts_in("zh").table("field").items()}
    out(json.dumps(json_schema(titles), ensure_ascii=False, indent=2))


@app.command("id")
def id_number(
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER…", help="身份证号")],
    as_json: Annotated[bool, typer.Option("--json", help="每个号码一行 JSON")] = False,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="显示完整身份证号")] = False,
    today: Annotated[Optional[str], typer.Option("--today", metavar="DATE", help="按这一天检查")] = None,  # noqa: UP045
    lang: Language = "zh",
) -> None:
    """身份证号：出生日期、性别，或错在哪里。 Birth date and sex of an ID number, or why it is wrong."""
    texts = texts_in(lang)
    now = moment(today, texts)
    if as_json:
        speak_utf8()
    codes = []
    for number in numbers:
        about = number_data(number, now, texts)
        codes.append(FINE if about["valid"] else ERRORS_FOUND)
        shown = about if unmasked else mask_all(about)
        assert isinstance(shown, dict)
        shown["number"] = number if unmasked else mask_number(number)
        out(json.dumps(shown, ensure_ascii=False) if as_json else f"{shown['number']}  {shown['message']}")
    raise typer.Exit(worst(codes))


def number_data(number: str, now: datetime, texts: Texts) -> dict[str, Any]:
    """What the rules say of one ID number on its own: the same sentences as in a report."""
    known = frozenset({_FIELD, "personal.id_document"})
    form: Any = OnlyAsked(Form(personal=Personal(id_number=number)), known)
    case = Case(form=form, pack=pack.find("cqust"), now=now)
    _, findings = run(case, [entry for entry in RULES_IN_ORDER if entry.field == _FIELD])
    valid = not any(finding.severity == "error" for finding in findings)
    read = resident_id.read(number)
    born = read.birth_date.isoformat() if read else None
    sex = read.sex if read else None
    sentences = [finding.message(texts) for finding in findings]
    if valid and read is not None:
        sentences.insert(0, texts.get("console.id_valid", born=born, sex=sex))
    return {
        "number": number,
        "valid": valid,
        "birth_date": born,
        "sex": sex,
        "codes": [finding.code for finding in findings],
        "message": " ".join(sentences),
    }
