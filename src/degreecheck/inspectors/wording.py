"""Text taken out of documents: made tidy and short, its characters counted, a similarity report's ratios found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from degreecheck.facts import SimilarityFigure

PAGE_CHARACTERS = 4_000  # facts.PageText
_MOST_FIGURES = 20  # PdfFacts.similarity

# Blanks, controls, marks of direction and width, halves of pairs, private-use and undefined characters.
_INVISIBLE = re.compile(
    r"[\s\x00-\x1f\x7f-\xa0\xad\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff"
    r"\ue000-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DROPPED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]+"
)
_BLANKS = re.compile(r"[\t \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def visible(text: str) -> int:
    """How many characters of the text are visible ones with a meaning."""
    return len(_INVISIBLE.sub("", text))


def tidy(text: str, most: int = PAGE_CHARACTERS) -> str:
    """The text's lines without control characters, empty lines and repeated blanks, at most ``most`` characters."""
    text = _DROPPED.sub("", _LINE_END.sub("\n", text[: most * 8]))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:most]


# The wording of CNKI (总文字复制比, 去除引用文献复制比 …), VIP (全文总相似比), Wanfang (总相似比, 排除参考文献后总…),
# PaperPass and its like (总相似度, 总体相似度), Gezida (总重复率), Yuanwenjian (总文献相似度), and of schools (查重率).
_RATIO = r"(?:复制比|相似比|相似度|相似率|重复率)"
_TOTAL = rf"(?:全文)?总体?(?:文字|文献)?(?:{_RATIO}|重合度)|全文{_RATIO}"
_WITHOUT = r"(?:去除|排除|剔除|扣除|除去|不含)[\u4e00-\u9fff]{0,16}?"
_PART_OF = r"(?:单篇最大|单章最大|参考文献|可能自引)"
_PARTIAL = rf"{_WITHOUT}(?:{_TOTAL}|{_RATIO})|{_PART_OF}(?:文字)?{_RATIO}"
_UNCLEAR = r"文字复制比|查重率|重复率|相似度|相似率|相似比"
_FIGURE = re.compile(
    rf"(?P<label>{_PARTIAL}|(?P<total>{_TOTAL})|{_UNCLEAR})"
    r"(?:\([^()%]{0,40}\))?[:=_~\-\u2014为是约达]{0,4}(?P<percent>\d{1,3}(?:\.\d{1,2})?)%"
)
_OTHERS_MATTER = re.compile(r"(?:AI|AIGC|人工智能)[^%:]{0,6}$")  # a machine-writing ratio is no similarity


def similarity_figures(texts: Iterable[str]) -> tuple[SimilarityFigure, ...]:
    """The ratios that the pages of a similarity report state, each with its label, in their order, each once."""
    found: dict[SimilarityFigure, None] = {}
    for text in texts:
        compact = "".join(unicodedata.normalize("NFKC", text).split())
        for match in _FIGURE.finditer(compact):
            percent = Decimal(match["percent"])
            if percent > 100 or _OTHERS_MATTER.search(compact, max(0, match.start() - 12), match.start()):
                continue
            found.setdefault(SimilarityFigure(label=match["label"][:40], percent=percent, total=bool(match["total"])))
    return tuple(found)[:_MOST_FIGURES]
