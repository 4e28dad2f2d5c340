"""PHO, continued: what the photo shows: colour, background, head, sharpness and light."""

from __future__ import annotations

from typing import Any

import pytest

import make
from degreecheck.facts import Border, Box, Face
from degreecheck.rules._rule import Case
from make_facts import good_photo, with_background, with_photo

WHITE = {"colour": "white", "lightness": 97, "chroma": 1, "hue": 90, "blue_share": 0.0, "edge_bluish_share": 0.0}
RED = {"colour": "red", "lightness": 48, "chroma": 70, "hue": 34, "blue_share": 0.0, "edge_bluish_share": 0.0}
BLOTCH = (0.7, 0.1, 0.9, 0.3)


def pho(case: Case) -> set[str]:
    return make.codes(case, "PHO")


def hits(case: Case, code: str) -> list[tuple[str, str]]:
    """Severity and variant of a rule's findings."""
    return [(one.severity, one.variant) for one in make.findings(case, code)]


def faces(*boxes: Box) -> tuple[Face, ...]:
    return tuple(Face(box=box, support=30) for box in boxes)


# ---- colour and background ----


def test_a_grey_photo_is_one_error_not_two() -> None:
    grey = with_background(**WHITE | {"colour": "grey"})
    case = with_photo(grey, grey=True)
    assert pho(case) == {"PHO301"}
    assert hits(case, "PHO301") == [("error", "")]


def test_one_tint_is_asked_about() -> None:
    assert hits(with_photo(one_tint=True), "PHO301") == [("warning", "tinted")]
    assert pho(with_photo(grey=False, one_tint=False)) == set()


@pytest.mark.parametrize("colours", [WHITE, RED])
def test_another_colour_is_an_error(colours: dict[str, Any]) -> None:
    case = with_background(**colours)
    assert pho(case) == {"PHO302"}
    assert hits(case, "PHO302") == [("error", "")]


def test_the_background_is_shown_where_it_was_seen() -> None:
    seen = make.finding(with_background(**WHITE, area=("....", ".##.", "..#.", "....")), "PHO302")
    assert [region.box for region in seen.regions] == [(0.25, 0.25, 0.75, 0.75)]
    whole = make.finding(with_background(**WHITE, area=()), "PHO302")
    assert [region.box for region in whole.regions] == [(0, 0, 1, 1)]
    for changes, code in (
        ({"unevenness": 40}, "PHO303"),
        ({"fade": 60}, "PHO303"),
        ({"side_difference": -30}, "PHO304"),
    ):
        assert make.finding(with_background(**changes), code).regions


@pytest.mark.parametrize(
    "doubt",
    [
        {"share": 0.09},  # hardly any background seen
        {"coverage": 0.5},  # the surroundings are not one backdrop
        {"edge_bluish_share": 0.2},  # some of it is blue
    ],
)
def test_another_colour_is_a_question_where_it_is_not_certain(doubt: dict[str, float]) -> None:
    assert hits(with_background(**WHITE | doubt), "PHO302") == [("warning", "unsure")]


@pytest.mark.parametrize(
    "doubt",
    [
        {"faces": ()},
        {"faces": faces((0.1, 0.1, 0.9, 0.75))},  # beside so large a face there may be nothing but hair
        {"burnt_share": 0.5},
        {"face_lightness": 10, "face_highlights": 20, "picture_highlights": 40},
    ],
)
def test_another_colour_is_a_question_on_a_doubtful_picture(doubt: dict[str, Any]) -> None:
    assert hits(with_photo(with_background(**WHITE), **doubt), "PHO302") == [("warning", "unsure")]


@pytest.mark.parametrize(("share", "silent"), [(0.5, True), (0.49, False)])
def test_half_of_the_background_in_an_honest_blue_is_enough(share: float, silent: bool) -> None:
    found = hits(with_background(blue_share=share), "PHO302")
    assert found == ([] if silent else [("warning", "other_blue")])


@pytest.mark.parametrize(
    ("hue", "chroma", "expected"),
    [
        (185, 8, ("warning", "other_blue")),
        (312, 8, ("warning", "other_blue")),
        (184.9, 8, ("error", "")),
        (312.1, 8, ("error", "")),
        (270, 7.9, ("error", "")),
    ],
)
def test_any_kind_of_blue_is_never_refused(hue: float, chroma: float, expected: tuple[str, str]) -> None:
    case = with_background(hue=hue, chroma=chroma, blue_share=0.0, edge_bluish_share=0.0)
    assert hits(case, "PHO302") == [expected]


def test_a_blue_changed_by_wrong_light_is_said_once() -> None:
    case = with_photo(with_background(hue=197, chroma=30, lightness=94, blue_share=0.0), burnt_share=0.4)
    assert pho(case) == {"PHO503"}
    assert make.reasons(case, "PHO302") == {("skipped", "badly_lit")}


def test_a_background_that_was_not_found_is_said_not_passed() -> None:
    case = with_photo(background=None)
    assert pho(case) == set()
    for code in ("PHO302", "PHO303", "PHO304"):
        assert make.reasons(case, code) == {("skipped", "no_background")}
    assert any(line.key == "skipped.no_background" for line in make.report(case).not_checked)


@pytest.mark.parametrize(
    ("changes", "variant"),
    [
        ({"unevenness": 12.0}, None),
        ({"unevenness": 12.1}, ""),
        ({"coverage": 0.6}, None),
        ({"coverage": 0.59}, ""),
        ({"blotches": (BLOTCH,)}, "blotches"),
        ({"fade": 15.0}, None),
        ({"fade": 15.1}, "fading"),
        ({"fade": -15.1}, "fading"),
        ({"fade": None, "vertical_difference": -22.0}, None),
        ({"vertical_difference": -22.1}, "fading"),
    ],
)
def test_evenness(changes: dict[str, Any], variant: str | None) -> None:
    assert hits(with_background(**changes), "PHO303") == ([] if variant is None else [("warning", variant)])


def test_blotches_are_pointed_at_in_the_whole_picture() -> None:
    case = with_photo(with_background(blotches=(BLOTCH,)), crop=(0, 0.5, 1, 1))
    (region,) = make.finding(case, "PHO303").regions
    assert region.box == pytest.approx((0.7, 0.55, 0.9, 0.65))


@pytest.mark.parametrize(("difference", "side"), [(12.0, None), (-12.1, "left"), (12.1, "right"), (-12.0, None)])
def test_light_from_one_side(difference: float, side: str | None) -> None:
    found = make.findings(with_background(side_difference=difference), "PHO304")
    assert [one.values["dark_side"] for one in found] == ([] if side is None else [side])


def test_background_seen_on_one_side_only_says_nothing_of_side_light() -> None:
    assert make.reasons(with_background(side_difference=None), "PHO304") == {("skipped", "no_background")}


def test_a_border_is_named_with_its_sides() -> None:
    borders = (
        Border(side="left", width=0.03, colour="white", box=(0, 0, 0.03, 1)),
        Border(side="bottom", width=0.02, colour="white", box=(0, 0.98, 1, 1)),
    )
    case = with_photo(borders=borders)
    assert pho(case) == {"PHO305"}
    finding = make.finding(case, "PHO305")
    assert (finding.severity, finding.values["sides"], len(finding.regions)) == ("warning", ["left", "bottom"], 2)


# ---- the head ----


def test_no_face_is_a_question_and_the_head_is_not_judged() -> None:
    case = with_photo(faces=(), tilt=None, head_height=None)
    assert pho(case) == {"PHO401"}
    assert hits(case, "PHO401") == [("warning", "")]
    assert make.reasons(case, "PHO403") == {("skipped", "after PHO401")}


def test_several_faces() -> None:
    two = faces((0.05, 0.3, 0.4, 0.6), (0.6, 0.3, 0.95, 0.6))
    case = with_photo(faces=two)
    assert pho(case) == {"PHO402"}
    assert len(make.finding(case, "PHO402").regions) == 2
    assert pho(with_photo(faces=good_photo().faces)) == set()


@pytest.mark.parametrize(
    ("height", "estimated", "variant"),
    [
        (0.35, False, None),
        (0.349, False, "small"),
        (0.72, False, None),
        (0.721, False, "large"),
        (0.30, True, None),  # the crown was guessed
        (0.28, True, "small"),
    ],
)
def test_head_size(height: float, estimated: bool, variant: str | None) -> None:
    found = hits(with_photo(head_height=height, head_estimated=estimated), "PHO403")
    assert found == ([] if variant is None else [("warning", variant)])


def test_a_head_that_was_not_measured_is_not_passed() -> None:
    assert make.reasons(with_photo(head_height=None), "PHO403") == {("skipped", "not_measured")}


@pytest.mark.parametrize(
    ("box", "where"),
    [
        ((0.28, 0.25, 0.72, 0.60), []),
        ((0.16, 0.25, 0.60, 0.60), []),  # 0.12 off the middle
        ((0.14, 0.25, 0.58, 0.60), ["left"]),
        ((0.42, 0.25, 0.86, 0.60), ["right"]),
        ((0.28, 0.12, 0.72, 0.47), []),  # eyes at 0.26
        ((0.28, 0.10, 0.72, 0.45), ["top"]),
        ((0.28, 0.41, 0.72, 0.76), []),  # eyes at 0.55
        ((0.28, 0.43, 0.72, 0.78), ["bottom"]),
        ((0.10, 0.50, 0.50, 0.80), ["left", "bottom"]),
    ],
)
def test_where_the_head_is(box: Box, where: list[str]) -> None:
    found = make.findings(with_photo(faces=faces(box)), "PHO404")
    assert [one.values["where"] for one in found] == ([where] if where else [])


@pytest.mark.parametrize(("tilt", "side"), [(12.0, None), (12.1, "right"), (-12.1, "left"), (-12.0, None)])
def test_tilt(tilt: float, side: str | None) -> None:
    found = make.findings(with_photo(tilt=tilt), "PHO405")
    assert [one.values["side"] for one in found] == ([] if side is None else [side])


def test_a_tilt_that_was_not_measured_is_not_passed() -> None:
    assert make.reasons(with_photo(tilt=None), "PHO405") == {("skipped", "not_measured")}


# ---- sharpness, light, compression ----


@pytest.mark.parametrize(
    ("changes", "variant"),
    [
        ({"blur": 0.010}, None),
        ({"blur": 0.0101}, ""),
        ({"blur": 0.02, "measured_on_face": False}, "middle"),
    ],
)
def test_sharpness(changes: dict[str, Any], variant: str | None) -> None:
    assert hits(with_photo(**changes), "PHO501") == ([] if variant is None else [("warning", variant)])


@pytest.mark.parametrize(
    ("face", "highlights", "picture", "dark"),
    [
        (27, 33, 49, True),
        (28, 33, 49, False),
        (27, 34, 49, False),  # a dark skin that shines
        (27, 33, 50, False),  # a dark skin in a bright picture
        (16, 25, 90, True),  # black, whatever is around it
        (17, 25, 90, False),
    ],
)
def test_too_dark(face: float, highlights: float, picture: float, dark: bool) -> None:
    case = with_photo(face_lightness=face, face_highlights=highlights, picture_highlights=picture)
    assert hits(case, "PHO502") == ([("warning", "")] if dark else [])


@pytest.mark.parametrize(
    ("changes", "bright"),
    [
        ({"burnt_share": 0.119}, False),
        ({"burnt_share": 0.12}, True),
        ({"face_lightness": 92.9}, False),
        ({"face_lightness": 93}, True),
    ],
)
def test_too_bright(changes: dict[str, float], bright: bool) -> None:
    assert hits(with_photo(**changes), "PHO503") == ([("warning", "")] if bright else [])


@pytest.mark.parametrize(
    ("changes", "blocky"),
    [
        ({"blockiness": 3.2}, False),
        ({"blockiness": 3.3}, True),
        ({"blockiness": 9, "width": 825, "height": 1157}, True),
        ({"blockiness": 9, "width": 826, "height": 1158}, False),  # gone when it is made smaller
    ],
)
def test_blocks(changes: dict[str, Any], blocky: bool) -> None:
    assert hits(with_photo(**changes), "PHO504") == ([("note", "")] if blocky else [])


@pytest.mark.parametrize(
    ("code", "missing"),
    [("PHO501", "blur"), ("PHO502", "face_lightness"), ("PHO503", "face_lightness"), ("PHO504", "blockiness")],
)
def test_what_was_not_measured_is_not_passed(code: str, missing: str) -> None:
    assert make.reasons(with_photo(**{missing: None}), code) == {("skipped", "not_measured")}
