"""The sentences: complete in both languages, filled in safely."""

from __future__ import annotations

import re
import string
import tomllib
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args

import pytest

from degreecheck import paths, text
from degreecheck.form import SLOTS, Status, asked_fields
from degreecheck.idnumbers.fold import Change


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{key}|")
        else:
            found[prefix + key] = value
    return found


def _all(language: str) -> dict[str, str]:
    source = paths.resources() / "text" / f"{language}.toml"
    return _flat(tomllib.loads(source.read_text(encoding="utf-8")))


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(_all("zh")) == set(_all("en"))


def test_both_languages_fill_in_the_same_values() -> None:
    chinese, english = _all("zh"), _all("en")
    differing = {key for key, value in chinese.items() if _places(value) - _places(english[key])}
    # A language may do with fewer values than the other, but never need one that the other was not given.
    missing = {key for key, value in english.items() if _places(value) - _places(chinese[key])}
    assert not missing | {key for key in differing if not key.startswith("rule|")}


def test_no_text_is_blank_or_has_the_wrong_script() -> None:
    for key, value in _all("zh").items():
        assert value, key
    for key, value in _all("en").items():
        assert value or key.startswith("list|"), key
        unquoted = re.sub("[“‘(].*?[”’)]", "", value)
        assert not re.search("[\u4e00-\u9fff]", unquoted) or "·" in value or " / " in value, key


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_identifier_has_a_word(language: str) -> None:
    texts = text.load(language)
    for slot in SLOTS:
        assert texts.has(f"slot.{slot}")
    for field in asked_fields():
        assert texts.has(f"field.{field.path}"), field.path
    for change in Change:
        assert texts.has(f"fold_change.{change.value}")
    assert get_args(Status)


def test_values_are_never_read_as_a_template() -> None:
    texts = text.Texts("zh", {"a": "{name}!"})
    assert texts.get("a", name="{0.__class__}{x}%s") == "{0.__class__}{x}%s!"


def test_values_are_shown_as_people_write_them() -> None:
    texts = text.load("zh")
    assert texts.show(Decimal("78.350")) == "78.350"
    assert texts.show(date(2026, 4, 5)) == "2026-04-05"
    assert texts.show(datetime(2026, 4, 5, 0, 30, tzinfo=UTC)) == "2026-04-05 08:30"
    assert texts.show(True) == "是"
    assert texts.show(["photo", "transcript"], "slot") == "电子照片、成绩单"
    assert texts.show(list(range(42))).endswith("等，另有 2 项")
    assert texts.word("field", "courses.records[3].score") == "成绩"
    assert texts.word("slot", "no_such_slot") == "no_such_slot"


def test_a_list_of_which_one_is_meant_is_joined_by_or() -> None:
    texts = text.Texts(
        "zh", {"list": {"or": "或"}, "fruit": {"fig": "果"}, "a": "{lengths::or} 位", "b": "{of:fruit:or}"}
    )
    assert texts.get("a", lengths=[17, 12]) == "17或12 位"
    assert texts.get("a", lengths=[15]) == "15 位"
    assert texts.get("b", of=["fig", "x"]) == "果或x"


def test_a_mapping_fills_in_a_sentence_or_holds_a_packs_own_words() -> None:
    tables = {"list": {"separator": "、"}, "sums": {"one": "{way:way}是 {sum}"}, "way": {"all": "全部"}}
    texts = text.Texts("zh", {**tables, "a": "{sums:sums.one}"})
    assert texts.get("a", sums=[{"way": "all", "sum": "3"}, {"way": "x", "sum": "4"}]) == "全部是 3、x是 4"
    words = {"zh": "四级", "en": "CET-4"}
    assert text.load("en").show(words) == "CET-4"
    assert text.load("zh").show(words) == "四级"
    assert text.load("en").show({"zh": "四级", "en": ""}) == "四级"
    assert text.load("en").show({"a": [15], "b": [17, 12], "c": [], "d": True}) == "a: 15, b: 17 or 12, d: yes"


def test_a_missing_text_says_which() -> None:
    with pytest.raises(text.MissingText, match=r"no\.such\.key"):
        text.load("zh").get("no.such.key")
    with pytest.raises(text.MissingText):
        text.load("fr")
    with pytest.raises(text.MissingText):
        text.load("zh").template("no.such.key")


def test_a_template_shows_ellipses_for_values() -> None:
    assert text.Texts("zh", {"a": "从 {entry} 到 {end:field}"}).template("a") == "从 … 到 …"


def test_read_table_by_table_the_texts_are_those_of_the_file() -> None:
    for language in text.LANGUAGES:
        source = (paths.resources() / "text" / f"{language}.toml").read_text(encoding="utf-8")
        whole = tomllib.loads(source)
        texts = text.Texts(language, {}, text.parts(source))
        assert texts.get("ui.close") == whole["ui"]["close"]
        assert texts._unread  # the rest waits
        for name in whole:
            assert texts.table(name) == whole[name]
        assert texts._unread == {}


def test_nested_tables_of_the_window_are_found_one_by_one() -> None:
    source = '[ui]\na = "1"\n[list]\nb = "2"\n[ui.page.courses]\nc = "3"\n[ui.page]\nd = "4"\n[ui."x.y"]\ne = "5"\n'
    texts = text.Texts("zh", {}, text.parts(source))
    assert [texts.get(key) for key in ("ui.page.courses.c", "ui.page.d", "list.b", "ui.a")] == ["3", "4", "2", "1"]
    assert texts.table("ui") == tomllib.loads(source)["ui"]
    assert not texts.has("ui.page.courses.d")


def test_many_threads_may_ask_for_the_same_table_at_once() -> None:
    from concurrent.futures import ThreadPoolExecutor

    source = (paths.resources() / "text" / "zh.toml").read_text(encoding="utf-8")
    with ThreadPoolExecutor(8) as threads:
        for _ in range(20):
            texts = text.Texts("zh", {}, text.parts(source))
            found = list(threads.map(texts.get, ["console.no_screen"] * 8))
            assert len(set(found)) == 1
