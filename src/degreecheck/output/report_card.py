"""预检报告.pdf: one to three A4 pages that a counselor reads in half a minute.

    job(report, pack, texts, pictures) -> Job          for pdf_process.make
    pictures_wanted(report) -> (file, page) pairs that are shown, most important first

``pictures`` maps (finding's file, page) to a PNG or JPEG that a worker's ``render`` verb has just made of it, whole and
upright; findings with regions are shown in it with the place boxed. A picture that is not there is left out.

Errors come first with how to mend them, then what to confirm. Where there is more than three pages hold, the later
findings become single lines and the last ones a list of codes: what passed and what was not checked always stays.
Every text goes through privacy.mask: the ID number shows its last four characters only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from degreecheck import __version__
from degreecheck.output.console import visible
from degreecheck.output.pdf_job import (
    A4,
    ACCENT,
    BODY,
    CAREFUL,
    GOOD,
    INK,
    LARGE,
    QUIET,
    RULE_LINE,
    SMALL,
    WRONG,
    Block,
    Cell,
    Figure,
    Flow,
    Frame,
    Item,
    Job,
    Line,
    Paragraph,
    Shape,
    Sign,
    Text,
    one_line,
)
from degreecheck.pack import Pack, Severity
from degreecheck.privacy import mask, mask_number
from degreecheck.report import Finding, Report, Verdict
from degreecheck.rules import FAMILIES
from degreecheck.text import Texts

Pictures = Mapping[tuple[str, int], Path]

GREATEST_PAGES = 3
GREATEST_PICTURES = 12
_LEFT, _WIDTH = 20.0, 170.0
_INDENT = 8.0
_SECTION = 6.0  # space above a section, with a line in its middle
_COLUMN = 80.0
_MARK_WIDTH = {True: 34.0, False: 54.0}  # in Chinese, and in English, where the Chinese words stand beside it
_PICTURE_WIDTH, _PICTURE_HEIGHT = 38.0, 28.0
_VERDICTS: dict[Verdict, tuple[Sign, str]] = {
    "ready": ("check", GOOD), "confirm": ("question", CAREFUL), "fix": ("cross", WRONG), "unreadable": ("cross", WRONG),
}  # fmt: skip
_SEVERITIES: dict[Severity, tuple[Sign, str]] = {
    "error": ("cross", WRONG), "warning": ("question", CAREFUL), "note": ("dot", QUIET),
}  # fmt: skip
_TOLD: tuple[tuple[Severity, str], ...] = (("error", "errors"), ("warning", "warnings"))
_LONGEST = {"name": 60, "title": 80, "message": 360, "fix": 280, "rest": 120}
_ENDLESS = 20_000  # characters of a text that are looked at before it is masked and cut
_MOST_NOTES = 6  # told in full
_LONGEST_PLACE = 40  # a file's name, of which the beginning and the end tell most
# How many findings are told in full, and how many lines follow: tried in turn until the pages suffice.
_MOST_FULL, _MOST_LINES = 40, 80  # three pages never hold more
_FULL = (32, 26, 22, 19, 16, 14, 12, 10, 8, 7, 6)
_FEWER = ((6, 40), (6, 25), (6, 12), (4, 12), (4, 6), (3, 3), (2, 0), (1, 0), (0, 0))


def job(report: Report, pack: Pack, texts: Texts, pictures: Pictures | None = None) -> Job:
    """The report card as a job."""
    card = _Card(report, pack, texts, pictures or {})
    blocks = _Blocks()
    drafts = [card.draft(blocks, full, lines) for full, lines in card.levels()]
    flow = Flow(
        x=_LEFT, width=_WIDTH, top=14, top_later=28, bottom=280, greatest_pages=GREATEST_PAGES,
        blocks=tuple(blocks.list), drafts=tuple(drafts),
        on_later=tuple(card.later_head()), on_every=tuple(card.every_page()),
    )  # fmt: skip
    title = texts.get("report_card.title")
    return Job(title, *A4, flow=flow)


def passed(report: Report) -> bool:
    """Whether the application may be called checked without errors; otherwise every page says that it is not."""
    return report.verdict in ("ready", "confirm")


def pictures_wanted(report: Report) -> list[tuple[str, int]]:
    """The pictures that the report would show: (file, 0-based page), most important first, each once."""
    wanted = [key for finding in _to_tell(report) if (key := _picture_key(finding)) is not None]
    return list(dict.fromkeys(wanted))[:GREATEST_PICTURES]


def _to_tell(report: Report) -> list[Finding]:
    found = [finding for finding in report.findings if not finding.answered and finding.severity != "note"]
    return sorted(found, key=lambda finding: finding.severity != "error")


def _picture_key(finding: Finding) -> tuple[str, int] | None:
    return (finding.file, finding.regions[0].page) if finding.file and finding.regions else None


class _Blocks:
    """All blocks of all drafts, each once."""

    def __init__(self) -> None:
        self.list: list[Block] = []
        self._known: dict[Block, int] = {}

    def index(self, block: Block) -> int:
        if block not in self._known:
            self._known[block] = len(self.list)
            self.list.append(block)
        return self._known[block]


class _Card:
    """One report on its way onto pages."""

    def __init__(self, report: Report, pack: Pack, texts: Texts, pictures: Pictures) -> None:
        self._report = report
        self._pack = pack
        self._texts = texts
        self._to_tell = _to_tell(report)
        shown = set(pictures_wanted(report))
        self._pictures = {key: path for key, path in pictures.items() if key in shown}
        self._name = self._plain(report.applicant.name or texts.get("console.nameless"), "name")
        self._id_number = mask_number(report.applicant.id_number)

    def levels(self) -> Iterator[tuple[int, int]]:
        """How much is told, from everything to codes alone: findings in full, and lines for the others."""
        count = len(self._to_tell)
        yield min(count, _MOST_FULL), min(count, _MOST_LINES)
        yield from ((full, min(count, _MOST_LINES)) for full in _FULL if full < count)
        yield from ((full, lines) for full, lines in _FEWER if full + lines < count)

    def draft(self, blocks: _Blocks, full: int, lines: int) -> tuple[int, ...]:
        """One draft, as indexes of its blocks."""
        told = [*self._head(), *self._findings(full, lines), *self._rest(brief=full < len(self._to_tell))]
        return tuple(blocks.index(block) for block in told)

    # ------------------------------------------------------------------------------------------------ on every page

    def later_head(self) -> Iterator[Item]:
        """Who it is about, from the second page on."""
        who = f"{one_line(self._name, 30)}　{self._id_number}　{self._texts.get('report_card.title')}"
        yield Text(_LEFT, 14, 112, 6, who, SMALL, QUIET, least=SMALL)
        yield Line(_LEFT, 22, _LEFT + _WIDTH, 22, 0.2, RULE_LINE)

    def every_page(self) -> Iterator[Item]:
        """The footer, and the mark of what did not pass."""
        texts, report = self._texts, self._report
        published = self._pack.rounds[-1].published if self._pack.rounds else None
        if not report.notice:
            notice = texts.get("report_card.no_notice")
        elif published is None:
            notice = texts.get("report_card.notice", notice=report.notice)
        else:
            notice = texts.get("report_card.notice_published", notice=report.notice, published=published)
        footer = texts.get(
            "report_card.footer", pack=f"{report.pack_id} {report.pack_version}", notice=notice, version=__version__,
            at=report.checked_at,
        )  # fmt: skip
        yield Line(_LEFT, 283, _LEFT + _WIDTH, 283, 0.2, RULE_LINE)
        yield Text(_LEFT, 284.5, 138, 9, visible(mask(footer)), 7.0, QUIET, least=5)
        page = texts.get("report_card.page", page="{page}", pages="{pages}")
        yield Text(_LEFT + 140, 284.5, 30, 5, page, 7.0, QUIET, align="right", numbered=True)
        if not passed(report):
            mark, width = texts.get("report_card.not_passed"), _MARK_WIDTH[texts.language == "zh"]
            left = _LEFT + _WIDTH - width
            yield Frame(left, 11.5, width, 8.5, stroke=WRONG, line_width=0.5, radius=1.5)
            yield Text(left + 1, 11.5, width - 2, 8.5, mark, BODY, WRONG, True, "center", middle=True)

    # ------------------------------------------------------------------------------------------------------ the head

    def _head(self) -> Iterator[Block]:
        texts, report = self._texts, self._report
        sign, colour = _VERDICTS[report.verdict]
        yield Block((Cell(0, 120, (Paragraph(texts.get("report_card.title"), SMALL, QUIET),)),))
        words = (
            Paragraph(texts.word("verdict", report.verdict), LARGE, colour, strong=True),
            Paragraph(self._summary(), BODY, INK, before=0.5),
        )
        yield Block((Cell(0, 16, (Shape(sign, 0, 0.6, 15, colour),)), Cell(21, _WIDTH - 21, words)), before=5)
        yield from self._person()

    def _summary(self) -> str:
        verdict, counts = self._report.verdict, self._report.counts
        variant = str(verdict)
        if verdict == "confirm" and not counts["warning"]:
            variant = "confirm_declaration"
        questions = counts["warning"] + len(self._report.unconfirmed)
        return self._texts.get(f"report_card.counts_{variant}", error=counts["error"], warning=questions)

    def _person(self) -> Iterator[Block]:
        texts, applicant = self._texts, self._report.applicant
        kind = texts.word("applicant_type", applicant.applicant_type) if applicant.applicant_type else ""
        rows = (
            ((texts.word("field", "personal.name"), self._name),
             (texts.word("field", "applicant_type"), kind)),
            ((texts.word("field", "personal.id_number"), self._id_number),
             (texts.get("report_card.school"), self._plain(self._pack.school.name, "name"))),
            ((texts.word("field", "courses.major"), self._plain(applicant.major, "name")),
             (texts.get("report_card.checked_at"), texts.show(self._report.checked_at))),
        )  # fmt: skip
        for place, row in enumerate(rows):
            cells = []
            for x, (label, value) in zip((0.0, _WIDTH - _COLUMN), row, strict=True):
                cells.append(Cell(x, 28, (Paragraph(label, BODY, QUIET),)))
                cells.append(Cell(x + 28, _WIDTH / 2 - 32, (Paragraph(value or "—"),)))
            yield Block(tuple(cells), before=1 if place else 7)

    # -------------------------------------------------------------------------------------------------- the findings

    def _findings(self, full: int, lines: int) -> Iterator[Block]:
        places = list(enumerate(self._to_tell))
        for severity, heading in _TOLD:
            group = [(place, finding) for place, finding in places if finding.severity == severity]
            open_points = self._report.unconfirmed if severity == "warning" else ()
            if group or open_points:
                count = len(group) + len(open_points)
                yield self._heading(self._texts.get(f"report_card.{heading}", count=count))
            for place, finding in group:
                if place < full:
                    yield self._in_full(finding)
                elif place < full + lines:
                    yield self._as_line(finding, first=place in (full, group[0][0]))
            left = [finding.code for place, finding in group if place >= full + lines]
            if left:
                yield self._codes(left)
            for field in open_points:
                point = self._texts.get("report_card.unconfirmed"), self._texts.word("field", field)
                yield self._line(_SEVERITIES[severity], *point, first=True)

    def _in_full(self, finding: Finding) -> Block:
        texts = self._texts
        sign, colour = _SEVERITIES[finding.severity]
        parts = [
            Paragraph(self._plain(finding.title(texts), "title"), BODY, strong=True),
            Paragraph(self._place(finding), SMALL, QUIET),
            Paragraph(self._plain(finding.message(texts), "message"), before=0.6),
            Paragraph(self._plain(finding.fix(texts), "fix"), lead=texts.get("report_card.fix"), lead_colour=ACCENT),
        ]
        if finding.override_reason:
            reason = self._plain(finding.override_reason, "message")
            parts.append(Paragraph(reason, SMALL, QUIET, lead=texts.get("report_card.override")))
        key = _picture_key(finding)
        picture = self._pictures.get(key) if key else None
        width = _WIDTH - _INDENT
        cells = [Cell(0, _INDENT, (Shape(sign, 0.2, 0.6, 4.2, colour),))]
        if picture is not None and key is not None:
            width -= _PICTURE_WIDTH + 6
            boxes = tuple(region.box for region in finding.regions if region.page == key[1])
            figure = Figure(str(picture.absolute()), _PICTURE_WIDTH, _PICTURE_HEIGHT, boxes, colour)
            cells.append(Cell(_WIDTH - _PICTURE_WIDTH, _PICTURE_WIDTH, (figure,)))
        cells.append(Cell(_INDENT, width, tuple(parts)))
        return Block(tuple(cells), before=4)

    def _as_line(self, finding: Finding, *, first: bool) -> Block:
        title = self._plain(finding.title(self._texts), "title")
        return self._line(_SEVERITIES[finding.severity], title, self._place(finding), first=first)

    def _line(self, state: tuple[Sign, str], title: str, place: str, *, first: bool) -> Block:
        sign, colour = state
        said = Paragraph(place, SMALL, QUIET, lead=f"{title}　", lead_colour=INK)
        cells = Cell(0, _INDENT, (Shape(sign, 0.7, 0.6, 3.2, colour),)), Cell(_INDENT, _WIDTH - _INDENT, (said,))
        return Block(cells, before=4.0 if first else 1.2)

    def _codes(self, codes: Sequence[str]) -> Block:
        texts = self._texts
        counted = [
            code if count == 1 else texts.get("report_card.counted", code=code, count=count)
            for code, count in Counter(codes).items()
        ]
        said = texts.get("report_card.more", count=len(codes), codes=counted)
        return Block((Cell(_INDENT, _WIDTH - _INDENT, (Paragraph(said, SMALL, QUIET),)),), before=2)

    def _place(self, finding: Finding) -> str:
        places = []
        if finding.field:
            places.append(self._texts.word("field", finding.field))
        if finding.slot:
            places.append(self._texts.word("slot", finding.slot))
        if finding.file:
            places.append(finding.file.rsplit("/", 1)[-1])
        shown = [mask(place) for place in places]  # before anything is cut: half a number is not recognised
        return " · ".join([*(_cut_middle(place, _LONGEST_PLACE) for place in shown), finding.code])

    # ------------------------------------------------------------------------------------------------------ the rest

    def _rest(self, *, brief: bool) -> Iterator[Block]:
        texts, report = self._texts, self._report
        notes = [finding for finding in report.findings if finding.severity == "note" and not finding.answered]
        if notes:
            said = [f"{finding.message(texts)} {finding.code}" for finding in notes]
            if brief or len(notes) > _MOST_NOTES:
                said = [self._titles(notes)]
            yield self._heading(texts.get("report_card.notes", count=len(notes)))
            yield self._lines(said, 600)
        answered = [finding for finding in report.findings if finding.answered]
        if answered:
            yield self._heading(texts.get("report_card.answered", count=len(answered)))
            yield self._lines([self._titles(answered)], 600)
        yield Block(
            (Cell(0, _COLUMN, tuple(self._passed())), Cell(_WIDTH - _COLUMN, _COLUMN, tuple(self._not_checked()))),
            before=_SECTION, line_above=True,
        )  # fmt: skip

    def _titles(self, findings: Sequence[Finding]) -> str:
        titles = dict.fromkeys(f"{finding.title(self._texts)} {finding.code}" for finding in findings)
        return self._texts.show(list(titles))

    def _passed(self) -> Iterator[Paragraph]:
        texts, by_family = self._texts, self._passed_by_family()
        if not by_family:
            yield Paragraph(texts.get("report_card.nothing_passed"), strong=True)
            return
        yield Paragraph(texts.get("report_card.passed", count=sum(by_family.values())), strong=True)
        said = [
            texts.get("report_card.family_passed", family=texts.word("report_card.family", family), count=count)
            for family, count in by_family.items()
        ]
        yield Paragraph(" · ".join(said), SMALL, QUIET, before=1)

    def _not_checked(self) -> Iterator[Paragraph]:
        texts, report = self._texts, self._report
        yield Paragraph(texts.get("report_card.not_checked"), strong=True)
        said = [
            texts.get(line.key, files=[file.rsplit("/", 1)[-1] for file in line.files]) for line in report.not_checked
        ]
        if report.advisory:
            said.append(texts.get("console.advisory"))
        for line in said:
            yield Paragraph(self._plain(line, "rest"), SMALL, QUIET, before=0.4)

    def _passed_by_family(self) -> dict[str, int]:
        """Rules that passed wherever they applied, counted by family in reading order; a rule that hit is none."""
        hit = {result.code for result in self._report.results if result.outcome in ("hit", "crashed")}
        codes = {result.code for result in self._report.results if result.outcome == "passed"} - hit
        counted = Counter(code[:3] for code in codes)
        return {family: counted[family] for family in FAMILIES if counted[family]}

    def _heading(self, title: str) -> Block:
        heading = Cell(0, _WIDTH, (Paragraph(title, strong=True),))
        return Block((heading,), before=_SECTION, keep=True, line_above=True)

    def _lines(self, lines: Sequence[str], longest: int) -> Block:
        said = (one_line(visible(mask(one_line(line, _ENDLESS))), longest) for line in lines)
        return Block((Cell(0, _WIDTH, tuple(Paragraph(line, SMALL, QUIET) for line in said)),), before=1)

    def _plain(self, text: str, kind: str) -> str:
        """A text of the report on its way out: no ID number, no control signs, not endless."""
        return one_line(visible(mask(one_line(text, _ENDLESS))), _LONGEST[kind])


def _cut_middle(text: str, longest: int) -> str:
    head = longest * 2 // 3
    return text if len(text) <= longest else f"{text[:head]}…{text[head + 1 - longest :]}"
