"""Reasons of a 驳回: what they speak of, and above all what they do not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck import paths, text
from degreecheck.asked import UPLOAD_ORDER
from degreecheck.form import Form, value_at
from degreecheck.returned_reasons import GREATEST_TEXT, phrase_ids, read

DATA = Path(__file__).parent / "data"
PHRASES = tomllib.loads((DATA / "returned_phrases.toml").read_text(encoding="utf-8"))
REASONS = tomllib.loads((DATA / "returned_reasons.toml").read_text(encoding="utf-8"))
TABLE = tomllib.loads((paths.resources() / "returned_reasons.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("phrase", "words"), [(phrase, words) for phrase, all_ in PHRASES.items() for words in all_])
def test_wordings(phrase: str, words: str) -> None:
    found = read(words)
    assert phrase in [one.phrase for one in found.spoken]
    assert len({one.phrase for one in found.spoken}) <= 2


def test_every_phrase_has_three_wordings() -> None:
    assert set(PHRASES) == set(phrase_ids())
    assert [phrase for phrase, words in PHRASES.items() if len(words) < 3] == []


@pytest.mark.parametrize("reason", REASONS["reason"], ids=lambda reason: reason["text"][:16])
def test_whole_reasons(reason: dict[str, Any]) -> None:
    found = read(reason["text"])
    assert {field for one in found.spoken for field in one.fields} == set(reason["fields"])
    assert {slot for one in found.spoken for slot in one.slots} == set(reason["slots"])


def test_there_are_enough_reasons() -> None:
    assert len(REASONS["reason"]) >= 40
    assert len(REASONS["nothing"]) >= 15


@pytest.mark.parametrize("words", REASONS["nothing"])
def test_nothing_is_read_into_what_says_nothing(words: str) -> None:
    assert read(words).spoken == ()


@pytest.mark.parametrize("words", ["请到教务处领取学位证", "本批名额已满", "Please call us", "系统升级中"])
def test_what_is_not_in_the_table_comes_back(words: str) -> None:
    found = read(f"照片模糊。{words}；成绩单未盖章")
    assert [one.phrase for one in found.spoken] == ["photo_unclear", "seal_missing"]
    assert [f"照片模糊。{words}；成绩单未盖章"[span.start : span.end] for span in found.not_understood] == [words]


def test_civilities_are_not_shown_as_not_understood() -> None:
    found = read("您好，申请已驳回，原因如下：照片模糊，请修改后重新提交。谢谢！")
    assert [one.phrase for one in found.spoken] == ["photo_unclear"]
    assert found.not_understood == ()


def test_the_place_in_the_text() -> None:
    words = "您好：【照片】 底 色 不符！另外，證書編號位數不對。"
    first, second = read(words).spoken
    assert words[first.span.start : first.span.end] == "照片】 底 色 不符"
    assert words[second.span.start : second.span.end] == "證書編號位數不對"
    assert (first.title, first.advice) == ("returned.photo_background.title", "returned.photo_background.advice")


def test_one_thing_is_told_once() -> None:
    assert [one.phrase for one in read("照片模糊。照片不清晰，请重新上传照片。").spoken] == ["photo_unclear"]


@pytest.mark.parametrize(
    "words",
    ["平均成绩应不含论文，请核对平均成绩", "证书编号错误，请更正", "照片模糊，请重新上传", "照片底色不符，请更换照片"],
)
def test_an_order_to_act_adds_nothing_to_what_is_wrong(words: str) -> None:
    found = read(words)
    assert len(found.spoken) == 1
    assert found.not_understood == ()


def test_a_long_text_is_read_to_its_limit() -> None:
    found = read("好" * GREATEST_TEXT + "照片模糊")
    assert found.spoken == ()
    assert found.not_understood[-1] == (GREATEST_TEXT, GREATEST_TEXT + 4)


# -------------------------------------------------------------------------------------------------------- the table


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_phrase_has_a_title_and_advice(language: str) -> None:
    texts = text.load(language)
    for phrase in phrase_ids():
        assert texts.get(f"returned.{phrase}.title")
        assert texts.get(f"returned.{phrase}.advice")
    assert set(texts.table("returned")) == set(phrase_ids())


def test_the_table_names_only_what_there_is() -> None:
    entries = [*TABLE["topic"].values(), *TABLE["phrase"], *TABLE["whole"]]
    assert {slot for entry in entries for slot in entry.get("slots", ())} <= set(UPLOAD_ORDER)
    for field in {field for entry in entries for field in entry.get("fields", ())}:
        value_at(Form(), field)
    kinds = {f"@{entry['kind']}" for entry in TABLE["topic"].values()}
    for phrase in TABLE["phrase"]:
        assert set(phrase["topics"]) <= {*TABLE["topic"], *kinds, ""}, phrase["id"]
        assert set(phrase["wrong"]) <= set(TABLE["wrong"]), phrase["id"]


def test_every_simplified_character_of_the_table_has_its_traditional_one() -> None:
    words = [word for name in ("topic", "wrong") for entry in TABLE[name].values() for word in entry["words"]]
    words += [word for entry in TABLE["whole"] for word in entry["says"]]
    known = {pair[1] for pair in TABLE["fold"]["simplify"].split()}
    # What Big5, the encoding of traditional text, does not have is written otherwise there.
    only_simplified = {one for one in re.findall("[\u4e00-\u9fff]", "".join(words)) if not _in_big5(one)}
    assert only_simplified - known == set()


def _in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


pieces = st.sampled_from(
    [words for all_ in PHRASES.values() for words in all_]
    + ["，", "。", "不", "没有", "请", "1、", " ", "\n", "①", "如", "未"]
) | st.text(max_size=6)


@given(st.lists(pieces, max_size=12).map("".join) | st.text(max_size=80))
def test_it_never_raises_and_spans_lie_in_the_text(words: str) -> None:
    found = read(words)
    for span in [*(one.span for one in found.spoken), *found.not_understood]:
        assert 0 <= span.start < span.end <= len(words)
        assert words[span.start : span.end].strip()
    assert all(one.phrase in PHRASES for one in found.spoken)
