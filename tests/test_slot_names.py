"""Slots from names: the collection in data/slot_names.toml, an applicant's files together, what holds for any name."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck import slot_reading, slot_words
from degreecheck.slot_names import Guess, guess, guess_all, guess_each, is_ignored, names_a_slot, natural_key

NAMES = tomllib.loads((Path(__file__).parent / "data" / "slot_names.toml").read_text(encoding="utf-8"))
ASSIGNED = [(slot, name) for slot, names in NAMES["assigned"].items() for name in names]
UNASSIGNED = [name for names in NAMES["unassigned"].values() for name in names]
WORDS = [
    *slot_words.FILLERS.items(),
    ("major", slot_words.MAJORS),
    ("veto", slot_words.NOT_NAMES),
    *(("veto", text) for text in slot_words.VETO.values()),
    *slot_words.TAGS.items(),
]
VETOES = sorted({word for kind, text in WORDS for word in text.split() if kind == "veto"})


@pytest.mark.parametrize(("slot", "name"), ASSIGNED)
def test_names_its_slot(slot: str, name: str) -> None:
    found = guess(name)
    assert (found.slot, found.candidates) == (slot, (slot,))
    assert found.words


@pytest.mark.parametrize("name", UNASSIGNED)
def test_stays_unassigned(name: str) -> None:
    assert guess(name).slot is None
    assert guess_all([name]) == {}


def test_collection_is_large_and_without_doubles() -> None:
    names = [*(name for _, name in ASSIGNED), *UNASSIGNED]
    assert len(names) >= 250
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert set(NAMES["assigned"]) == set(slot_words.SLOTS) - {"other"}


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("身份证正面.jpg", ("id_card_portrait", "id_card_emblem")),
        ("身份证复印件.pdf", ("id_card_portrait", "id_card_emblem")),
        ("反面.jpg", ("id_card_portrait", "id_card_emblem")),
        ("人像.jpg", ("photo", "id_card_portrait")),
        ("学位外语成绩单.jpg", ("transcript", "language_certificate", "degree_exam_sheet")),
        ("考籍成绩单.jpg", ("transcript", "registration_page")),
        ("论文/1.docx", ("thesis_document",)),
        ("其他材料/1.jpg", ("other",)),
        ("成绩单给谁谁.jpg", ("transcript",)),
        ("王五/赵六成绩单.jpg", ("transcript",)),
        ("四级准考证.jpg", ()),  # it is neither: nothing is offered
        ("论文成绩单.jpg", ()),
        ("电子照承诺书.pdf", ()),
        ("照片.docx", ()),
        ("微信图片_20240415093012.jpg", ()),
    ],
)
def test_unsure_names_offer_candidates(name: str, candidates: tuple[str, ...]) -> None:
    found = guess(name)
    assert found.slot is None
    assert found.candidates == candidates


def test_guess_says_which_words_decided() -> None:
    assert guess("张三-英语(二)统考成绩.png").words == ("英语二", "统考", "成绩")
    assert guess("电子照承诺书.pdf").words == ("承诺书",)


def test_paths_of_every_kind() -> None:
    expected = Guess("transcript", ("transcript",), ("成绩单",))
    assert guess(PurePosixPath("材料/成绩单.jpg")) == expected
    assert guess(PureWindowsPath("材料\\成绩单.jpg")) == expected
    assert guess("./材料//成绩单.jpg") == expected
    assert guess("") == guess("..") == guess("../成绩单.jpg") == guess(".degreecheck/成绩单.jpg") == Guess(None)


@pytest.mark.parametrize(
    ("name", "own_words", "slot"),
    [
        ("古丽娜尔成绩单.jpg", (), None),
        ("古丽娜尔成绩单.jpg", ("古丽娜尔",), "transcript"),
        ("张三成绩单.jpg", ("张三",), "transcript"),
        ("張三成绩单.jpg", ("张三",), "transcript"),
        ("李四成绩单.jpg", ("张三",), None),
        ("李四-毕业论文-浅谈中小企业的市场营销策略.docx", ("张三",), None),
        ("lisi_chengjidan.jpg", ("张三",), None),
        ("zhangsan_chengjidan.jpg", ("张三", "Zhangsan"), "transcript"),
        ("王安全成绩单.jpg", (), None),
        ("王安全成绩单.jpg", ("王安全",), "transcript"),
        ("张三-油气田智能开采-成绩单.jpg", (), None),
        ("张三-油气田智能开采-成绩单.jpg", ("张三", "油气田智能开采"), "transcript"),
        ("油气田智能开采照片.jpg", ("油气田智能开采",), None),
        ("收银审核四级证书.jpg", ("收银审核",), None),
        ("学位英语成绩单.jpg", ("英语",), None),
        ("英语二成绩.jpg", ("英语", "张", "050119110123"), "english_two_score"),
    ],
)
def test_own_words_are_read_over(name: str, own_words: tuple[str, ...], slot: str | None) -> None:
    assert guess(name, own_words).slot == slot


def test_pages_come_in_their_order() -> None:
    paths = [
        "成绩单10.jpg", "成绩单2.jpg", "成绩单.jpg", "成绩单1.jpg", "毕业证反面.jpg", "毕业证正面.jpg",
        "四级(1).jpg", "四级.jpg", "准考证第二页.jpg", "准考证第一页.jpg", "准考证第十页.jpg",
    ]  # fmt: skip
    assert guess_all(paths) == {
        "exam_permit": ["准考证第一页.jpg", "准考证第二页.jpg", "准考证第十页.jpg"],
        "transcript": ["成绩单.jpg", "成绩单1.jpg", "成绩单2.jpg", "成绩单10.jpg"],
        "graduation_certificate": ["毕业证正面.jpg", "毕业证反面.jpg"],
        "language_certificate": ["四级.jpg", "四级(1).jpg"],
    }
    in_order = ["exam_permit", "transcript", "graduation_certificate", "language_certificate"]
    assert list(guess_all(reversed(paths))) == in_order


@pytest.mark.parametrize(
    ("paths", "slots"),
    [
        (["照片.jpg", "照片原图.jpg"], {}),
        (["照片.jpg", "照片.png"], {}),
        (["照片.jpg", "照片/IMG_1.jpg"], {"photo": ["照片.jpg"]}),
        (["照片/电子照片.jpg", "照片/IMG_1.jpg"], {"photo": ["照片/电子照片.jpg"]}),
        (["照片.jpg", "照片最终版.jpg"], {"photo": ["照片最终版.jpg"]}),
        (["蓝底照片.jpg", "白底照片.jpg"], {"photo": ["蓝底照片.jpg"]}),
        (["照片/IMG_1.jpg", "照片/IMG_2.jpg"], {}),
        (["照片/IMG_1.jpg", "照片/毕业证.jpg"], {"graduation_certificate": ["照片/毕业证.jpg"]}),
        (["照片/IMG_1.jpg", "照片/户口本.jpg"], {}),
        (["照片/IMG_1.jpg", "照片/照片要求.docx"], {"photo": ["照片/IMG_1.jpg"]}),
        (["成绩单/1.jpg", "成绩单/2.jpg"], {"transcript": ["成绩单/1.jpg", "成绩单/2.jpg"]}),
        (["成绩单/1.jpg", "成绩单/毕业证.jpg"], {"graduation_certificate": ["成绩单/毕业证.jpg"]}),
        (["毕业证/反面.jpg", "毕业证/身份证国徽面.jpg"], {"id_card_emblem": ["毕业证/身份证国徽面.jpg"]}),
        (["成绩单/1.jpg", "毕业证.jpg"], {"transcript": ["成绩单/1.jpg"], "graduation_certificate": ["毕业证.jpg"]}),
        (["论文.docx", "论文.pdf"], {"thesis_document": ["论文.docx", "论文.pdf"]}),
        (["论文.docx", "论文终稿.docx"], {"thesis_document": ["论文终稿.docx"]}),
        (["论文1.docx", "论文2.docx"], {}),
        (["论文终稿.docx", "论文定稿.docx"], {}),
        (["张三成绩单.jpg", "李四成绩单.jpg"], {}),
        (["张三成绩单.jpg", "成绩单2.jpg"], {"transcript": ["张三成绩单.jpg", "成绩单2.jpg"]}),
        (["Thumbs.db", ".DS_Store", "~$成绩单.docx", ".git/成绩单.jpg"], {}),
    ],
)
def test_files_are_weighed_against_each_other(paths: list[str], slots: dict[str, list[str]]) -> None:
    assert guess_all(paths) == slots


def test_refused_claims_keep_their_candidates() -> None:
    each = guess_each(["照片.jpg", "照片原图.jpg", "desktop.ini"])
    assert each == {name: Guess(None, ("photo",), ("照片",)) for name in ("照片.jpg", "照片原图.jpg")}


@pytest.mark.parametrize(
    "name",
    [
        "证件", "证件信息", "证书", "论文", "论文材料", "身份证", "照片", "成绩单", "1-证件", "四级", "身份证正面.jpg",
        "张三成绩单.jpg", "成绩单.pdf", "考籍", "查重报告.pdf", "materials",
    ],
)  # fmt: skip
def test_names_that_belong_to_an_applicant(name: str) -> None:
    assert names_a_slot(name)


@pytest.mark.parametrize(
    "name",
    [
        "张三", "张三-工商管理", "050119110123张三", "张三-学位申请", "张三-论文", "2024年上半年", "自考1班", "会计学",
        "学位申请名单.xlsx", "照片要求.docx", "成绩单汇总.xlsx", "论文模板.docx", "微信图片_20240415.jpg", "材料",
        "学位证", "毕业", "其他", "正面", "Thumbs.db", ".degreecheck", "application.json", "truth.json", "照片.zip", "",
    ],
)  # fmt: skip
def test_names_that_do_not(name: str) -> None:
    assert not names_a_slot(name)


@pytest.mark.parametrize(
    "name",
    [
        "Thumbs.db", "THUMBS.DB", ".DS_Store", "desktop.ini", "~$论文.docx", ".degreecheck", "._照片.jpg", "__MACOSX",
        "truth.json", "application.json", ".hidden",
    ],
)  # fmt: skip
def test_ignored(name: str) -> None:
    assert is_ignored(name)
    assert guess(name) == Guess(None)


@pytest.mark.parametrize("name", ["照片.jpg", "report.json", "db", "~照片.jpg", "thumbs.jpg"])
def test_not_ignored(name: str) -> None:
    assert not is_ignored(name)


def test_natural_key_counts() -> None:
    paths = ["b/1.jpg", "a10.jpg", "a2.jpg", "A1.jpg", "a/9.jpg", "10.jpg", "9.jpg"]
    assert sorted(paths, key=natural_key) == ["9.jpg", "10.jpg", "a/9.jpg", "A1.jpg", "a2.jpg", "a10.jpg", "b/1.jpg"]
    assert natural_key("9" * 5000) > natural_key("1")


@pytest.mark.parametrize(("kind", "text"), WORDS)
def test_every_word_of_the_table_is_read_as_itself(kind: str, text: str) -> None:
    """A word written as no name is ever folded, or hidden behind another list's, would never be found."""
    for word in text.split():
        assert slot_reading.read(word, ()).items[0] == slot_reading.Item(kind, word)


def test_table_holds_no_word_twice_and_only_known_tags() -> None:
    counted = Counter(word for _, text in WORDS for word in text.split())
    assert [word for word, count in counted.items() if count > 1] == []
    sets = [tags for readings in slot_words.READINGS.values() for tags in readings] + list(slot_words.NEITHER)
    named = {tag for tags in sets for tag in tags.split()} | set(slot_words.CANDIDATES) | slot_words.PAPERS
    named |= slot_words.GATHERING | slot_words.PHOTOGRAPHED | slot_words.TITLED
    assert named <= set(slot_words.TAGS)
    assert len({frozenset(tags.split()) for tags in sets}) == len(sets)
    slots = set(slot_words.READINGS) | set(slot_words.CERTAIN) | set(slot_words.SINGLE) | set(slot_words.BARRED)
    assert slots <= set(slot_words.SLOTS)


PIECES = st.sampled_from(
    [word for _, text in WORDS for word in text.split()] + ["张三", "-", "_", " ", "/", "(1)", "。"]
)
TEXTS = st.one_of(
    st.text(), st.lists(PIECES, max_size=8).map("".join), st.text(st.sampled_from("论文照片证·张三1aA./\\()一"))
)


@given(TEXTS, st.lists(st.text(), max_size=3))
def test_any_text_is_legal(text: str, own_words: list[str]) -> None:
    found = guess(text, own_words)
    assert found.slot is None or found.candidates == (found.slot,)
    assert set(found.candidates) <= set(slot_words.SLOTS)
    assert names_a_slot(text) in (True, False)


@given(st.lists(TEXTS, max_size=6))
def test_any_files_are_legal_and_none_is_in_two_slots(paths: list[str]) -> None:
    found = guess_all(paths)
    placed = [path for files in found.values() for path in files]
    assert len(placed) == len(set(placed))
    for slot, files in found.items():
        assert {guess(path).slot for path in files} == {slot}


@given(
    st.sampled_from(ASSIGNED),
    st.sampled_from(
        [
            "",
            "(1)",
            " (2)",
            "（3）",
            " - 副本",
            " - 副本 (2)",
            "_2",
            "-01",
            " 2024-04-15",
            " copy",
            " (最终版)",
            "【新】",
        ]
    ),
    st.sampled_from(["", "01-", "3.", "② ", "2024_"]),
)
def test_numbering_and_copies_do_not_change_the_slot(assigned: tuple[str, str], after: str, before: str) -> None:
    slot, name = assigned
    folder, _, file = name.rpartition("/")
    stem, dot, extension = file.rpartition(".")
    if not (stem.lower().endswith("photo") and after[1:2].isdigit()):  # photo_2024 is a messenger's name
        assert guess(f"{folder}/{before}{stem}{after}{dot}{extension.upper()}").slot == slot


@given(st.sampled_from(ASSIGNED), st.sampled_from(VETOES), st.booleans())
def test_a_veto_always_holds(assigned: tuple[str, str], veto: str, in_folder: bool) -> None:
    _, name = assigned
    folder, _, file = name.rpartition("/")
    assert guess(f"{folder}/{veto}/{file}" if in_folder else f"{folder}/{veto}-{file}").slot is None


@given(
    st.sampled_from(ASSIGNED),
    st.text(st.characters(min_codepoint=0x5000, max_codepoint=0x5040), min_size=4, max_size=9),
)
def test_unknown_words_never_get_a_slot(assigned: tuple[str, str], unknown: str) -> None:
    _, name = assigned
    assert guess(f"{unknown}/{name}").slot is None
