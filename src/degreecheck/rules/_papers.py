"""What the rules on the thesis papers share: which slots they are, their text folded, the heading on the first page."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from degreecheck.facts import FileFacts, PdfFacts, WordFacts
from degreecheck.rules._rule import Case, NotApplicable, NotInspected, Subject

PAPER_SLOTS = frozenset({"thesis_document", "similarity_report", "proposal_report", "task_book"})  # M14

_HEADING_LINES = 12  # from the top of the first page
_HEADING_CHARACTERS = 40
_READABLE_CHARACTERS = 50  # fewer cannot show that a title or a name is not there
_READABLE_HAN = 20

# Fonts give some characters back as radicals (⺠ for 民). NFKC folds the 214 Kangxi ones; these are those of the
# supplement that are characters of their own (Unicode, EquivalentUnifiedIdeograph.txt), and 戶, Kangxi's own form.
_RADICALS = str.maketrans(
    "⺌⺍⺒⺓⺜⺝⺟⺠⺧⺩⺬⺮⺶⺷⺻⺼⺽⻁⻄⻅⻆⻈⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻟⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳戶",
    "小小巳幺日月母民牛王示竹羊羊聿月臼虎西见角讠贝足车長长门雨青韦页风飞食飠马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟户",
)
_NO_LETTER = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")

_HEADINGS: dict[str, re.Pattern[str]] = {
    "proposal_report": re.compile(r"开题(?:论证|答辩)?报告(?:书|表|登记表)?"),
    "task_book": re.compile(r"任务(?:书|下达书)"),
    "similarity_report": re.compile(r"(?:检测|查重|比对|相似[性度]|重复率|查新)报告(?:书|单)?"),
    "thesis_document": re.compile(r"(?:毕业|学位)(?:设计|论文)(?:\((?:设计|论文|论文全文)\))?(?:说明书|正文)?"),
}
_IN_BRACKETS = r"(?:\([^()]{0,12}\))?"  # 检测报告单(全文标明引文)
# A heading is a name, not part of a sentence, of a list of what is in the folder, or of a table of contents.
_RUNNING_TEXT = re.compile(
    r"[,。;:!?、.…]|^(?:[一二三四五六七八九十\d]|\([一二三四五六七八九十\d]|第.{1,3}[章节条]|附[录件表]|参考|□|☑|√)"
    r"|请|见|撰写|编写|填写|提交|完成|上交|上传|根据|按照|关于|要求|说明(?!书)|目录|以及|成绩|评分|评语|意见|检查|审核|规范"
)
_OWN_WORDS = {
    "proposal_report": re.compile(r"开题"),
    "task_book": re.compile(r"任务"),
    "similarity_report": re.compile(r"检测|查重|相似|重复|复制比|比对"),
    "thesis_document": re.compile(r"论文|设计"),
}


def document_of(case: Case, subject: Subject) -> PdfFacts | WordFacts:
    """What the subject's file holds, as a document. Raises NotInspected; NotApplicable for any other kind of file."""
    return _document(case.readable(subject.file))


def paper_of(case: Case, subject: Subject) -> PdfFacts | WordFacts:
    """As document_of, for a file in a slot of the thesis papers; NotApplicable elsewhere.

    Of a paper that is a picture the text is not known: NotInspected.
    """
    if not PAPER_SLOTS.intersection(subject.slots):
        raise NotApplicable
    if case.readable(subject.file).image is not None:
        raise NotInspected("no_document_text")
    return document_of(case, subject)


def _document(facts: FileFacts) -> PdfFacts | WordFacts:
    found = facts.pdf or facts.word
    if found is None:
        raise NotApplicable
    return found


@lru_cache(maxsize=512)
def folded(text: str) -> str:
    """The text's letters and digits alone: compatibility forms, radicals, case, blanks and punctuation do not count."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).translate(_RADICALS)).casefold()


def first_text(document: PdfFacts | WordFacts) -> str:
    """The folded text of the first pages, headers and text boxes."""
    return _joined((*document.first_pages, document.other_text if isinstance(document, WordFacts) else ""))


@lru_cache(maxsize=512)
def _joined(texts: tuple[str, ...]) -> str:
    return "".join(map(folded, texts))


def can_show_absence(document: PdfFacts | WordFacts, wanted: str) -> bool:
    """Whether the text is such that what is not found in it is not there.

    Pictures, a machine's reading of them, and fonts that give back signs instead of characters cannot show that.
    """
    if is_partly_lost(document) or (isinstance(document, PdfFacts) and document.recognised_text):
        return False
    text = first_text(document)
    return len(text) >= _READABLE_CHARACTERS and (not _HAN.search(wanted) or len(_HAN.findall(text)) >= _READABLE_HAN)


def is_partly_lost(document: PdfFacts | WordFacts) -> bool:
    """Whether pages do not open, or the file's end is missing."""
    return isinstance(document, PdfFacts) and (document.cut_off or document.pages_broken > 0)


def texts_in(case: Case, slot: str) -> list[PdfFacts | WordFacts]:
    """All documents of a slot, for a title page may be a file of its own. Raises NotInspected."""
    found: list[PdfFacts | WordFacts] = []
    for file in case.files_in(slot):
        facts = case.file(file)
        if facts.unreadable is not None:
            raise NotInspected("unreadable")
        found.extend(part for part in (facts.pdf, facts.word) if part is not None)
        if facts.image is not None:
            raise NotInspected("no_document_text")
    return found


def headings(document: PdfFacts | WordFacts) -> frozenset[str]:
    """Which papers the top of the first page names as a heading, by their slots; of a thesis only if nothing else."""
    return _headings(document.first_pages)


@lru_cache(maxsize=512)
def _headings(pages: tuple[str, ...]) -> frozenset[str]:
    found = {slot for line in _top_lines(pages) for slot, heading in _HEADINGS.items() if _is_heading(line, heading)}
    return frozenset(found - {"thesis_document"} or found)


def speaks_of(document: PdfFacts | WordFacts, slot: str) -> bool:
    """Whether the first pages hold any word of that paper's own."""
    return _OWN_WORDS[slot].search(first_text(document)) is not None


def _top_lines(pages: tuple[str, ...]) -> list[str]:
    page = next((page for page in pages if len(page) > 1), "")
    lines: list[str] = []
    upright = ""  # 开 / 题 / 报 / 告, one below the other
    for raw in page.split("\n"):
        line = "".join(unicodedata.normalize("NFKC", raw).translate(_RADICALS).split())
        if len(line) == 1:
            upright += line
            continue
        lines.extend(part for part in (upright, line) if part)
        upright = ""
    return [*lines, upright][:_HEADING_LINES]


def _is_heading(line: str, heading: re.Pattern[str]) -> bool:
    line = line.strip("《》<>\"'“”_-—·")
    if len(line) > _HEADING_CHARACTERS or _RUNNING_TEXT.search(re.sub(r"^\d{4}(?=届|年)", "", line)):
        return False
    return re.search(rf"(?:{heading.pattern}){_IN_BRACKETS}$", line) is not None
