"""gui: opens the window. Without a verb the console program does the same (cli.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from degreecheck.commands._app import Language, Trouble, app, texts_in


@app.command("gui")
def gui(
    path: Annotated[Optional[Path], typer.Argument(metavar="PATH", help="申请文件夹、材料包或学生总文件夹")] = None,  # noqa: UP045
    lang: Language = "zh",
) -> None:
    """打开窗口。 Open the window."""
    from degreecheck.gui.screen import has_screen

    if not has_screen():
        raise Trouble(texts_in(lang).get("console.no_screen"))
    from degreecheck.gui.app import main

    raise typer.Exit(main(path))
