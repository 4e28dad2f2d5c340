"""Packs: the shipped ones are whole, a wrong one is told line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck import pack, paths
from degreecheck.form import SLOTS
from degreecheck.pack_problems import line_of
from degreecheck.rules import RULES

SMALL = """
id = "small"
version = "1"
[school]
name = "学校"
names = ["学校"]
[routes.cet4]
label = { zh = "四级" }
[slots.photo]
needed = "required"
"""


def problems(text: str) -> list[tuple[str, str, int | None]]:
    with pytest.raises(pack.PackInvalid) as caught:
        pack.parse(text.encode(), "pack.toml")
    return [(problem.kind, problem.key, problem.line) for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["cqust", "cqut", "cqcst"])
def test_shipped_packs_are_valid(name: str) -> None:
    found = pack.find(name)
    assert found.id == name
    assert name in pack.shipped()
    assert set(found.overrides) <= set(RULES)
    assert found.advisory is (name != "cqust")
    for route in found.routes.values():
        assert route.label.zh
        assert route.label.en
        assert route.slots


def test_the_complete_pack_says_what_the_manual_says() -> None:
    cqust = pack.find("cqust")
    assert {"重庆科技学院", "重庆科技大学"} <= set(cqust.school.names)
    assert {name: route.number_lengths for name, route in cqust.routes.items()} == {
        "cet4": (15,), "pets": (14,), "english_two": (17, 12), "degree_exam": (), "other": (),
    }  # fmt: skip
    assert set(cqust.slots) == set(SLOTS)
    assert (cqust.photo.width, cqust.photo.height, cqust.photo.dpi) == (413, 579, 300)
    contact = cqust.contact_for("adult_education")
    assert contact is not None
    assert contact.phone == "023-65022052"
    assert cqust.mailing is not None
    assert "东路20号" in cqust.mailing.address
    assert cqust.notice == "关于2025年上半年学士学位申报工作的通知"


@pytest.mark.parametrize(
    ("slot", "applicant", "route", "need"),
    [
        ("photo", "self_study", "", "required"),
        ("exam_permit", "self_study", "cet4", "required"),
        ("exam_permit", "adult_education", "cet4", None),
        ("id_card_emblem", "adult_education", "cet4", "probably"),
        ("language_certificate", "self_study", "cet4", "required"),
        ("language_certificate", "self_study", "english_two", None),
        ("registration_page", "self_study", "english_two", "required"),
        ("registration_page", "self_study", "cet4", None),
        ("no_such_slot", "self_study", "cet4", None),
    ],
)
def test_who_needs_what(slot: str, applicant: str, route: str, need: str | None) -> None:
    assert pack.find("cqust").need_of(slot, applicant, route) == need


def test_where_a_seal_is_expected() -> None:
    cqust = pack.find("cqust")
    assert cqust.seal_of("language_certificate", "cet4") == "required"
    assert cqust.seal_of("language_certificate", "pets") == "optional"
    assert cqust.seal_of("english_two_score", "english_two") == "none"
    assert cqust.seal_of("no_such_slot", "cet4") == "none"


def test_a_small_pack_is_enough() -> None:
    found = pack.parse(SMALL.encode(), "small")
    assert found.conditions.average == "unknown"
    assert found.routes["cet4"].label.in_language("en") == "四级"
    assert found.notice == ""
    assert found.contact_for("self_study") is None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("needed = ", "need = "), ("unknown_key", "slots.photo.need", 10)),
        (('"required"', '"always"'), ("not_legal", "slots.photo.needed", 10)),
        (('version = "1"', "version = 1"), ("not_legal", "version", 3)),
        (('version = "1"', ""), ("missing_key", "version", None)),
        (("[slots.photo]", "[slots.foto]"), ("not_legal", "slots.foto", 9)),
        (('names = ["学校"]', "names = []"), ("not_legal", "school.names", 6)),
        (('label = { zh = "四级" }', "label = { en = 'x' }"), ("missing_key", "routes.cet4.label.zh", 8)),
    ],
)
def test_what_is_wrong_is_told_with_line_and_key(
    change: tuple[str, str], expected: tuple[str, str, int | None]
) -> None:
    assert problems(SMALL.replace(*change)) == [expected]


@pytest.mark.parametrize(
    "more",
    [
        '[slots.transcript]\nroutes = ["cet6"]',
        '[slots.transcript]\nany_of = ["registration_page"]',
        "[slots.transcript]\nmin_bytes = 5\nmax_bytes = 5",
        '[average]\nnon_numeric = { "" = 60 }',
        '[overrides.nonsense]\nseverity = "note"\nreason = "x"',
        '[conditions]\naverage = "65 %"',
        '[[rounds]]\nname = "x"\nnotice = "y"\nwindow_opens = "soon"',
    ],
)
def test_contradictions_are_refused(more: str) -> None:
    assert problems(SMALL + more)


def test_several_legal_kinds_are_one_problem() -> None:
    with pytest.raises(pack.PackInvalid) as caught:
        pack.parse((SMALL + '[average]\nnon_numeric = "perhaps"').encode(), "x")
    (problem,) = caught.value.problems
    assert problem.legal == ("ask", "exclude", "table")
    assert problem.given == '"perhaps"'


def test_files_that_are_no_pack(tmp_path: Path) -> None:
    assert problems("id = ") == [("not_toml", "", 1)]
    with pytest.raises(pack.PackInvalid) as caught:
        pack.parse(SMALL.encode("gbk"), "x")
    assert caught.value.problems[0].kind == "not_utf8"
    with pytest.raises(pack.PackInvalid) as caught:
        pack.load(tmp_path / "gone.toml")
    assert caught.value.problems[0].kind == "gone"
    big = tmp_path / "big.toml"
    big.write_bytes(b"#" * (pack.GREATEST_BYTES + 1))
    with pytest.raises(pack.PackInvalid) as caught:
        pack.load(big)
    assert caught.value.problems[0].kind == "too_large"


def test_a_pack_is_found_by_id_or_file(tmp_path: Path) -> None:
    own = tmp_path / "学校.toml"
    own.write_text(SMALL, encoding="utf-8-sig")
    assert pack.find(str(own)).id == "small"
    for name in ("no_such", "../cqust", "", "CON"):
        with pytest.raises((pack.NoSuchPack, pack.PackInvalid)):
            pack.find(name)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_pack_or_problems(data: bytes) -> None:
    try:
        found = pack.parse(data, "x")
    except pack.PackInvalid:
        return
    assert found.routes


def test_lines_are_found_in_arrays_of_tables() -> None:
    text = (paths.resources() / "packs" / "cqust.toml").read_text(encoding="utf-8")
    line = line_of(["contacts", "1", "phone"], text)
    assert line is not None
    assert "65022052" in text.splitlines()[line - 1]
    assert line_of(["no", "such"], text) is None
