"""What was handed in: entries, their bounds, what changed between them, and that they survive the file."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from degreecheck import clock, form_file
from degreecheck.form import Form, PartialDate, Status, with_value
from degreecheck.submission_history import (
    MOST_BYTES,
    MOST_ENTRIES,
    Changed,
    changed_between,
    changed_since,
    entries,
    handed_in,
    snapshot,
    with_status,
)

FIRST, SECOND = clock.parse_moment("2026-04-17T21:03"), clock.parse_moment("2026-05-07T09:00")
PHOTO, TRANSCRIPT = "materials/照片.jpg", "materials/成绩单.jpg"
CONTENTS = {PHOTO: "a" * 64, TRANSCRIPT: 123_456}


def submitted(form: Form | None = None) -> Form:
    return with_status(form or make.perfect_form(), "not_reviewed", FIRST, contents=CONTENTS)


def test_handing_in_is_kept_with_values_and_files() -> None:
    form = with_status(make.perfect_form(), "not_reviewed", FIRST, note=" 第一次 ", contents=CONTENTS)
    assert form.submission.status == "not_reviewed"
    (entry,) = entries(form)
    assert (entry.at, entry.status, entry.note, entry.returned_reason) == (FIRST, "not_reviewed", "第一次", "")
    assert entry.values["personal.name"] == "林小满"
    assert entry.values["thesis.keywords"] == ("生鲜零售", "库存管理", "供应链")
    assert entry.values["institution.graduation_date"] == "2025-12-30"
    assert entry.files["photo"] == (("照片.jpg", "a" * 64),)
    assert entry.files["transcript"] == (("成绩单.jpg", 123_456),)
    assert entry.files["task_book"] == (("任务书.pdf", ""),)
    assert "institution.diploma_number" not in entry.values  # the portal does not ask it
    assert "personal.student_number" not in entry.values


@pytest.mark.parametrize(
    "number", [make.ID_NUMBER, "500105 19950812 0123", "５００１０５１９９５０８１２０１２３", "50010519950812"]
)
def test_the_id_number_is_never_written_again(number: str) -> None:
    form = make.changed(
        make.perfect_form(),
        {
            "personal.id_number": number,
            "language.certificate_number": number,
            "thesis.title": f"题目 {number}",
            "materials": {"photo": (f"materials/{number}.jpg",)},
        },
    )
    entry = json.dumps(submitted(form).submission.history, ensure_ascii=False)
    assert number not in entry
    assert "50010519950812" not in entry
    assert number[-4:] in entry or "*0123" in entry


def test_other_states_are_kept_without_values() -> None:
    form = with_value(submitted(), "submission.returned_reason", "照片底色不符")
    form = with_status(with_status(form, "in_review", SECOND), "returned", SECOND)
    assert [entry.status for entry in entries(form)] == ["not_reviewed", "in_review", "returned"]
    assert entries(form)[2].returned_reason == "照片底色不符"
    assert len(handed_in(form)) == 1
    assert with_status(form, "returned", SECOND) == form


def test_what_changed_between_two_handings_in() -> None:
    form = with_status(submitted(), "returned", SECOND)
    changed = make.changed(
        form,
        {
            "courses.average_score": "78.40",
            "thesis.keywords": ("供应链",),
            "institution.entry_date": PartialDate(2017, 4),
            "materials": {**form.materials, "photo": ("materials/new.jpg",), "task_book": ()},
        },
    )
    now = {**CONTENTS, TRANSCRIPT: 99}
    expected = (
        Changed("field", "institution.entry_date", "2017-10", "2017-04"),
        Changed("field", "courses.average_score", "78.35", "78.40"),
        Changed("field", "thesis.keywords", ("生鲜零售", "库存管理", "供应链"), ("供应链",)),
        Changed("slot", "task_book", ("任务书.pdf",), ()),
        Changed("slot", "photo", ("照片.jpg",), ("new.jpg",)),
        Changed("slot", "transcript", ("成绩单.jpg",), ("成绩单.jpg",)),  # the same name, another content
    )
    assert changed_since(changed, now) == expected
    again = with_status(changed, "not_reviewed", SECOND, contents=now)
    assert changed_between(*handed_in(again)) == expected
    assert changed_since(again, now) == ()


def test_unknown_contents_are_not_called_changed() -> None:
    assert changed_since(submitted()) == ()
    assert changed_since(submitted(), {PHOTO: 5, TRANSCRIPT: "b" * 64}) == ()
    assert changed_since(make.perfect_form()) == ()


def test_the_oldest_entries_go() -> None:
    form = make.perfect_form()
    for number in range(MOST_ENTRIES + 5):
        form = with_status(form, "not_reviewed", FIRST, note=str(number))
    assert [entry.note for entry in entries(form)] == [str(number) for number in range(5, MOST_ENTRIES + 5)]


def test_entries_of_others_are_read_as_far_as_they_go() -> None:
    odd: tuple[dict[str, Any], ...] = (
        {"at": "2026-04-17T21:03:00+08:00", "status": "not_reviewed", "by": "somebody"},
        {"at": 5, "status": None, "values": [], "files": "x"},
        {"at": "soon", "values": {"personal.name": 3, "x": ["a", 4]},
         "files": {"photo": ["p.jpg", ["q.jpg"], [], 7, ["r", {}]]}},
        {},
    )  # fmt: skip
    form = with_value(make.perfect_form(), "submission.history", odd)
    first, second, third, last = entries(form)
    assert (first.at, first.status, first.is_snapshot) == (FIRST, "not_reviewed", False)
    assert (second.at, second.status) == (None, "")
    assert third.values == {"personal.name": "", "x": ("a", "")}
    assert third.files == {"photo": (("p.jpg", ""), ("q.jpg", ""), ("r", ""))}
    assert not last.is_snapshot
    assert with_status(form, "in_review", SECOND).submission.history[:4] == odd
    assert changed_between(third, snapshot(form))


def test_it_survives_the_file() -> None:
    form = with_status(submitted(), "returned", SECOND, note="半个\ud83d字")
    again = form_file.parse(form_file.dump(form))
    assert again.set_aside == ()
    assert entries(again)[0] == entries(form)[0]
    assert form_file.dump(again) == form_file.dump(form_file.parse(form_file.dump(again)))


texts = st.text(max_size=40) | st.text(min_size=1, max_size=3).map(lambda word: word * 30_000)


@given(st.sampled_from(get_args(Status)), texts, texts, st.dictionaries(texts, st.lists(texts, max_size=4), max_size=6))
def test_an_entry_stays_small_whatever_was_typed(
    status: Status, title: str, number: str, materials: dict[str, list[str]]
) -> None:
    form = make.changed(
        make.perfect_form(),
        {
            "thesis.title": title,
            "thesis.research_direction": title,
            "thesis.keywords": (title,) * 200,
            "personal.id_number": number,
            "submission.returned_reason": title,
            "materials": {slot: tuple(paths) for slot, paths in materials.items()},
        },
    )
    made = with_status(form, status, FIRST, note=number, contents={title: 10**20})
    for entry in made.submission.history:
        assert len(json.dumps(entry, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")) < MOST_BYTES
    assert len(entries(made)) == len(made.submission.history)
    assert made.submission.status == status
