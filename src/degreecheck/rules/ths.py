"""THS: the thesis and its advisor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from degreecheck.idnumbers import contact, phone, qq
from degreecheck.idnumbers.errors import InvalidNumber
from degreecheck.rules._rule import Case, Hit, hit, rule

_CONTACTS = "thesis.advisor_contacts"
_FEWEST, _MOST = 3, 8  # keywords: what theses are asked for (F)

# People paste all keywords into one entry. A blank parts two of them only between Chinese characters: "supply chain".
_HAN = "[\u3400-\u9fff]"
_BETWEEN_KEYWORDS = re.compile(rf"[;；,，、|\t\r\n\u3000]+|(?<={_HAN})\s+(?={_HAN})")
_LEADING_LABEL = re.compile(r"^\s*(?:关键词|关键字|[Kk]ey\s?words?)\s*[:：]")

_BOOK_MARKS = re.compile(r"《([^《》]+)》|〈([^〈〉]+)〉")
_LINE_BREAK = re.compile(r"[^\S\n\v\f\r\x85\u2028\u2029]*[\n\v\f\r\x85\u2028\u2029]\s*")
_FULL_STOPS = "。．."


def _is_blank(text: str) -> bool:
    """Whether nothing visible stands in the text (isprintable is false for control, zero-width and wide blanks)."""
    return not any(character.isprintable() and character != " " for character in text)


@rule("THS101", "error", field="thesis.title")
def title_missing(case: Case) -> Iterator[Hit]:
    """The thesis title is blank. Source: M13."""
    if _is_blank(case.form.thesis.title):
        yield hit()


@rule("THS102", "error", field="thesis.research_direction")
def direction_missing(case: Case) -> Iterator[Hit]:
    """The research direction is blank. Source: M13."""
    if _is_blank(case.form.thesis.research_direction):
        yield hit()


@rule("THS103", "error", field="thesis.keywords")
def keywords_missing(case: Case) -> Iterator[Hit]:
    """There is no keyword. Source: M13."""
    if not split_keywords(case.form.thesis.keywords):
        yield hit()


@rule("THS104", "error", field="thesis.advisor")
def advisor_missing(case: Case) -> Iterator[Hit]:
    """The advisor is blank. Source: M13."""
    if _is_blank(case.form.thesis.advisor):
        yield hit()


def split_keywords(entries: Iterable[str]) -> list[str]:
    """The keywords one by one, also where several were typed or pasted into one entry, with a label before them."""
    pieces = (piece for entry in entries for piece in _BETWEEN_KEYWORDS.split(_LEADING_LABEL.sub("", entry)))
    return [piece.strip() for piece in pieces if not _is_blank(piece)]


@rule("THS201", "warning", field="thesis.keywords", after=("THS103",))
def keywords_count(case: Case) -> Iterator[Hit]:
    """Fewer than three keywords or more than eight: theses are asked for three to eight. Source: F."""
    count = len(split_keywords(case.form.thesis.keywords))
    if not _FEWEST <= count <= _MOST:
        yield hit("few" if count < _FEWEST else "many", count=count, fewest=_FEWEST, most=_MOST)


@rule("THS202", "note", field="thesis.title", after=("THS101",))
def title_wrapped(case: Case) -> Iterator[Hit]:
    """The title stands in book-title marks, ends in a full stop or has line breaks, as pasted from the cover.

    Marks around a work inside the title (论《红楼梦》…) are right. Source: M13.
    """
    title = case.form.thesis.title.strip()
    found = []
    plain = _LINE_BREAK.sub(_joint, title)
    if plain != title:
        found.append("line_breaks")
    if plain.rstrip(_FULL_STOPS) and plain[-1] in _FULL_STOPS:
        found.append("full_stop")
        plain = plain.rstrip(_FULL_STOPS).rstrip()
    wrapped = _BOOK_MARKS.fullmatch(plain)
    if wrapped:
        found.append("book_marks")
        plain = (wrapped[1] or wrapped[2]).strip().rstrip(_FULL_STOPS)
    if found:
        yield hit(found=found, proposal=plain)


def _joint(line_break: re.Match[str]) -> str:
    """Latin words need a blank where the line broke, Chinese ones none."""
    before, after = line_break.string[: line_break.start()][-1:], line_break.string[line_break.end() :][:1]
    return " " if before.isascii() and after.isascii() else ""


@rule("THS301", "error", field=_CONTACTS)
def advisor_contact_missing(case: Case) -> Iterator[Hit]:
    """There is no way to reach the advisor; any one of mobile, landline, e-mail, QQ, WeChat is enough. Source: M13."""
    contacts = case.form.thesis.advisor_contacts
    if all(_is_blank(getattr(contacts, kind)) for kind in _IS_OF_KIND):
        yield hit()


def _is_mobile(text: str) -> bool:
    """Of several numbers in the field the first is taken; an advisor abroad has another country's."""
    try:
        return phone.validate(text).kind in ("mobile", "international")
    except InvalidNumber:
        return False


_IS_OF_KIND: dict[str, Callable[[str], bool]] = {
    "mobile": _is_mobile,
    "landline": phone.is_landline,
    "email": contact.is_email,
    "qq": qq.is_valid,
    "wechat": contact.is_wechat,
}


def _other_kind(kind: str, text: str) -> str:
    """What a contact in the wrong field is, "" for none. Digits alone are QQ numbers too easily to count as one."""
    likely = ("mobile", "landline", "email")
    return next((other for other in likely if other != kind and _IS_OF_KIND[other](text)), "")


@rule("THS302", "error", field=_CONTACTS, after=("THS301",))
def advisor_contact_malformed(case: Case) -> Iterator[Hit]:
    """A contact of the advisor is not of its kind, so that nobody can be reached by it.

    A question only where another contact is right, or where it is right in another field: any kind will do.
    Source: M13.
    """
    contacts = case.form.thesis.advisor_contacts
    given = {kind: text for kind in _IS_OF_KIND if not _is_blank(text := getattr(contacts, kind))}
    wrong = [kind for kind, text in given.items() if not _IS_OF_KIND[kind](text)]
    others = {kind: _other_kind(kind, given[kind]) for kind in wrong}
    reachable = len(wrong) < len(given) or any(others.values())
    for kind, other in others.items():
        path = f"{_CONTACTS}.{kind}"
        yield hit("other_kind" if other else kind, severity="warning" if reachable else None, field=path, kind=path,
                  other=f"{_CONTACTS}.{other}" if other else "")  # fmt: skip


@rule("THS303", "warning", field=_CONTACTS, after=("THS301", "IDN401", "IDN402"))
def advisor_contact_is_own(case: Case) -> Iterator[Hit]:
    """A contact of the advisor is the applicant's own mobile number: the school would not reach the advisor.

    Source: M13.
    """
    own = phone.compact(case.form.personal.mobile)
    contacts = case.form.thesis.advisor_contacts
    for kind in _IS_OF_KIND:
        text = getattr(contacts, kind)
        if kind == "email":
            text = contact.compact(text).partition("@")[0]
        if own and phone.compact(text) == own:
            yield hit(field=f"{_CONTACTS}.{kind}", kind=f"{_CONTACTS}.{kind}")
