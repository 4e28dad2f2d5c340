"""填报单.html: every value in the portal's order with a copy button, one file that works offline in any browser.

Whatever the form holds is data: the template escapes everything, and the page's content security policy lets no script
run but its own, whose hash it names.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from degreecheck import __version__, paths
from degreecheck.form import Form
from degreecheck.output.portal_values import PortalSection
from degreecheck.pack import Pack
from degreecheck.text import Texts


@dataclass(frozen=True)
class CopySheet:
    """What the sheet shows beside the values."""

    form: Form
    pack: Pack
    sections: Sequence[PortalSection]
    made_at: datetime
    passed: bool  # False: errors were found and the sheet says so at its top


def render(sheet: CopySheet, texts: Texts) -> str:
    """The whole page as HTML text (to be written as UTF-8)."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = paths.resources() / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    # Exactly these bytes are hashed and stand in the page: both are the program's own files.
    style = (folder / "copy_sheet.css").read_text(encoding="utf-8")
    script = (folder / "copy_sheet.js").read_text(encoding="utf-8")
    form, pack = sheet.form, sheet.pack
    closes = form.submission.window_closes
    words = {
        name: texts.raw(f"copy_sheet.{name}") for name in texts.table("copy_sheet") if name not in ("window", "made")
    }
    return environment.get_template("copy_sheet.html").render(
        language="zh-CN" if texts.language == "zh" else "en",
        t=words,
        style=Markup(style),
        script=Markup(script),
        style_hash=_csp_hash(style),
        script_hash=_csp_hash(script),
        name=form.personal.name or texts.get("console.nameless"),
        major=form.courses.major,
        not_passed=not sheet.passed,
        undeclared=not form.confirmations.truthful,
        addresses=pack.portal.addresses,
        login_traps=_traps(pack, "login", texts),
        submit_traps=_traps(pack, "submit", texts),
        window=texts.get("copy_sheet.window", closes=closes) if closes else texts.get("copy_sheet.window_unknown"),
        sections=[_section(number, section) for number, section in enumerate(sheet.sections)],
        made=texts.get("copy_sheet.made", version=__version__, at=sheet.made_at, pack=f"{pack.id} {pack.version}"),
    )


def _traps(pack: Pack, where: str, texts: Texts) -> list[str]:
    return [trap.in_language(texts.language) for trap in pack.portal.traps if trap.where == where]


def _section(index: int, section: PortalSection) -> dict[str, object]:
    return {
        "number": section.number,
        "title": section.title,
        "rows": [
            {
                "id": f"v{index}-{place}",
                "label": value.label,
                "value": value.value,
                "recognised": value.entry == "recognised",
                "notes": value.notes,
            }
            for place, value in enumerate(section.values)
        ],
        "uploads": [
            {
                "label": upload.label,
                "links": [{"name": file.rsplit("/", 1)[-1], "href": _link(file)} for file in upload.files],
            }
            for upload in section.uploads
        ],
    }


def _link(file: str) -> str:
    """A relative link. The leading ./ keeps a name with a colon from being read as a scheme."""
    return "./" + PurePosixPath("/", file).as_uri().removeprefix("file:///")


def _csp_hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
