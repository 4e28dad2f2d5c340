"""pack check: what is wrong with a school's own pack, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from degreecheck import pack as packs
from degreecheck.commands._app import ERRORS_FOUND, WRONG_USAGE, Language, app, out, pack_problem_lines, say, texts_in
from degreecheck.pack_problems import line_of
from degreecheck.rules import RULES

pack_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="学校规则文件。 School packs.")
app.add_typer(pack_app, name="pack")


@pack_app.command("check")
def pack_check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="规则文件（TOML）")],
    lang: Language = "zh",
) -> None:
    """检查学校规则文件，逐行说明问题。 Check a school's pack."""
    texts = texts_in(lang)
    try:
        found = packs.load(file)
    except packs.PackInvalid as invalid:
        for sentence in pack_problem_lines(invalid, texts):
            say(sentence)
        unopened = any(problem.kind in ("gone", "unreadable") for problem in invalid.problems)
        raise typer.Exit(WRONG_USAGE if unopened else ERRORS_FOUND) from None
    unknown = [code for code in found.overrides if code not in RULES]
    if unknown:
        text = file.read_text(encoding="utf-8-sig")
        for code in unknown:
            line = line_of(["overrides", code], text)
            say(texts.get("console.pack_line", line=line or 0) + texts.get("pack_problem.no_such_rule", key=code))
        raise typer.Exit(ERRORS_FOUND)
    out(texts.get("console.pack_fine", id=found.id, version=found.version, school=found.school.name))
