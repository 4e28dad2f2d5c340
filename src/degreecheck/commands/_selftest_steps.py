"""The steps of the self-test: each tries one part of the program, and says in a few words what it saw."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from degreecheck import check, pack, paths, text
from degreecheck import folder as folders
from degreecheck.facts import FileFacts, TextFacts
from degreecheck.folder import Folder
from degreecheck.inspectors.files import inspect_files
from degreecheck.inspectors.messages import Inspect, Read
from degreecheck.inspectors.pool import Pool
from degreecheck.inspectors.texts import reader_version
from degreecheck.text import Texts

WINDOW_PROGRAM = "DegreeCheckWindow"  # stands beside the console program when packaged (packaging/degreecheck.spec)
_WINDOW_SECONDS = 180.0
_SEED = 1  # an applicant without a fault, whatever the day


class StepFailed(Exception):
    """A part of the program does not work here. The message is for the person."""


class StepLeftOut(Exception):
    """A part that this build does not have, or that cannot be tried because an earlier one failed."""


@dataclass
class Trial:
    """What the steps share: a folder of their own, and what earlier ones made in it."""

    place: Path
    texts: Texts
    now: datetime
    pool: Pool
    application: Folder | None = None
    bundle: Path | None = None
    files: dict[str, Path] = field(default_factory=dict)  # the sample's first file in each slot

    def sample(self) -> Folder:
        """The sample application. Raises StepLeftOut."""
        if self.application is None:
            raise StepLeftOut(self.texts.get("selftest.no_sample"))
        return self.application


def resources(trial: Trial) -> str:
    """Texts, packs, icons and style load."""
    languages = [text.load(language) for language in text.LANGUAGES]
    packs = [pack.find(name) for name in pack.shipped()]
    if not packs:
        raise StepFailed(trial.texts.get("selftest.no_packs"))
    folder = paths.resources()
    needed = ("icons/degreecheck.svg", "style/tokens.toml", "style/window.qss", "templates/copy_sheet.html")
    missing = [name for name in needed if not (folder / name).is_file()]
    if missing:
        raise StepFailed(trial.texts.get("selftest.file_missing", files=missing))
    return trial.texts.get("selftest.loaded", languages=len(languages), packs=len(packs))


def sample(trial: Trial) -> str:
    """Made-up papers are drawn, with whatever font this computer has."""
    from degreecheck.sample import fonts, writing
    from degreecheck.sample.plan import plan
    from degreecheck.sample.press import Press

    try:
        font = fonts.find_font()
    except fonts.NoChineseFont as trouble:
        raise StepFailed(trial.texts.get("sample.no_font", font=trouble.to_install)) from None
    folder = trial.place / "申请 sample"
    with Press(font) as press:
        (planned,) = plan(1, _SEED, trial.now.date(), with_faults=False, as_pdf=press.reads_back())
        writing.write(folder, [planned], press)
    trial.application = folders.load(folder / planned.applicant.folder)
    for slot, listed in planned.applicant.form["materials"].items():
        trial.files[slot] = trial.application.path / listed[0]
    return trial.texts.get("selftest.drawn", files=len(trial.application.files), font=font.name)


def worker(trial: Trial) -> str:
    """A worker starts, opens a picture, and finds the face in it."""
    trial.sample()
    found = trial.pool.ask(Inspect(trial.files["photo"], frozenset({"photo"})))
    if not isinstance(found, FileFacts) or found.photo is None:
        raise StepFailed(f"{getattr(found, 'reason', type(found).__name__)} {trial.pool.trouble}".strip())
    if not found.photo.faces:
        raise StepFailed(trial.texts.get("selftest.no_face"))
    return trial.texts.get("selftest.face")


def reading(trial: Trial) -> str:
    """The print on a paper is read, where this build has the reader."""
    if not reader_version():
        raise StepLeftOut(trial.texts.get("selftest.no_reader"))
    number = trial.sample().form.personal.id_number
    found = trial.pool.ask(Read(trial.files["id_card_portrait"]))
    if not isinstance(found, TextFacts):
        raise StepFailed(str(getattr(found, "reason", type(found).__name__)))
    if not any(number in line.text.replace(" ", "") for line in found.lines):
        raise StepFailed(trial.texts.get("selftest.misread", lines=len(found.lines)))
    return trial.texts.get("selftest.read", lines=len(found.lines))


def verdict(trial: Trial) -> str:
    """The whole application is checked, and nothing is wrong with it."""
    application = trial.sample()
    case = check.gather(
        application,
        pack.find(application.form.pack),
        trial.now,
        inspect=lambda requests: inspect_files(requests, pool=trial.pool),
        read_text=False,
    )
    report = check.judge(case)
    wrong = sorted({finding.code for finding in report.findings if finding.severity != "note"})
    unchecked = sorted({result.code for result in report.results if result.outcome == "crashed"})
    if wrong or unchecked or report.verdict != "ready":
        raise StepFailed(trial.texts.get("selftest.wrong_verdict", verdict=report.verdict, codes=[*wrong, *unchecked]))
    return trial.texts.get("selftest.checked", rules=len({result.code for result in report.results}))


def export(trial: Trial) -> str:
    """The bundle is made, PDFs included."""
    from degreecheck import bundle_layout
    from degreecheck.output import bundle
    from degreecheck.output.workspace import Workspace

    application = trial.sample()
    order = bundle.Order(application, pack.find(application.form.pack), trial.now, trial.texts, read_text=False)
    with Workspace(trial.place / "bundle") as workspace:
        made = bundle.export(order, workspace, trial.pool)
    if made.left_out:
        raise StepFailed(bundle.left_out_line(made.left_out[0], trial.texts))
    trial.bundle = made.archive
    pages = [made.folder / bundle_layout.PAYLOAD / name for name in (bundle_layout.REPORT_CARD, bundle_layout.MAILING)]
    if not all(path.read_bytes().startswith(b"%PDF-") for path in pages):
        raise StepFailed("PDF")
    size = f"{made.archive.stat().st_size / 1024:.0f} kB"
    return trial.texts.get("selftest.exported", files=sum(path.is_file() for path in made.folder.rglob("*")), size=size)


def verification(trial: Trial) -> str:
    """The zip of the bundle is complete and unchanged."""
    from degreecheck.output.verification import verify

    if trial.bundle is None:
        raise StepLeftOut(trial.texts.get("selftest.no_bundle"))
    found = verify(trial.bundle, trial.pool)
    if found.outcome != "intact":
        raise StepFailed(" ".join(found.sentences(trial.bundle, trial.texts)))
    return trial.texts.get("selftest.verified", files=found.facts.files)


def table(trial: Trial) -> str:
    """A spreadsheet is written, and read in its own process."""
    from degreecheck.desk import tables, template

    path = trial.place / "名册.xlsx"
    template.write(path, trial.texts)
    try:
        sheets = tables.read_sheets(path)
    except tables.TableUnreadable as trouble:
        raise StepFailed(trouble.reason) from None
    return trial.texts.get("selftest.columns", columns=len(sheets[0].rows[0]))


def window(trial: Trial) -> str:
    """The window opens the application and draws every page, on no screen and in the program that opens windows."""

    answer = trial.place / "window.txt"
    command = [*window_command(), str(trial.sample().path), str(answer)]
    own = {"DEGREECHECK_CONFIG_DIR": str(trial.place / "config"), "DEGREECHECK_CACHE_DIR": str(trial.place / "cache")}
    own["QT_QPA_PLATFORM"] = "offscreen"
    try:
        ended = subprocess.run(
            command,
            env=os.environ | own,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_WINDOW_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise StepFailed(trial.texts.get("selftest.hangs")) from None
    except OSError as trouble:
        raise StepFailed(trial.texts.get("selftest.cannot_start", reason=trouble.strerror or "")) from None
    if ended.returncode != 0:
        said = answer.read_text(encoding="utf-8") if answer.is_file() else ""
        raise StepFailed(said or ended.stderr.decode("utf-8", "replace")[-2000:].strip() or str(ended.returncode))
    return trial.texts.get("selftest.drawn_window")


def window_command() -> list[str]:
    """The command that tries the window: of the window's own program when packaged."""
    from degreecheck.gui import probe

    if getattr(sys, "frozen", False):
        name = WINDOW_PROGRAM + (".exe" if sys.platform == "win32" else "")
        return [str(Path(sys.executable).with_name(name)), probe.OPTION]
    return [sys.executable, "-P", "-m", "degreecheck.gui.probe"]


STEPS: Mapping[str, Callable[[Trial], str]] = {
    "resources": resources,
    "sample": sample,
    "worker": worker,
    "reading": reading,
    "check": verdict,
    "export": export,
    "verify": verification,
    "table": table,
    "window": window,
}
