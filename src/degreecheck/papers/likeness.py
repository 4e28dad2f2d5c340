"""Whether what was read on a paper is what the form says.

Readers take one character for another, so there are three answers: the same, another, and "not to be told", which is
never held against anybody.

Found by trial on drawn papers: names that were read right had a confidence of 0.80 to 1.0, wrong ones 0.80 to 0.955.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from degreecheck.idnumbers import resident_id
from degreecheck.idnumbers.fold import fold
from degreecheck.names import has_han
from degreecheck.papers.old_forms import FORMS
from degreecheck.papers.paper import Paper
from degreecheck.papers.rows import Seen

Likeness = Literal["same", "another", "unsure"]

SURE_OF_NAME = 0.96
SURE_OF_NUMBER = 0.97  # numbers without a check digit
SURE_OF_ALIKE = 0.995  # where the numbers differ in digits only that look alike
SURE_OF_CHECKED = 0.85  # numbers whose check digit is right
_LONGEST_NAME = 12

# One character for each group that readers, printers and people take for one another.
_LOOK_ALIKES = (
    "己已巳", "日曰", "未末", "土士", "人入八", "干千于", "王玉", "大太犬", "天夭", "免兔", "候侯", "刁习", "今令",
    "毫亳", "崇祟", "戊戌戍", "晴睛", "栗粟", "析折", "治冶", "竞竟", "官宫", "杨扬", "阳阴", "泊洎", "洋祥", "梁粱",
    "拔拨", "暖瑗", "莹萤", "瑶遥", "佳住", "冰水", "科料", "晓哓", "旭旮", "琳淋", "玲铃", "婷停", "浩皓", "渊洲",
    "茹菇", "妹姝", "宇字", "彤肜", "昊吴", "钓钧均", "贝见", "鸟乌", "力刀", "口囗", "丸九", "白臼", "目自",
    "田由甲申", "车东", "全金",
)  # fmt: skip
_LIKE = str.maketrans({other: group[0] for group in _LOOK_ALIKES for other in group[1:]})
_DIGIT_LETTERS = {"0": "OoDQ〇○", "1": "lIiL!", "2": "Zz", "5": "Ss", "6": "Gb", "8": "B", "9": "gq"}
_DIGIT_ALIKES = str.maketrans({letter: digit for digit, letters in _DIGIT_LETTERS.items() for letter in letters})
_CLASSES = str.maketrans("8769", "0153")  # 0/8, 1/7, 5/6, 3/9
_NO_LETTER = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"[0-9]{4,}[Xx]?")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Letters and digits alone, old forms of characters as the new ones."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).translate(FORMS).casefold()


def name_likeness(stated: str, seen: Seen | None, paper: Paper) -> Likeness:
    """Whether the paper bears the name that the form states. ``seen``: what stands beside its label."""
    name = folded(stated)
    if not name:
        return "unsure"
    pattern = "".join("." if _is_rare(letter) else re.escape(letter) for letter in name)
    if set(pattern) == {"."}:
        return "unsure"  # characters that no reader knows
    text = folded(paper.text)
    if re.search(pattern, text):
        return "same"
    if seen is None:
        return "unsure"
    found = folded(seen.text)
    plain = 2 <= len(found) <= _LONGEST_NAME and found.isalpha() and has_han(found) and has_han(name)
    if not plain or seen.confidence < SURE_OF_NAME or any(map(_is_rare, found)):
        return "unsure"
    if re.search(pattern.translate(_LIKE), text.translate(_LIKE)):
        return "unsure"
    if len(found) != len(name) and (found in name or name in found):
        return "unsure"  # a character lost, or one too many
    return "another"


def number_likeness(stated: str, seen: Seen | None, paper: Paper, lengths: tuple[int, ...]) -> Likeness:
    """Whether the number beside a label is the one that the form states. ``lengths``: of a whole number."""
    number = fold(stated).text.upper()
    if not number:
        return "unsure"
    if seen is None:
        return "same" if number in digit_runs(paper) else "unsure"
    if not number[:-1].isdecimal():
        return "same" if folded(stated) in folded(paper.text) else "unsure"  # letters and digits: too easily misread
    found = number_in(seen)
    if found == number or folded(seen.text) == folded(stated):
        return "same"
    if len(found) not in lengths or not found[:-1].isdecimal() or found in digit_runs_of(number):
        return "unsure"
    if resident_id.is_valid(found):
        return "another" if seen.confidence >= SURE_OF_CHECKED else "unsure"
    if len(found) == resident_id.LENGTH and 18 in lengths:
        return "unsure"  # a check digit that is wrong: misread
    if seen.confidence < SURE_OF_NUMBER or _stands_free(number, paper):
        return "unsure"
    alike = len(found) == len(number) and found.translate(_CLASSES) == number.translate(_CLASSES)
    return "unsure" if alike and seen.confidence < SURE_OF_ALIKE else "another"


def _stands_free(number: str, paper: Paper) -> bool:
    """Whether the number stands on the paper, and not as the value of some other label."""
    values = {number_in(seen) for each in paper.values.values() for seen in each}
    return number not in values and number in digit_runs(paper)


def number_in(seen: Seen) -> str:
    """The number as it should be written, letters that stand for digits read as those."""
    text = fold(seen.text).text.upper().replace("*", "")
    kept = text[:-1].translate(_DIGIT_ALIKES) + text[-1:] if text else ""
    last = kept[-1:]
    return kept if last == "X" else kept[:-1] + last.translate(_DIGIT_ALIKES)


@lru_cache(maxsize=128)
def digit_runs(paper: Paper) -> frozenset[str]:
    """Every run of four or more digits in the paper's lines."""
    return frozenset(
        run.upper() for row in paper.rows for line in row.lines for run in digit_runs_of(fold(line.text).text)
    )


def digit_runs_of(text: str) -> frozenset[str]:
    """Every run of four or more digits."""
    return frozenset(_DIGITS.findall(text))


def differing(one: str, other: str) -> tuple[int, ...]:
    """At which places (from 1) two numbers of one length differ; empty where their lengths do."""
    if len(one) != len(other):
        return ()
    return tuple(place for place, pair in enumerate(zip(one, other, strict=True), 1) if pair[0] != pair[1])


def _is_rare(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
