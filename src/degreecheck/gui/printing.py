"""What is printed: made as a PDF and opened in the system's own viewer, from where it is printed at its true size."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.inspectors.pool import Pool
    from degreecheck.output.pdf_job import Job
    from degreecheck.text import Texts

Paper = Literal["photo_sheet", "back_label", "mailing", "degree_exam_sheet", "report_card"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
_REPORT_PICTURE_SIDE = 700  # pixels; printed 38 mm wide


class CannotPrint(Exception):
    """No PDF was made. ``key`` is a text's key, ``values`` go into it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True)
class Printed:
    """A PDF that was made, and characters that no font here has."""

    path: Path
    missing: tuple[str, ...] = ()


def offered(session: Session) -> list[Paper]:
    """The papers that this applicant has a use for."""
    without = set()
    if session.pack.mailing is None:
        without.add("mailing")
    if session.form.language.route != "degree_exam":
        without.add("degree_exam_sheet")
    return [paper for paper in PAPERS if paper not in without]


def photo_of(session: Session) -> Path | None:
    """The application's electronic photo, where there is one."""
    entry = next((one for one in session.case.listed if one.slot == "photo" and one.file and one.exists), None)
    return None if entry is None else session.path / entry.file


class _Scratch:
    """A folder for temporary files, made when first needed; gone with the window, at the latest with the program."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._number = 0

    def place(self) -> Path:
        """A new folder in it: a viewer may still show the paper before. Raises OSError."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="degreecheck-print-"))
            atexit.register(self.remove)
        self._number += 1
        place = self._folder / str(self._number)
        place.mkdir()
        return place

    def remove(self) -> None:
        """Remove it all; what a viewer still holds open on Windows stays there."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            atexit.unregister(self.remove)


class Printing(QObject):
    """One for each session; its files are in a folder for temporary files that goes when the window closes."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.making: Paper | None = None
        self.made: Paper | None = None
        self.missing: tuple[str, ...] = ()
        self.trouble: CannotPrint | None = None
        self._scratch = scratch = _Scratch()
        self.destroyed.connect(scratch.remove, Qt.ConnectionType.DirectConnection)

    @classmethod
    def of(cls, session: Session) -> Printing:
        """The session's own."""
        known: Printing | None = session.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return known if known is not None else cls(session)

    def make(self, paper: Paper, texts: Texts) -> None:
        """Make one and open it."""
        if self.making is not None:
            return
        session = self._session
        self.making, self.made, self.trouble, self.missing = paper, None, None, ()
        scratch = self._scratch
        title = texts.get("ui.print.paper.report_card" if paper == "report_card" else f"prints.{paper}")
        form, pack, report, case = session.form, session.pack, session.report, session.case
        marked = any(finding.severity == "error" for finding in report.findings)
        photo, crop, folder, background = photo_of(session), case.form.photo_crop, session.path, session.background

        def make() -> Printed:
            from degreecheck.output import pdf_process, prints, report_card

            place, pool = scratch.place(), background.pool
            target = place / f"{title}.pdf"
            job: Job | None
            if paper == "photo_sheet":
                source = _photo(photo, crop, (pack.photo.width, pack.photo.height), pack.photo.dpi, place, pool)
                job = prints.photo_sheet_job(source, pack, texts, paper="six_inch", not_passed=marked)
            elif paper == "back_label":
                job = prints.back_label_job(form, pack, texts, not_passed=marked)
            elif paper == "mailing":
                job = prints.mailing_job(form, pack, texts, not_passed=marked)
            elif paper == "degree_exam_sheet":
                job = prints.degree_exam_sheet_job(form)
            else:
                wanted = report_card.pictures_wanted(report)
                job = report_card.job(report, pack, texts, _pictures(wanted, folder, place, pool))
            if job is None:
                raise CannotPrint("ui.print.no_address")
            try:
                outcome = pdf_process.make_pdf(job, target)
            except pdf_process.PdfFailed as failed:
                raise CannotPrint(f"prints.failed.{failed.kind}", font=pdf_process.font_to_install()) from failed
            return Printed(target, outcome.missing)

        background.run(self, make, lambda printed: self._open(paper, printed), self._failed)
        self.changed.emit()

    def _open(self, paper: Paper, printed: Printed) -> None:
        self.making, self.made, self.missing = None, paper, printed.missing
        if not open_outside(printed.path):
            self.trouble = CannotPrint("ui.print.no_viewer", path=str(printed.path))
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self.making = None
        if isinstance(error, CannotPrint):
            self.trouble = error
        elif isinstance(error, OSError):
            self.trouble = CannotPrint("prints.failed.cannot_write")
        self.changed.emit()
        if self.trouble is None:
            raise error


def open_outside(path: Path) -> bool:
    """Open a file or folder in the system's own program for it. False where the system knows none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _photo(
    photo: Path | None, crop: tuple[float, float, float, float] | None, size: tuple[int, int], dpi: int, place: Path,
    pool: Pool,
) -> Path:  # fmt: skip
    """The photo as an export would make it, drawn anew from its pixels: strangers' files are for workers alone."""
    from degreecheck.inspectors.messages import Convert, Converted, Render, Rendered
    from degreecheck.output.png import png

    if photo is None:
        raise CannotPrint("ui.print.no_photo")
    made = place / "photo.jpg"
    if not isinstance(pool.ask(Convert(photo, made, "jpeg", crop=crop, size=size, dpi=dpi)), Converted):
        raise CannotPrint("ui.print.photo_unreadable")
    rendered = pool.ask(Render(made))
    if not isinstance(rendered, Rendered):
        raise CannotPrint("ui.print.photo_unreadable")
    shown = place / "photo.png"
    shown.write_bytes(png(rendered))
    return shown


def _pictures(wanted: list[tuple[str, int]], folder: Path, place: Path, pool: Pool) -> dict[tuple[str, int], Path]:
    """The pictures in which the report shows problems; one that cannot be rendered is not shown."""
    from degreecheck.inspectors.messages import Render, Rendered
    from degreecheck.output.png import png

    made = {}
    for number, result in pool.run([Render(folder / file, page, _REPORT_PICTURE_SIDE) for file, page in wanted]):
        if isinstance(result, Rendered):
            made[wanted[number]] = target = place / f"{number}.png"
            target.write_bytes(png(result))
    return made
