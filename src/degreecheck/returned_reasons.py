"""What a 驳回 reason speaks of: which fields and slots, and what to do, by a table of phrases. Nothing is guessed.

The table stands in resources/returned_reasons.toml: things that are spoken of (topics), what is wrong with them, and
what both mean together. What fits no line of it comes back as not understood, so that the person reads it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from degreecheck import paths

GREATEST_TEXT = 2_000  # characters that are read; portals give a few lines
_FARTHEST = 24  # folded characters between a thing and what is wrong with it
_NEAR = 3  # as far behind as "模糊的照片"; what is said before its thing (缺少…) may stand a little farther off
_NEAR_OBJECT = 8
_LONGEST_FILLER = 60

_DROPPED = frozenset("“”\"'‘’《》〈〉「」『』【】[]()<>*#·•　_`~")
_SENTENCE = re.compile(r"[。;!?\n]+|(?<![\d.-])\d{1,2}[、.:](?!\d)|(?<=\n)\d{1,2}(?=[^\d年月日位寸页m])")
_CLAUSE = re.compile(r"[,]+")
_JOINED = re.compile(r"[、/]|以?及|和|与|跟|同|或者?|、?还有|[,]?和|、以及")
_CONDITIONAL = re.compile(r"(?:请注意)?[,:]?(?:如果|如有|若|假如|倘若|一旦|凡是?|如(?![下图期实何上]))")
# What stands right before a fault turns it into its opposite: 没有模糊, 未发现错误, 是否清晰.
_NOT = re.compile(
    r"(?:没有?|未|无|并非|不是|并不|不会|不存在|未发现|未见|毫无|是否|有无|能否|避免|防止|以免|勿|无需|不需要?|不用|不必|无须|不)"
    r"(?:任何|明显|出现|发现|存在|什么|有|上传|使用|填写?|太|再|过于)?$"
)
_WARNING = re.compile(r"避免|防止|以免|切勿|请勿")
# What follows a fault and takes it back: 模糊的问题已解决.
_TAKEN_BACK = re.compile(r"的?(?:问题|情况|现象|错误)?(?:不存在|没有了|均?已(?:经)?(?:改|解决|修改|更正|补|处理|更换))")


class Span(NamedTuple):
    """A piece of the text, from `start` up to but without `end`, in characters."""

    start: int
    end: int


@dataclass(frozen=True)
class Spoken:
    """One thing that the reason speaks of. `phrase` is its id, `[returned.<phrase>]` has its title and advice.

    `fields` are paths of the form (or the path that theirs begin with), `slots` upload slots; both may be empty where
    the reason does not say which.
    """

    phrase: str
    span: Span
    fields: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The key of its title in the texts."""
        return f"returned.{self.phrase}.title"

    @property
    def advice(self) -> str:
        """The key of its advice in the texts."""
        return f"returned.{self.phrase}.advice"


@dataclass(frozen=True)
class ReturnedReason:
    """A reason as read: what it speaks of, in the text's order, and what was not understood."""

    spoken: tuple[Spoken, ...] = ()
    not_understood: tuple[Span, ...] = ()


def read(text: str) -> ReturnedReason:
    """What the reason speaks of. Never raises; spans lie within ``text``, of which 2,000 characters are read."""
    folded, places = _fold(text[:GREATEST_TEXT])
    spoken: list[Spoken] = []
    unclear: list[Span] = []
    start = 0
    for match in [*_SENTENCE.finditer(folded), None]:
        end = match.start() if match else len(folded)
        hits, covered = _sentence(folded[start:end])
        for hit in hits:
            span = Span(places[start + hit.span.start], places[start + hit.span.end - 1] + 1)
            found = Spoken(hit.phrase, span, hit.fields, hit.slots)
            if not any(_same(found, other) for other in spoken):
                spoken.append(found)
        unclear += [
            Span(places[start + piece.start], places[start + piece.end - 1] + 1)
            for piece in _left_over(folded[start:end], covered)
        ]
        start = match.end() if match else end
    spoken.sort(key=lambda one: one.span)
    if len(text) > GREATEST_TEXT:
        unclear.append(Span(GREATEST_TEXT, len(text)))
    return ReturnedReason(tuple(spoken), tuple(unclear))


def _same(one: Spoken, other: Spoken) -> bool:
    return (one.phrase, one.fields, one.slots) == (other.phrase, other.fields, other.slots)


def _fold(text: str) -> tuple[str, list[int]]:
    """The text as the table is written, and for each of its characters the place in the original."""
    simplify = _table().simplify
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in "\n" if character in "\n\r①②③④⑤⑥⑦⑧⑨⑩●■◆★" else unicodedata.normalize("NFKC", character).casefold():
            if one == "\n" or not (one.isspace() or one in _DROPPED or unicodedata.category(one) in ("Cf", "Cc", "Mn")):
                folded.append(simplify.get(one, one))
                places.append(place)
    return "".join(folded), places


# ------------------------------------------------------------------------------------------------------ one sentence


class _Found(NamedTuple):
    """A word of the table in a sentence."""

    start: int
    end: int
    id: str


def _sentence(text: str) -> tuple[list[Spoken], list[Span]]:
    """What a sentence speaks of, and every piece of it that was understood."""
    limit = next((start for start, end in _clauses(text) if _CONDITIONAL.match(text, start, end)), len(text))
    text = text[:limit]
    table = _table()
    hits: list[Spoken] = []
    blanked = list(text)
    for found in _matches(text, table.whole):
        entry = table.whole[found.id]
        hits.append(Spoken(entry.id, Span(found.start, found.end), entry.fields, entry.slots))
        blanked[found.start : found.end] = "," * (found.end - found.start)
    text = "".join(blanked)
    topics = _specific(_matches(text, table.topics))
    clauses = _clauses(text)
    said: list[tuple[Spoken, bool, bool]] = []
    for wrong in _matches(text, table.wrongs):
        clause = next(piece for piece in clauses if piece.start <= wrong.start <= piece.end)
        if not _denied(text, wrong, clause):
            weak = table.wrongs[wrong.id].weak
            said += [(one, weak, weak and one.span.start < clause.start)
                     for one in _said(text, topics, wrong, clause)]  # fmt: skip
    strong = [*hits, *(spoken for spoken, weak, _ in said if not weak)]
    told = {thing for spoken in strong for thing in (*spoken.fields, *spoken.slots)}
    covered = [spoken.span for spoken in (*hits, *(spoken for spoken, _, _ in said))]
    # 请更正 after what is wrong says nothing more about the same thing.
    hits += [spoken for spoken, weak, carried in said
             if not (told and weak and (carried or told.issuperset((*spoken.fields, *spoken.slots))))]  # fmt: skip
    return hits, covered


def _denied(text: str, wrong: _Found, clause: Span) -> bool:
    """Whether the clause says that the fault is not there, asks whether it is, or warns of it."""
    before = text[clause.start : wrong.start]
    return bool(_NOT.search(before) or _WARNING.search(before) or _TAKEN_BACK.match(text, wrong.end))


def _specific(topics: Sequence[_Found]) -> list[_Found]:
    """The things without those that only say that another is a file: 查重报告文件."""
    ends = {one.end for one in topics}
    kinds = _table().topics
    return [one for one in topics if kinds[one.id].kind != "general" or one.start not in ends]


def _matches(text: str, words: Mapping[str, _Words]) -> list[_Found]:
    """Where words of the table stand; of those that overlap the longest, of equally long ones the table's first."""
    found = [
        _Found(*match.span(), name)
        for name, entry in words.items()
        for pattern in entry.patterns
        for match in pattern.finditer(text)
        if match[0]
    ]
    kept: list[_Found] = []
    for one in sorted(found, key=lambda word: word.start - word.end):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept)


def _clauses(text: str) -> list[Span]:
    found: list[Span] = []
    start = 0
    for match in _CLAUSE.finditer(text):
        found.append(Span(start, match.start()))
        start = match.end()
    return [*found, Span(start, len(text))]


def _said(text: str, topics: Sequence[_Found], wrong: _Found, clause: Span) -> Iterator[Spoken]:
    table = _table()
    entry = table.wrongs[wrong.id]
    group = _things(text, topics, wrong, clause, entry.before, entry.joint)
    if not group:
        phrase = table.phrase("", "", wrong.id)
        if phrase is not None:
            yield Spoken(phrase.id, Span(wrong.start, wrong.end), phrase.fields, phrase.slots)
        return
    named = [(topic, table.phrase(topic.id, table.topics[topic.id].kind, wrong.id)) for topic in group]
    known = [(topic, phrase) for topic, phrase in named if phrase is not None]
    if entry.joint and known:
        phrase = known[0][1]
        things = [table.topics[topic.id] for topic in group]
        yield _spoken(phrase, things, [*group, wrong])
        return
    by_phrase: dict[str, list[_Found]] = {}
    for topic, phrase in known:
        by_phrase.setdefault(phrase.id, []).append(topic)
    for _, phrase in known:
        mine = by_phrase.pop(phrase.id, [])
        if mine:
            yield _spoken(phrase, [table.topics[one.id] for one in mine], [*mine, wrong])


def _spoken(phrase: _Phrase, things: Sequence[_Words], found: Sequence[_Found]) -> Spoken:
    fields = phrase.fields or tuple(dict.fromkeys(field for thing in things for field in thing.fields))
    slots = phrase.slots or tuple(dict.fromkeys(slot for thing in things for slot in thing.slots))
    return Spoken(phrase.id, Span(min(one.start for one in found), max(one.end for one in found)), fields, slots)


def _things(
    text: str, topics: Sequence[_Found], wrong: _Found, clause: Span, before: bool, joint: bool
) -> list[_Found]:
    """What a fault is said of: a thing behind it (缺少任务书), else the nearest before, with those joined to it.

    A clause's own things come before those of an earlier clause.
    """
    inside = [one for one in topics if one.start <= wrong.start < one.end]
    behind = [one for one in topics if wrong.end <= one.start <= min(clause.end, wrong.end + _NEAR_OBJECT)]
    ahead = [one for one in topics if one.end <= wrong.start <= one.end + _FARTHEST]
    if joint:
        both = [one for one in topics if clause.start <= one.start < wrong.end]
        return both or ahead[-1:]
    if before and behind:
        return _joined(text, topics, behind[0], 1)
    if inside:
        return _joined(text, topics, inside[-1], -1)
    if ahead and ahead[-1].start >= clause.start:
        return _joined(text, topics, ahead[-1], -1)
    near = [one for one in behind if one.start <= wrong.end + _NEAR]
    if near:
        return _joined(text, topics, near[0], 1)
    return _joined(text, topics, ahead[-1], -1) if ahead else []


def _joined(text: str, topics: Sequence[_Found], first: _Found, step: int) -> list[_Found]:
    """The things around one that "and" joins to it, in the text's order."""
    group = [first]
    at = topics.index(first) + step
    while 0 <= at < len(topics):
        left, right = sorted((topics[at], topics[at - step]))
        between = text[left.end : right.start]
        if not _JOINED.fullmatch(between):
            break
        group.append(topics[at])
        at += step
    return sorted(group)


def _left_over(text: str, covered: Sequence[Span]) -> Iterator[Span]:
    """The clauses of a sentence that nothing was understood of, neighbours together."""
    pending: Span | None = None
    for clause in _clauses(text):
        touched = any(span.start < clause.end and clause.start < span.end for span in covered)
        empty = not any(character.isalnum() for character in text[clause.start : clause.end])
        piece = text[clause.start : clause.end].strip(":、.-—")
        filler = len(piece) <= _LONGEST_FILLER and any(pattern.fullmatch(piece) for pattern in _table().filler)
        if touched or empty or filler:
            if pending is not None and (touched or filler):
                yield pending
                pending = None
        else:
            pending = Span(clause.start if pending is None else pending.start, clause.end)
    if pending is not None:
        yield pending


# ---------------------------------------------------------------------------------------------------------- the table


class _Words(NamedTuple):
    id: str
    patterns: tuple[re.Pattern[str], ...]
    kind: str = ""
    fields: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    before: bool = False
    joint: bool = False
    weak: bool = False


class _Phrase(NamedTuple):
    id: str
    topics: frozenset[str]
    wrong: frozenset[str]
    fields: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Table:
    simplify: Mapping[str, str]
    filler: tuple[re.Pattern[str], ...]
    topics: Mapping[str, _Words]
    wrongs: Mapping[str, _Words]
    whole: Mapping[str, _Words]
    phrases: tuple[_Phrase, ...]

    def phrase(self, topic: str, kind: str, wrong: str) -> _Phrase | None:
        """The first line for a thing (or its kind) and what is wrong with it."""
        names = {topic, f"@{kind}"}
        return next((one for one in self.phrases if wrong in one.wrong and not names.isdisjoint(one.topics)), None)


@cache
def _table() -> _Table:
    raw = tomllib.loads((paths.resources() / "returned_reasons.toml").read_text(encoding="utf-8"))
    return _Table(
        {pair[0]: pair[1] for pair in raw["fold"]["simplify"].split()},
        _patterns(raw["filler"]["says"]),
        {name: _words(name, entry, entry["words"]) for name, entry in raw["topic"].items()},
        {name: _words(name, entry, entry["words"]) for name, entry in raw["wrong"].items()},
        {entry["id"]: _words(entry["id"], entry, entry["says"]) for entry in raw["whole"]},
        tuple(
            _Phrase(entry["id"], frozenset(entry["topics"]), frozenset(entry["wrong"]),
                    tuple(entry.get("fields", ())), tuple(entry.get("slots", ())))
            for entry in raw["phrase"]
        ),
    )  # fmt: skip


def _words(name: str, entry: Mapping[str, Any], words: Sequence[str]) -> _Words:
    return _Words(
        name, _patterns(words), entry.get("kind", ""), tuple(entry.get("fields", ())), tuple(entry.get("slots", ())),
        bool(entry.get("before")), bool(entry.get("joint")), bool(entry.get("weak")),
    )  # fmt: skip


def _patterns(words: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    # ~: something between, within the clause and without a "not", which would turn the meaning round.
    return tuple(re.compile(word.replace("~", r"(?:(?![不未没无])[^。,\n]){0,10}?")) for word in words)


def phrase_ids() -> tuple[str, ...]:
    """Every phrase that can be spoken of; the texts have a title and advice for each."""
    table = _table()
    return tuple(dict.fromkeys([*table.whole, *(entry.id for entry in table.phrases)]))
