"""Reads one file or folder name: folds it, cuts it into the words of `slot_words`, and says what no word explains.

Folding: NFKC, no invisible characters, simplified characters, lower case. Cutting: from the left, the longest word
first. What is left between the words must be a filler (的, 第1页) or a person's name; everything else is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from degreecheck import slot_words as words


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a folded name.

    `kind`: a tag of slot_words.TAGS; a kind of slot_words.FILLERS; major, veto (other known words); own, own_name
    (the caller's); gap, latin, digits, space, cut (between the words); or unknown.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Component:
    """One name, read: its items, the meanings and vetoes in it, persons named, and whether anything is left unknown."""

    items: tuple[Item, ...]
    tags: frozenset[str]
    vetoes: tuple[str, ...]
    persons: frozenset[str]
    unknown: bool


_HANZI = "\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
_GAP = re.compile(f"[{_HANZI}·]+")
_LATIN = re.compile(r"[a-z]+")
_LATIN_RUN = re.compile(r"[a-z]+(?:[ _-]?[a-z]+){0,4}")
_DIGITS = re.compile(r"[0-9]+")
_SPACE = re.compile(r"[\s_.]+")
_SURNAME = "|".join([*words.COMPOUND_SURNAMES.split(), f"[{words.SURNAMES}]"])
_PERSON = f"(?P<person>(?:{_SURNAME})[{_HANZI}]{{1,2}}?|[{_HANZI}]+(?:·[{_HANZI}]+)+)"
_FILLER = re.compile(f"[{words.PARTICLES}]*")
_FILLER_PERSON = re.compile(f"[{words.PARTICLES}]*{_PERSON}[的新]*")
_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|[aeiouv])"
)
_PINYIN_PERSON = re.compile(f"(?:{'|'.join(words.PINYIN_SURNAMES.split())})(?:{_SYLLABLE}){{1,2}}")
# Words of thesis titles; a title is long, and free text besides: nothing else of that length is let through.
_TITLE = re.compile(
    "研究|分析|设计|探讨|探究|探析|探索|浅谈|浅析|浅论|初探|试论|简论|刍议|基于|应用|对策|策略|优化|影响|实现|现状|构建|为例"
)
_TITLE_HANZI = 8
_AROUND_TITLE = words.TITLED | words.FILLERS.keys() | {"major", "own", "own_name", "gap", "digits", "space"}
_OWN_NAME, _OWN = "\x01", "\x02"  # stand for the caller's words in folded text, which has no control characters
_MARKS = {_OWN_NAME: "own_name", _OWN: "own"}
_SPACED = re.compile(f"(?<![{_HANZI}])([{_HANZI}])[ ]+(?=[{_HANZI}](?![{_HANZI}]))")
_EXTENSION = re.compile(r"(.+)\.([0-9]*[A-Za-z][A-Za-z0-9]{0,7})", re.DOTALL)
PICTURES = frozenset("jpg jpeg jpe jfif png bmp gif webp heic heif tif tiff avif".split())  # noqa: SIM905
DOCUMENTS = frozenset({"pdf", "doc", "docx"})

# Word patterns that are rewritten before reading; in this order.
_REWRITES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"英语[ _-]*\([ ]*(?:二|ii)[ ]*\)", "英语二"),  # the course 00015 is printed 英语(二); NFKC has made Ⅱ to II
        (r"英语[ _-]*ii(?![a-z])", "英语二"),
        (r"(?<![a-z])cet[ _-]*[4四](?!\d)级?", "英语四级"),
        (r"(?<![a-z])cet[ _-]*[6六](?!\d)级?", "英语六级"),
        (r"英语[ _-]*4[ _-]*级", "英语四级"),
        (r"英语[ _-]*6[ _-]*级", "英语六级"),
        (r"(?<![a-z])pets[ _-]*[1-5一二三四五]?(?!\d)级?", "pets "),
        (r"公共英语[ _-]*[1-5一二三四五]级", "公共英语"),
        (r"附件[ _-]*[0-9一二三四五六七八九十]+", "模板"),  # 附件3:任务书.docx is how schools number their blank forms
        (r"照片于|拍摄的照片", "拍摄"),  # written by a camera program, says nothing of the picture
        (r"(?<![a-z])(?:photo|image|picture)s?[ _-]*(?=\d{3,})", "image "),  # photo_2024-04-15.jpg: a messenger's
        (r"(英语等级(?:考试)?)[ _-]*[1-5一二三四五]级", r"\1"),
        (r"论文[ ]*\(设计\)", "论文"),
        (r"\d{2,4}[级届]|\d{1,4}班|第[一二三四五六七八九十\d]+张", " "),
        (rf"(?<=\d)张(?![{_HANZI}])", " "),  # 2张: pages; but 张三 is a name
        (r"(?<![a-z0-9])\d+ ?(?:kb|k|mb|px|dpi|cm|mm)(?![a-z])", " "),
        (r"(?<![a-z0-9])(?=[a-f]*\d)[0-9a-f]{8,}(?:-[0-9a-f]{4,12})*(?![a-z0-9])", " "),  # hashes, UUIDs
    )
)

# The traditional characters that occur in the words above and in common surnames.
_TRADITIONAL = (
    "證單績業畢論檔報開題務書語級學準國電圖檢測複終掃號碼張陳劉黃吳趙楊孫馬鄭羅許韓馮鄧蕭葉呂蘇盧鐘譚範陸"
    "賈鄒龍陶顧賀龔萬錢嚴湯賴鄺莊蘭類傳統課雙兩頁貼設計紙寫編說明聲諾託參獻樣記錄專術導師駕護戶醫縮壓裝製"
    "處廢舊補現場擬結審閱評選體會機積點裏後個無為與標滿資訊料蓋簽彩優質發佈應屆歷蒼連頭"
)
_SIMPLIFIED = (
    "证单绩业毕论档报开题务书语级学准国电图检测复终扫号码张陈刘黄吴赵杨孙马郑罗许韩冯邓萧叶吕苏卢钟谭范陆"
    "贾邹龙陶顾贺龚万钱严汤赖邝庄兰类传统课双两页贴设计纸写编说明声诺托参献样记录专术导师驾护户医缩压装制"
    "处废旧补现场拟结审阅评选体会机积点里后个无为与标满资讯料盖签彩优质发布应届历苍连头"
)
_SIMPLIFY = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def _lexicon() -> dict[str, str]:
    """Word → kind. A word with a meaning of its own wins over the same word in a list of mere words."""
    listed = [
        *words.FILLERS.items(),
        ("major", words.MAJORS),
        ("veto", words.NOT_NAMES),
        *(("veto", text) for text in words.VETO.values()),
        *words.TAGS.items(),
    ]
    return {word: kind for kind, text in listed for word in text.split()}


_LEXICON = _lexicon()
_ENGLISH_NOT_NAMES = frozenset(words.ENGLISH_NOT_NAMES.split())


def _by_first_character() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for word in sorted(_LEXICON, key=len, reverse=True):
        if not _LATIN.fullmatch(word):
            index.setdefault(word[0], []).append(word)
    return {first: tuple(found) for first, found in index.items()}


_BY_FIRST = _by_first_character()


def _fold(text: str) -> str:
    """The form in which words are looked up: NFKC, nothing invisible, simplified, lower case, 英语(二) as 英语二."""
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Cc", "Cs"))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).casefold().translate(_SIMPLIFY)
    text = re.sub("[•‧・]", "·", text)
    text = _SPACED.sub(r"\1", text)
    for pattern, by in _REWRITES:
        text = pattern.sub(by, text)
    return text


def split_type(name: str) -> tuple[str, str]:
    """Stem and lower-case extension ("" when there is none); 成绩单.pdf.jpg is a jpg, 2024.04 has no extension."""
    stem, extension = unicodedata.normalize("NFKC", name).strip(" ."), ""
    while (match := _EXTENSION.fullmatch(stem)) and (not extension or match[2].lower() in PICTURES | DOCUMENTS):
        stem, extension = match[1], extension or match[2].lower()
    return stem, extension


def _boundary(text: str, start: int, end: int) -> bool:
    """Whether a word that begins or ends with a Latin letter or a digit stands by itself: 12寸 holds no 2寸."""
    before = start > 0 and text[start - 1].isascii() and text[start - 1].isalnum()
    after = end < len(text) and text[end].isascii() and text[end].isalnum()
    return not (before and text[start].isascii()) and not (after and text[end - 1].isascii())


def _latin(text: str, start: int) -> tuple[str, int]:
    """Kind and end of the longest known run of Latin words at `start` ("exam_permit", "bi ye zheng"), else of one."""
    run = _LATIN_RUN.match(text, start)
    assert run is not None  # the caller stands on a letter
    spans = [match.span() for match in _LATIN.finditer(text, start, run.end())]
    for count in range(len(spans), 0, -1):
        joined = "".join(text[a:b] for a, b in spans[:count])
        if joined in _LEXICON:
            return _LEXICON[joined], spans[count - 1][1]
    a, b = spans[0]
    return ("latin" if b - a > 1 else "noise"), b  # one letter alone says nothing


def _items(text: str) -> list[Item]:
    """Cuts folded text into known words and what stands between them."""
    items: list[Item] = []
    at = 0
    while at < len(text):
        character = text[at]
        word = next(
            (w for w in _BY_FIRST.get(character, ()) if text.startswith(w, at) and _boundary(text, at, at + len(w))),
            None,
        )
        if word is not None:
            kind, end = _LEXICON[word], at + len(word)
        elif "a" <= character <= "z":
            kind, end = _latin(text, at)
        elif match := _DIGITS.match(text, at):
            kind, end = "digits", match.end()
        elif match := _SPACE.match(text, at):
            kind, end = "space", match.end()
        elif _GAP.match(character):
            kind, end = "gap", at + 1
            if items and items[-1].kind == "gap":
                character = items.pop().text + character
        else:
            kind, end = _MARKS.get(character, "cut"), at + 1
        items.append(Item(kind, character if kind == "gap" else text[at:end]))
        at = end
    return items


@lru_cache(maxsize=1024)
def _own(own_words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The caller's words, folded, longest first, each with the mark that replaces it.

    One that is part of a word of ours (the major 英语 of 英语二) is left to us.
    """
    folded = {_fold(word).strip() for word in own_words}
    useful = [w for w in folded if len(w) >= 2 and not w.isdigit() and not any(w in known for known in _LEXICON)]
    marks = [(w, _OWN_NAME if _is_person(w) else _OWN) for w in useful]
    return tuple(sorted(marks, key=lambda mark: (-len(mark[0]), mark[0])))


def _is_person(text: str) -> bool:
    return bool(re.fullmatch(_PERSON, text)) or _is_pinyin_person(text)


def _is_pinyin_person(text: str) -> bool:
    text = re.sub("[ _-]", "", text)
    return text not in _ENGLISH_NOT_NAMES and bool(_PINYIN_PERSON.fullmatch(text))


def read(name: str, own_words: tuple[str, ...]) -> Component:
    """Reads a file's name without its extension, or a folder's name. `own_words`: see `slot_names.guess`."""
    own = _own(own_words)
    text = _fold(name)
    for word, mark in own:
        text = text.replace(word, mark)
    # Once the applicant's name is known, another name is somebody else's.
    names_pass = all(mark != _OWN_NAME for _, mark in own)
    items, persons = _explained(_items(text), names_pass)
    tags = frozenset(item.kind for item in items if item.kind in words.TAGS)
    vetoes = tuple(item.text for item in items if item.kind == "veto")
    return Component(items, tags, vetoes, persons, any(item.kind == "unknown" for item in items))


def _explained(items: list[Item], names_pass: bool) -> tuple[tuple[Item, ...], frozenset[str]]:
    """The items with everything inexplicable marked unknown, and the persons' names among them."""
    persons: set[str] = set()
    latin = "".join(item.text for item in items if item.kind == "latin")
    if names_pass and _is_pinyin_person(latin):
        persons.add(latin)
        latin = ""
    before = ""  # the last kind that is more than a gap or punctuation
    for index, item in enumerate(items):
        known = True
        if item.kind == "gap":
            match = _FILLER_PERSON.fullmatch(item.text) if names_pass else None
            persons |= {match["person"]} if match else set()
            known = match is not None or bool(_FILLER.fullmatch(item.text))
        elif item.kind == "latin":
            known = not latin
        elif item.text.startswith("四级"):
            known = before not in ("major", "own")  # 人力资源管理四级 is a trade's grade, not CET-4
        elif item.kind == "picture":
            known = index == 0 or items[index - 1].kind not in words.SHOWN
        if not known:
            items[index] = Item("unknown", item.text)
        if item.kind not in ("space", "digits", "cut", "gap"):
            before = item.kind
    return tuple(items), frozenset(persons)


def joined(component: Component) -> tuple[tuple[str, str], ...]:
    """The pairs of meanings that stand side by side with an "and" between them."""
    tags = [index for index, item in enumerate(component.items) if item.kind in words.TAGS]
    between = [(a, b, {item.text for item in component.items[a + 1 : b]}) for a, b in pairwise(tags)]
    return tuple((component.items[a].kind, component.items[b].kind) for a, b, texts in between if texts & words.JOINING)


def is_titled(component: Component) -> bool:
    """Whether all that is unknown in the name stands in pieces that look like a thesis title."""
    return all(_is_title(piece) for piece in _pieces(component) if _has_unknown(piece))


def kinds_beside(component: Component) -> frozenset[str]:
    """The kinds of all items outside the pieces that hold something unknown."""
    return frozenset(item.kind for piece in _pieces(component) if not _has_unknown(piece) for item in piece)


def _pieces(component: Component) -> list[list[Item]]:
    pieces: list[list[Item]] = [[]]
    for item in component.items:
        if item.kind == "cut" or item.text == "_":
            pieces.append([])
        else:
            pieces[-1].append(item)
    return pieces


def _has_unknown(piece: list[Item]) -> bool:
    return any(item.kind == "unknown" for item in piece)


def _is_title(piece: list[Item]) -> bool:
    while piece[0].kind in _AROUND_TITLE:
        piece = piece[1:]
    while piece[-1].kind in _AROUND_TITLE:
        piece = piece[:-1]
    text = "".join(item.text for item in piece)
    within = any(item.kind in words.TAGS for item in piece)
    return not within and len(re.findall(f"[{_HANZI}]", text)) >= _TITLE_HANZI and bool(_TITLE.search(text))
