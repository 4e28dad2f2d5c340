"""The report card: at most three pages, errors first, nothing hidden, no ID number shown."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

import make
from degreecheck import pack, text
from degreecheck.facts import Region
from degreecheck.output import report_card
from degreecheck.output.pdf_job import Job, Paragraph, Text
from degreecheck.output.pdf_process import make_pdf
from degreecheck.report import Finding, NotCheckedLine, Report
from degreecheck.rules import FAMILIES

TEXTS = {language: text.load(language) for language in text.LANGUAGES}
ZH = TEXTS["zh"]
SCHOOL = pack.find("cqust")
WRONG = {"courses.average_score": make.AVERAGE_WITH_THESIS, "personal.mobile": "1380000123", "thesis.keywords": ("一",)}


def report(changes: dict[str, Any] | None = None, **more: Any) -> Report:
    return replace(make.report(make.perfect_case(changes)), **more)


def spotted(**more: Any) -> Finding:
    """A finding with a place in a picture."""
    about: dict[str, Any] = {
        "code": "PHO303", "name": "photo_background_uneven", "severity": "warning", "subject": "photo", "slot": "photo",
        "file": "materials/照片.jpg", "values": {"spots": 1}, "regions": (Region(box=(0.1, 0.1, 0.2, 0.2)),),
    }  # fmt: skip
    return Finding(**{**about, **more})


def crowd(count: int) -> tuple[Finding, ...]:
    """Findings of many applicants as if they were one's: errors first."""
    some = [
        finding
        for path, value in {**WRONG, "personal.name": "", "thesis.title": "", "institution.entry_date": None}.items()
        for finding in report({path: value}).findings
        if finding.severity != "note"
    ]
    many = [
        replace(some[place % len(some)], slot="transcript", file=f"materials/{'很长的文件名' * 20}{place}.jpg",
                subject=f"file{place}")
        for place in range(count)
    ]  # fmt: skip
    return tuple(sorted(many, key=lambda finding: finding.severity))


def words(value: object) -> list[str]:
    """Every text of a job, in order of its blocks."""
    if isinstance(value, Paragraph):
        return [value.lead + value.text]
    if isinstance(value, Text):
        return [value.text]
    if dataclasses.is_dataclass(value):
        return [word for field in dataclasses.fields(value) for word in words(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [word for entry in value for word in words(entry)]
    return []


def drafted(job: Job, place: int = 0) -> str:
    """The words of one draft."""
    assert job.flow is not None
    return "\n".join(word for index in job.flow.drafts[place] for word in words(job.flow.blocks[index]))


def printed(job: Job, folder: Path) -> list[str]:
    """The pages' text, read back from the PDF."""
    target = folder / "00-预检报告.pdf"
    make_pdf(job, target)
    document = pypdfium2.PdfDocument(target)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def rendered_without_pictures(made: Report, folder: Path) -> Image.Image:
    make_pdf(card(made), folder / "plain.pdf")
    return rendered(folder / "plain.pdf")


def rendered(path: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        return document[0].render(scale=2).to_pil().convert("RGB")
    finally:
        document.close()


def near(page: Image.Image, wanted: tuple[int, int, int]) -> int:
    """How many pixels have about this colour."""
    return sum(
        count
        for count, colour in page.getcolors(page.width * page.height) or []
        if all(abs(value - aim) < 16 for value, aim in zip(colour, wanted, strict=True))
    )


def card(made: Report, language: str = "zh", **pictures: Any) -> Job:
    return report_card.job(made, SCHOOL, TEXTS[language], **pictures)


# ---- what it says


def test_a_faultless_application_says_so_aloud() -> None:
    said = drafted(card(report()))
    assert ZH.get("verdict.ready") in said
    assert ZH.get("report_card.counts_ready") in said
    assert ZH.get("report_card.not_passed") not in said
    for word in ("林小满", "工商管理", "自考生", "重庆科技大学", "2026-04-18 12:00"):
        assert word in said


def test_errors_stand_before_questions_and_each_says_how_to_mend_it() -> None:
    made = report(WRONG)
    said = drafted(card(made))
    order = [said.index(finding.title(ZH)) for finding in made.findings if finding.severity != "note"]
    assert order == sorted(order)
    assert {finding.severity for finding in made.findings} >= {"error", "warning"}
    for finding in made.findings:
        assert finding.message(ZH) in said
        if finding.severity != "note":
            assert f"怎么改：{finding.fix(ZH)}" in said


def test_what_passed_is_counted_by_section_and_a_rule_that_hit_is_not_among_it() -> None:
    right, wrong = drafted(card(report())), drafted(card(report({"personal.mobile": "1"})))
    counted = [int(re.findall(r"个人信息 (\d+) 项", said)[0]) for said in (right, wrong)]
    assert counted[1] == counted[0] - 1
    assert {family for family in FAMILIES if not ZH.has(f"report_card.family.{family}")} == set()


def test_what_was_not_checked_always_stands_there() -> None:
    made = report(findings=crowd(60))
    for place in range(len(card(made).flow.drafts)):  # type: ignore[union-attr]
        said = drafted(card(made), place)
        assert ZH.get("report_card.not_checked") in said
        for line in made.not_checked:
            if not line.files:
                assert line.sentence(ZH) in said


def test_files_that_were_not_checked_are_named_without_their_folders() -> None:
    made = report(not_checked=(NotCheckedLine("skipped.timed_out", ("materials/深/成绩单.jpg",)),))
    assert "检查超时，未能检查：成绩单.jpg" in drafted(card(made))


def test_a_declaration_that_is_not_made_is_a_question_of_its_own() -> None:
    said = drafted(card(report({"confirmations.truthful": False}, findings=())))
    assert ZH.get("report_card.counts_confirm_declaration") in said
    assert ZH.word("field", "confirmations.truthful") in said


def test_answered_questions_and_the_schools_own_rules_are_shown() -> None:
    first, *_ = report(WRONG).findings
    made = report(findings=(replace(first, override_reason="本校只提示"), spotted(answered=True)))
    said = drafted(card(made))
    assert "本校另有规定：本校只提示" in said
    assert "已核对（1）" in said
    assert made.findings[1].fix(ZH) not in said


def test_every_page_has_rules_notice_version_and_number() -> None:
    job = card(report())
    assert job.flow is not None
    said = "\n".join(words(job.flow.on_every))
    for word in ("cqust", SCHOOL.notice, "2026-04-18 12:00", "第 {page} 页，共 {pages} 页"):
        assert word in said


def test_the_notices_date_stands_beside_it_where_the_pack_has_it() -> None:
    rounds = (SCHOOL.rounds[-1].model_copy(update={"published": make.NOW.date()}),)
    job = report_card.job(report(), SCHOOL.model_copy(update={"rounds": rounds}), ZH)
    assert f"{SCHOOL.notice}（2026-04-18）" in "\n".join(words(job.flow.on_every))  # type: ignore[union-attr]


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_each_verdict_has_its_words(language: str) -> None:
    texts = TEXTS[language]
    for verdict, made in {
        "ready": report(),
        "confirm": report(findings=(spotted(),)),
        "fix": report(WRONG),
        "unreadable": report(findings=(Finding("SYS102", "unreadable", "error", "form", values={"reason": "empty"}),)),
    }.items():  # fmt: skip
        assert made.verdict == verdict
        job = card(made, language)
        assert texts.get(f"verdict.{verdict}") in drafted(job)
        marked = texts.get("report_card.not_passed") in words(job.flow.on_every)  # type: ignore[union-attr]
        assert marked is (verdict in ("fix", "unreadable")) is not report_card.passed(made)


# ---- privacy and hostile values


def test_no_id_number_leaves_whole_wherever_it_stood() -> None:
    number = make.ID_NUMBER
    made = report(
        WRONG,
        findings=(
            spotted(file=f"materials/{number}.jpg"),
            spotted(file="materials/" + "长" * 30 + number + ".jpg"),
            spotted(severity="error", override_reason=f"见 {number}"),
        ),
    )
    made = replace(made, applicant=replace(made.applicant, name=f"林{number}", major="x" * 50 + number), folder=number)
    for language in text.LANGUAGES:
        said = "".join(words(card(made, language)))
        assert number[:10] not in said
        assert number[6:14] not in said
        assert number[-4:] in said


def test_endless_and_hostile_values_stay_bounded() -> None:
    made = report({"personal.name": "长" * 500_000, "courses.major": "M" * 500_000, "personal.mobile": "9" * 500_000})
    said = drafted(card(made))
    assert len(said) < 20_000
    assert "\x1b" not in drafted(card(report({"courses.major": "红\x1b[31m\n\n字"})))


# ---- how much


def test_the_last_draft_names_every_finding_at_least_by_code() -> None:
    made = report(findings=crowd(500))
    job = card(made)
    assert job.flow is not None
    said = drafted(job, -1)
    for finding in made.findings:
        assert finding.code in said
    assert "另有" in said
    assert len(job.flow.blocks) < 500


def test_fewer_findings_than_a_page_holds_are_all_told_in_the_first_draft() -> None:
    made = report(findings=crowd(12))
    assert drafted(card(made)).count("怎么改：") == 12


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("count", [0, 3, 60, 500])
def test_it_never_takes_more_than_three_pages(count: int, language: str, tmp_path: Path) -> None:
    pages = printed(card(report(findings=crowd(count)), language), tmp_path)
    assert len(pages) <= report_card.GREATEST_PAGES
    assert len(pages) == 1 or count > 3
    texts = TEXTS[language]
    for number, page in enumerate(pages, 1):
        assert texts.get("report_card.page", page=number, pages=len(pages)) in page
        assert (texts.get("report_card.not_passed") in page) is bool(count)
        assert "0123" in page
    assert texts.get("report_card.not_checked") in pages[-1]


# ---- pictures


def test_pictures_are_wanted_for_errors_first_and_each_once() -> None:
    one, other = spotted(), spotted(file="materials/成绩单.jpg", severity="error")
    made = report(findings=(one, other, one, spotted(answered=True, file="x"), spotted(severity="note", file="y")))
    assert report_card.pictures_wanted(made) == [("materials/成绩单.jpg", 0), ("materials/照片.jpg", 0)]
    many = report(findings=tuple(spotted(file=f"materials/{number}.jpg") for number in range(40)))
    assert len(report_card.pictures_wanted(many)) == report_card.GREATEST_PICTURES


def test_the_place_is_boxed_in_the_picture(tmp_path: Path) -> None:
    picture = tmp_path / "rendered.png"
    Image.new("RGB", (600, 840), (67, 142, 219)).save(picture)
    made = report(findings=(spotted(severity="error"),))
    target = tmp_path / "a.pdf"
    make_pdf(card(made, pictures={("materials/照片.jpg", 0): picture}), target)
    page = rendered(target)
    blue = near(page, (67, 142, 219))
    assert blue > 0.5 * (20 * 28) * (2 * 72 / 25.4) ** 2  # 28 mm high, 20 wide, at two pixels a point
    without = rendered_without_pictures(made, tmp_path)
    assert near(page, (0xB3, 0x26, 0x1E)) > near(without, (0xB3, 0x26, 0x1E)) + 100


def test_a_picture_that_cannot_be_opened_costs_the_report_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    made = report(findings=(spotted(),))
    for path in (tmp_path / "broken.png", tmp_path / "gone.png"):
        (page,) = printed(card(made, pictures={("materials/照片.jpg", 0): path}), tmp_path)
        assert made.findings[0].title(ZH) in page
