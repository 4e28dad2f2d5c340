"""measure_photo: what an electronic photo shows, from drawn portraits to the rules' findings."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

import make
from degreecheck.facts import FileFacts, ImageFacts, PhotoFacts
from degreecheck.inspectors.inspection import inspect_file
from degreecheck.inspectors.photo import measure_photo
from degreecheck.sample.portrait import draw_portrait
from make_facts import PHOTO, good_case

Rgb = NDArray[np.uint8]
BLUES = [(67, 142, 219), (0, 191, 243), (100, 197, 255), (98, 139, 206), (0, 106, 184), (16, 150, 203)]


def drawn(seed: int = 0, *, quality: int = 92, **faults: Any) -> Rgb:
    """A drawn portrait as it comes out of a JPEG."""
    file = io.BytesIO()
    draw_portrait(seed, **faults).save(file, "JPEG", quality=quality)
    return np.array(Image.open(file))


def codes(facts: PhotoFacts) -> set[str]:
    """What the photo's rules find."""
    case = good_case()
    picture = ImageFacts(width=facts.width, height=facts.height)
    seen = FileFacts(size=60_000, type="jpeg", image=picture, photo=facts)
    return make.codes(replace(case, facts={**case.facts, PHOTO: seen}), "PHO")


@pytest.mark.parametrize("seed", range(8))
def test_a_good_portrait_brings_no_finding(seed: int) -> None:
    assert codes(measure_photo(drawn(seed))) == set()


@pytest.mark.parametrize("blue", BLUES)
def test_every_blue_in_honest_use(blue: tuple[int, int, int]) -> None:
    facts = measure_photo(drawn(3, background=blue))
    assert codes(facts) == set()
    assert facts.background is not None
    assert facts.background.colour == "blue"
    assert facts.background.blue_share == 1


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        ({"background": (250, 250, 250)}, "PHO302"),
        ({"background": (200, 30, 40)}, "PHO302"),
        ({"background": (160, 160, 162)}, "PHO302"),
        ({"object_behind": True}, "PHO303"),
        ({"fade": 0.9}, "PHO303"),
        ({"side_light": 0.5}, "PHO304"),
        ({"border": 0.04}, "PHO305"),
        ({"border": 0.012, "border_colour": (0, 0, 0)}, "PHO305"),
        ({"grey": True}, "PHO301"),
        ({"person": False}, "PHO401"),
        ({"people": 2}, "PHO402"),
        ({"head_height": 0.22}, "PHO403"),
        ({"head_height": 0.85, "offset": (0, 0.05)}, "PHO403"),
        ({"offset": (-0.22, 0)}, "PHO404"),
        ({"offset": (0, 0.25)}, "PHO404"),
        ({"tilt": 17}, "PHO405"),
        ({"tilt": -17}, "PHO405"),
        ({"blur": 4}, "PHO501"),
        ({"light": 0.2}, "PHO502"),
        ({"light": 2.6}, "PHO503"),
        ({"quality": 8}, "PHO504"),
    ],
)
def test_one_fault_brings_its_finding(faults: dict[str, Any], code: str) -> None:
    assert codes(measure_photo(drawn(2, **faults))) == {code}


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_lying_portrait_is_measured_as_if_turned(quarters: int) -> None:
    lying = np.ascontiguousarray(np.rot90(drawn(4, object_behind=True), quarters))
    facts = measure_photo(lying)
    assert facts.turned == 90 * quarters
    assert facts.turned_certainly
    assert facts.tilt is None
    assert facts.background is not None
    assert facts.background.colour == "blue"
    # the object at the upper right lies where the turning took it
    (box,) = facts.background.blotches
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    expected = {1: (0.18, 0.125), 2: (0.125, 0.82), 3: (0.82, 0.875)}[quarters]
    assert (x, y) == pytest.approx(expected, abs=0.03)
    rows = facts.background.area
    assert rows[int(y * len(rows))][int(x * len(rows[0]))] == "x"


def test_the_crop_is_what_is_measured() -> None:
    wide = np.full((700, 900, 3), (120, 90, 60), np.uint8)  # a brown wall around a good photo
    wide[60:639, 200:613] = drawn(5)
    box = (200 / 900, 60 / 700, 613 / 900, 639 / 700)
    facts = measure_photo(wide, box)
    assert (facts.width, facts.height) == (413, 579)
    assert facts.crop == pytest.approx(box)
    assert codes(facts) == set()
    face = facts.in_picture(facts.faces[0].box)
    assert box[0] < face[0] < face[2] < box[2]
    assert codes(measure_photo(wide)) != set()


def test_a_reduced_picture_keeps_its_size_and_hides_its_blocks() -> None:
    facts = measure_photo(drawn(1), size=(4130, 5790))
    assert (facts.width, facts.height) == (4130, 5790)
    assert facts.blockiness is None


def test_large_and_small_pictures_measure_alike() -> None:
    for scale in (0.6, 2.5):
        size = (round(413 * scale), round(579 * scale))
        facts = measure_photo(drawn(6, size=size))
        assert (facts.width, facts.height) == size
        assert codes(facts) - {"PHO201"} == set()


def test_measuring_twice_gives_the_same() -> None:
    picture = drawn(7, tilt=6)
    assert measure_photo(picture) == measure_photo(picture.copy())


def test_the_head_in_numbers() -> None:
    facts = measure_photo(drawn(0, head_height=0.55))
    assert facts.head_height == pytest.approx(0.55, abs=0.04)
    assert facts.crown == pytest.approx(0.43 - 0.55 * 1.52 / 2.9, abs=0.02)
    assert not facts.head_estimated
    assert facts.measured_on_face


def test_a_crop_of_nothing_is_one_pixel() -> None:
    facts = measure_photo(drawn(0), (0.5, 0.5, 0.5, 0.5))
    assert (facts.width, facts.height) == (1, 1)
    assert facts.background is None
    assert facts.faces == ()


@settings(max_examples=25)
@given(
    st.tuples(st.integers(1, 90), st.integers(1, 90)),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["noise", "flat", "stripes", "black"]),
)
def test_any_pixels_give_facts(size: tuple[int, int], seed: int, kind: str) -> None:
    noise = np.random.default_rng(seed)
    picture = noise.integers(0, 256, (*size, 3), dtype=np.uint8)
    if kind == "flat":
        picture[:] = picture[0, 0]
    elif kind == "stripes":
        picture[:] = picture[:1]
    elif kind == "black":
        picture[:] = 0
    facts = measure_photo(picture)
    assert (facts.height, facts.width) == size
    assert PhotoFacts.model_validate_json(facts.model_dump_json()) == facts


def test_a_very_long_picture() -> None:
    facts = measure_photo(np.full((40, 4000, 3), (67, 142, 219), np.uint8))
    assert (facts.width, facts.height) == (4000, 40)
    assert facts.faces == ()


def labelled_portraits() -> list[dict[str, Any]]:
    """Real portraits and what has to be found on them, where the folder that DEGREECHECK_SHARED names has them."""
    labels = Path(os.environ.get("DEGREECHECK_SHARED", "")) / "portraits" / "labels.json"
    found: list[dict[str, Any]] = json.loads(labels.read_text(encoding="utf-8")) if labels.is_file() else []
    return [{**entry, "path": labels.parent / entry["file"]} for entry in found]


def test_labelled_portraits() -> None:
    wrong = []
    for entry in labelled_portraits():
        seen = inspect_file(entry["path"], frozenset({"photo"}))
        form = make.changed(make.perfect_form(), {"materials": {"photo": (entry["file"],)}})
        case = replace(make.case(form), facts={entry["file"]: seen})
        found = make.codes(case, "PHO")
        missed = [one for one in entry["must_hit"] if not set(one.split("|")) & found]
        errors = {code for code in make.errors(case) if code.startswith("PHO")} if not entry["must_hit"] else set()
        if missed or errors:
            wrong.append((entry["file"], missed, errors))
    assert wrong == []
