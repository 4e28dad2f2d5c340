"""The text of WordprocessingML (ECMA-376 part 1, transitional and strict) as its elements go by."""

from __future__ import annotations

from collections import Counter

from degreecheck.inspectors.wording import PAGE_CHARACTERS, visible

_KEPT_CHARACTERS = 5 * PAGE_CHARACTERS * 2  # raw, before blanks are folded
_COUNTED_AT_ONCE = 2_000

_TRANSITIONAL, _STRICT = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
_WORD = (f"{_TRANSITIONAL}/wordprocessingml/2006/main", f"{_STRICT}/wordprocessingml/main")
_MATH = (f"{_TRANSITIONAL}/officeDocument/2006/math", f"{_STRICT}/officeDocument/math")

# Text that nobody sees in the document: deleted, moved away, the sound of a word.
_UNREAD = {"del", "moveFrom", "rt"}
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_COUNTED = {"blip": "picture", "imagedata": "picture", "chart": "picture", "relIds": "picture", "altChunk": "foreign"}


class WordText:
    """Hears the main part, or a header: keeps the first text, page by page, and counts the rest."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.characters = 0
        self.counts: Counter[str] = Counter()  # "picture", "foreign" (text kept in other formats)
        self._boxes: list[list[str]] = [[]]  # innermost text box last; its text follows the paragraph that it hangs on
        self._later: list[list[str]] = [[]]
        self._kept = 0
        self._uncounted: list[str] = []
        self._unread = 0
        self._runs = 0
        self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        namespace, _, name = tag[1:].rpartition("}")
        if self._unread or name == "Fallback" or (name in _UNREAD and namespace in _WORD):
            self._unread += 1
        elif name in _COUNTED:
            self.counts[_COUNTED[name]] += 1
        elif namespace in _WORD:
            self._start_word(name, attributes, namespace)
        elif name == "t" and namespace in _MATH:
            self._in_text = True

    def end(self, tag: str) -> None:
        """An element ends."""
        self._in_text = False
        if self._unread:
            self._unread -= 1
            return
        namespace, _, name = tag[1:].rpartition("}")
        if namespace not in _WORD:
            return
        if name == "p":
            self._put("\n")
            self._put_boxes()
        elif name == "r":
            self._runs -= 1
        elif name == "txbxContent" and len(self._boxes) > 1:
            self._later.pop()
            self._later[-1].append("".join(self._boxes.pop()))

    def data(self, text: str) -> None:
        """Text of the innermost element."""
        if self._in_text and not self._unread:
            self._uncounted.append(text)
            if len(self._uncounted) >= _COUNTED_AT_ONCE:
                self._count()
            self._put(text)

    def close(self) -> None:
        """The part ends."""
        self.finish()

    def finish(self) -> None:
        """Also for a part that was not heard to its end."""
        self._count()
        while len(self._boxes) > 1:
            self._later.pop()
            self._later[-1].append("".join(self._boxes.pop()))
        self._put_boxes()
        self._end_page()

    def _start_word(self, name: str, attributes: dict[str, str], namespace: str) -> None:
        if name == "t":
            self._in_text = True
        elif name == "r":
            self._runs += 1
        elif name in _SIGNS and self._runs:  # outside a run, "tab" is a setting
            self._put(_SIGNS[name])
        elif name == "br":
            if attributes.get(f"{{{namespace}}}type") == "page":
                self._end_page()
            else:
                self._put("\n")
        elif name == "lastRenderedPageBreak":
            self._end_page()
        elif name == "txbxContent":
            self._boxes.append([])
            self._later.append([])

    def _put(self, text: str) -> None:
        if self._kept < _KEPT_CHARACTERS:
            text = text[: _KEPT_CHARACTERS - self._kept]
            self._kept += len(text)
            self._boxes[-1].append(text)

    def _put_boxes(self) -> None:
        self._boxes[-1].extend(self._later[-1])
        self._later[-1].clear()

    def _end_page(self) -> None:
        if len(self._boxes) == 1 and len(self.pages) < 50:
            page = "".join(self._boxes[0])
            self._boxes[0].clear()
            if page.strip():
                self.pages.append(page)

    def _count(self) -> None:
        self.characters += visible("".join(self._uncounted))
        self._uncounted.clear()
