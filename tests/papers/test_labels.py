"""Values beside and under their labels, however the paper is laid out."""

from __future__ import annotations

import pytest

import make_texts
from degreecheck.papers.labels import labelled, names_of_labels
from degreecheck.papers.rows import rows_of

ID = "500105199508120123"


def values(*rows: make_texts.Row) -> dict[str, list[str]]:
    found = labelled(rows_of(make_texts.page(*rows)))
    return {field: [seen.text for seen in each] for field, each in found.items()}


@pytest.mark.parametrize(
    "rows",
    [
        ("姓名：林小满",),
        (("姓名", "林小满"),),
        (("姓 名：", "林小满"),),
        (("姓", "名：", "林小满"),),
        (("名：", "林小满"),),  # the first half of the label was lost
        ("考生姓名:林小满",),
        (("姓名", "林小满", "性别", "女"),),
        (("姓名：林小满 性别：女", "民族：汉"),),
        (("姓名", "性别", "民族"), ("林小满", "女", "汉")),  # the values under their labels
    ],
)
def test_a_name_is_found_beside_or_under_its_label(rows: tuple[make_texts.Row, ...]) -> None:
    assert values(*rows)["name"] == ["林小满"]


def test_a_label_without_a_value_is_a_label_all_the_same() -> None:
    rows = rows_of(make_texts.page(("姓名：", "性别：女"), "", "", "", "", "林小满"))
    assert "name" not in labelled(rows)
    assert {"name", "sex"} <= names_of_labels(rows)


@pytest.mark.parametrize("label", ["公民身份号码", "身份证号：", "证件号码:", "居民身份证号码"])
def test_an_id_number_has_many_labels(label: str) -> None:
    assert values(f"{label}{ID}")["id_number"] == [ID]
    assert values((label, ID))["id_number"] == [ID]


def test_each_number_goes_to_its_own_label() -> None:
    found = values("准考证号：010517200123", "身份证号：" + ID, "成绩报告单编号：171150010100123")
    assert found["exam_number"] == ["010517200123"]
    assert found["id_number"] == [ID]
    assert found["certificate_number"] == ["171150010100123"]


def test_words_within_a_sentence_are_no_labels() -> None:
    found = values("学位外语考试证书编号说明", "参加高等教育自学考试工商管理专业", "主考学校：重庆科技大学")
    assert "certificate_number" not in found
    assert "major" not in found
    assert found["school"] == ["重庆科技大学"]


def test_old_forms_of_characters_are_read_as_the_new_ones() -> None:
    assert values("姓名：黃悅萱 性別：女")["name"] == ["黄悦萱"]


def test_a_value_knows_its_place_and_confidence() -> None:
    facts = make_texts.page("姓名：林小满", confidence=0.87)
    (seen,) = labelled(rows_of(facts))["name"]
    left, top, right, bottom = facts.lines[0].box
    assert seen.confidence == 0.87
    assert seen.region.page == 0
    assert seen.region.box[0] > (left + right) / 2 - 0.01
    assert seen.region.box[1:] == (top, right, bottom)


def test_the_place_is_that_in_the_picture_as_it_lies() -> None:
    """A page that has to be turned by a quarter clockwise: its left edge is the picture's lower one."""
    (seen,) = labelled(rows_of(make_texts.page(("姓名：林小满", "", ""), turned=90)))["name"]
    x0, y0, x1, y1 = seen.region.box
    assert x1 - x0 < y1 - y0
    assert y0 > 0.5
