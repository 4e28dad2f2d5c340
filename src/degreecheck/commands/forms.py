"""new, schema and id: an empty application, the form's schema, and what a number says."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from degreecheck import clock, form_file, paths
from degreecheck.commands._app import ERRORS_FOUND, FINE, Language, Trouble, app, out, pack_named, texts_in
from degreecheck.form import Form, Institution, json_schema
from degreecheck.idnumbers import resident_id
from degreecheck.text import Texts


@app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="要新建的申请文件夹")],
    kind: Annotated[str, typer.Option("--type", metavar="TYPE", help="self_study | adult_education")] = "self_study",
    pack: Annotated[str, typer.Option("--pack", metavar="ID|FILE", help="学校规则")] = "cqust",
    lang: Language = "zh",
) -> None:
    """新建空白申请文件夹。 Make an empty application folder."""
    texts = texts_in(lang)
    if kind not in ("self_study", "adult_education"):
        raise Trouble(texts.get("console.no_such_type", given=kind))
    school = pack_named(pack, texts)
    target = folder / paths.FORM_NAME
    if target.exists():
        raise Trouble(texts.get("console.exists_already", path=str(target)))
    form = Form(pack=school.id if pack == school.id else pack, applicant_type=_applicant_type(kind),
                institution=Institution(school=school.school.name))  # fmt: skip
    try:
        (folder / "materials").mkdir(parents=True, exist_ok=True)
        form_file.save(form, target)
    except OSError as trouble:
        raise Trouble(texts.get("console.cannot_write", path=str(target), reason=trouble.strerror or "")) from None
    out(texts.get("console.made", path=str(folder)))


@app.command("schema")
def schema() -> None:
    """申请表文件 application.json 的 JSON Schema。 The JSON Schema of application.json."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    titles = {key: str(value) for key, value in texts_in("zh").table("field").items()}
    out(json.dumps(json_schema(titles), ensure_ascii=False, indent=2))


@app.command("id")
def id_number(
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER…", help="身份证号")],
    as_json: Annotated[bool, typer.Option("--json", help="每个号码一行 JSON")] = False,
    today: Annotated[Optional[str], typer.Option("--today", metavar="DATE", help="按这一天检查")] = None,  # noqa: UP045
    lang: Language = "zh",
) -> None:
    """身份证号：出生日期、性别，或错在哪里。 Birth date and sex of an ID number, or why it is wrong."""
