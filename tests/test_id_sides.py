"""Which side of the ID card is which: what the picture shows settles it, and nothing else does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import make
from degreecheck import check, folder
from degreecheck.facts import FileFacts, ImageFacts, NotChecked, ScanFacts, Unreadable
from degreecheck.id_sides import EMBLEM, PORTRAIT, settled

FRONT, BACK = "身份证正面.jpg", "身份证反面.jpg"
_PAGE = ScanFacts(width=1000, height=630)


def seen(**page: Any) -> FileFacts:
    """A picture of one page."""
    image = ImageFacts(width=1000, height=630)
    return FileFacts(size=1, sha256="", type="jpeg", image=image, scan=(_PAGE.model_copy(update=page),))


PERSON, NOBODY = seen(faces=((0.6, 0.2, 0.9, 0.8),)), seen()
UPSIDE_DOWN, ON_SIDE = seen(orientation="upside_down"), seen(orientation="on_side")
CLOSED = FileFacts(size=1, unreadable=Unreadable(reason="in_use"))
DIED = NotChecked(reason="died")


@pytest.mark.parametrize(
    ("facts", "filled", "expected"),
    [
        ({"a": PERSON, "b": NOBODY}, (), {"a": PORTRAIT, "b": EMBLEM}),
        ({"a": NOBODY, "b": UPSIDE_DOWN}, (), {"a": EMBLEM, "b": PORTRAIT}),
        ({"a": PERSON}, (), {"a": PORTRAIT}),
        ({"a": PERSON, "b": ON_SIDE}, (), {"a": PORTRAIT}),  # a face on its side is not looked for
        ({"a": PERSON, "b": CLOSED}, (), {"a": PORTRAIT}),
        ({"a": PERSON, "b": DIED}, (), {"a": PORTRAIT}),
        # No face found proves nothing alone.
        ({"a": NOBODY}, (), {}),
        ({"a": NOBODY, "b": NOBODY}, (), {}),
        ({"a": NOBODY, "b": CLOSED}, (), {}),
        # Both show one: copies of one side, or one has both sides.
        ({"a": PERSON, "b": PERSON}, (), {}),
        ({"a": PERSON, "b": NOBODY, "c": NOBODY}, (), {}),
        # Another file is one of the sides already.
        ({"a": NOBODY}, (PORTRAIT,), {"a": EMBLEM}),
        ({"a": PERSON}, (PORTRAIT,), {}),
        ({"a": PERSON}, (EMBLEM,), {"a": PORTRAIT}),
        ({"a": NOBODY}, (EMBLEM,), {}),
        ({}, (), {}),
    ],
)
def test_a_face_tells_the_sides_apart(
    facts: dict[str, FileFacts | NotChecked], filled: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert settled(list(facts), filled, facts) == expected


def gathered(place: Path, facts: dict[str, FileFacts]) -> Any:
    for name in (FRONT, BACK):
        (place / name).write_bytes(b"x")

    def inspect(requests: Any) -> dict[str, Any]:
        return {request.key: facts[request.key] for request in requests if request.key in facts}

    return check.gather(folder.load(place), make.school(), make.NOW, inspect=inspect)


def test_a_folder_without_a_form_finds_its_sides(tmp_path: Path) -> None:
    case = gathered(tmp_path, {FRONT: NOBODY, BACK: PERSON})  # 正面 by the law
    assert (case.files_in(PORTRAIT), case.files_in(EMBLEM)) == ((BACK,), (FRONT,))
    assert case.unassigned == ()
    missing = {one.slot for one in make.findings(case, "MAT101")}
    assert missing.isdisjoint({PORTRAIT, EMBLEM})
    looked_at = {result.subject for result in make.report(case).results if result.code == "SCN101"}
    assert looked_at == {BACK, FRONT}  # papers like any other from here on


def test_what_stays_open_is_asked_and_never_refused(tmp_path: Path) -> None:
    case = gathered(tmp_path, {FRONT: NOBODY, BACK: NOBODY})
    assert set(case.unassigned) == {FRONT, BACK}
    found = {one.slot: one for one in make.findings(case, "MAT101") if one.slot in (PORTRAIT, EMBLEM)}
    assert {(one.severity, one.variant) for one in found.values()} == {("warning", "unsure")}
    assert FRONT in make.sentences([found[PORTRAIT]])
    assert not make.findings(case, "MAT202")  # one cause, one finding


def test_a_form_says_itself_what_is_what(tmp_path: Path) -> None:
    (tmp_path / "application.json").write_text("{}", encoding="utf-8")
    case = gathered(tmp_path, {FRONT: PERSON, BACK: NOBODY})
    assert case.files_in(PORTRAIT) == ()
    assert {one.severity for one in make.findings(case, "MAT101") if one.slot == PORTRAIT} == {"error"}
    assert len(make.findings(case, "MAT202")) == 2


def test_two_that_may_be_the_photo_are_asked_about(tmp_path: Path) -> None:
    for name in ("照片.jpg", "照片原图.jpg"):
        (tmp_path / name).write_bytes(b"x")
    case = gathered(tmp_path, {})
    assert make.finding(case, "PHO101").severity == "warning"
    assert "照片原图.jpg" in make.sentences(make.findings(case, "PHO101"))
