"""What an export writes besides the files to upload: form, report, copy sheet, workbook and everything to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from degreecheck import bundle_layout as layout
from degreecheck import form_file, paths
from degreecheck.form import Form
from degreecheck.inspectors.messages import Render, Rendered
from degreecheck.inspectors.pool import Pool
from degreecheck.output import copy_sheet, pdf_process, prints, report_card
from degreecheck.output.bag import BagFile, write_file, written_file
from degreecheck.output.bundle_files import CannotExport
from degreecheck.output.pdf_job import Job
from degreecheck.output.pdf_process import PdfFailed
from degreecheck.output.png import png
from degreecheck.output.portal_values import portal_sections
from degreecheck.output.workbook import application_workbook
from degreecheck.pack import Pack
from degreecheck.report import Report, to_json
from degreecheck.text import Texts

_REPORT_PICTURE_SIDE = 700  # pixels; it is printed 38 mm wide
_DEGREE_EXAM = "degree_exam"


@dataclass(frozen=True)
class Papers:
    """Everything that the papers are made from. ``uploads``: each slot's files, relative to the payload."""

    form: Form
    pack: Pack
    report: Report
    uploads: Mapping[str, Sequence[str]]
    texts: Texts

    @property
    def passed(self) -> bool:
        """Whether there are no errors, so that nothing has to be marked."""
        return report_card.passed(self.report)


@dataclass(frozen=True)
class WrittenPapers:
    """The papers' files, and characters that no font here has: they have to be written in by hand."""

    files: tuple[BagFile, ...]
    missing: tuple[str, ...]


def write_data(papers: Papers, bag: Path) -> list[BagFile]:
    """Write the papers that are data or text: report, copy sheet, workbook. Raises OSError."""
    form, pack, report, texts = papers.form, papers.pack, papers.report, papers.texts
    sections = portal_sections(form, pack, texts, papers.uploads)
    sheet = copy_sheet.CopySheet(form, pack, sections, report.checked_at, papers.passed)
    contents = {
        layout.REPORT: (to_json(report, texts, indent=2) + "\n").encode("utf-8", "backslashreplace"),
        layout.COPY_SHEET: copy_sheet.render(sheet, texts).encode("utf-8", "replace"),
        layout.WORKBOOK: application_workbook(form, sections, report, texts, passed=papers.passed),
    }
    return [write_file(bag, f"{layout.PAYLOAD}/{name}", data) for name, data in contents.items()]


def write_form(form: Form, bag: Path) -> BagFile:
    """Write application.json. Raises OSError."""
    return write_file(bag, f"{layout.PAYLOAD}/{paths.FORM_NAME}", form_file.dump(form))


def print_papers(
    papers: Papers, bag: Path, scratch: Path, pool: Pool, on_progress: Callable[[int, int], None]
) -> WrittenPapers:
    """Make what is printed. ``scratch`` takes pictures for it. Raises CannotExport, OSError."""
    jobs = _jobs(papers, bag / layout.PAYLOAD, scratch, pool)
    on_progress(0, len(jobs))
    for name, _ in jobs:
        (bag / layout.PAYLOAD / name).parent.mkdir(parents=True, exist_ok=True)
    outcomes = pdf_process.make([(job, bag / layout.PAYLOAD / name) for name, job in jobs])
    missing: dict[str, None] = {}
    for outcome in outcomes:
        if isinstance(outcome, PdfFailed):
            raise CannotExport("papers", sentence=outcome.sentence(papers.texts))
        missing |= dict.fromkeys(outcome.missing)
    on_progress(len(jobs), len(jobs))
    return WrittenPapers(tuple(written_file(bag, f"{layout.PAYLOAD}/{name}") for name, _ in jobs), tuple(missing))


def _jobs(papers: Papers, payload: Path, scratch: Path, pool: Pool) -> list[tuple[str, Job]]:
    form, pack, texts, marked = papers.form, papers.pack, papers.texts, not papers.passed
    pictures = _pictures(papers.report, payload, scratch, pool)
    jobs: list[tuple[str, Job | None]] = [
        (layout.REPORT_CARD, report_card.job(papers.report, pack, texts, pictures)),
        (layout.BACK_LABEL, prints.back_label_job(form, pack, texts, not_passed=marked)),
        (layout.MAILING, prints.mailing_job(form, pack, texts, not_passed=marked)),
    ]
    photo = next(iter(papers.uploads.get("photo", ())), None)
    shown = _photo(payload / photo, scratch / "photo.png", pool) if photo else None
    if shown is not None:
        sheet = prints.photo_sheet_job(shown, pack, texts, paper="six_inch", not_passed=marked)
        jobs.append((layout.PHOTO_SHEET, sheet))
    if form.language.route == _DEGREE_EXAM:
        jobs.append((layout.DEGREE_EXAM_PDF, prints.degree_exam_sheet_job(form)))
        jobs.append((layout.DEGREE_EXAM_JPEG, prints.degree_exam_sheet_job(form, kind="jpeg")))
    return [(name, job) for name, job in jobs if job is not None]


def _pictures(report: Report, payload: Path, scratch: Path, pool: Pool) -> dict[tuple[str, int], Path]:
    """The bundle's pictures in which the report shows problems. One that cannot be rendered is not shown."""
    wanted = report_card.pictures_wanted(report)
    requests = [Render(payload / file, page, _REPORT_PICTURE_SIDE) for file, page in wanted]
    made = {}
    for number, result in pool.run(requests):
        if isinstance(result, Rendered):
            made[wanted[number]] = target = scratch / f"{number}.png"
            target.write_bytes(png(result))
    return made


def _photo(photo: Path, target: Path, pool: Pool) -> Path | None:
    """The exported photo drawn anew from its pixels: files of strangers, even converted ones, are for workers alone."""
    result = pool.ask(Render(photo))
    if not isinstance(result, Rendered):
        return None
    target.write_bytes(png(result))
    return target
