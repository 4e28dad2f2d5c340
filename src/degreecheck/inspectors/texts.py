"""The text of many files' pages: from the cache where it was read before, from workers where it was not.

Reading a page takes a hundred times as long as measuring it, so it comes after everything else and in requests of its
own: what could be measured stands whatever becomes of the reading. Nothing here opens a stranger's file.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Callable, Iterable, Mapping
from functools import cache as remembered
from pathlib import Path

from degreecheck.facts import FileFacts, NotChecked, TextFacts
from degreecheck.inspectors.cache import Cache
from degreecheck.inspectors.messages import NoReader, Part, Read, Result
from degreecheck.inspectors.pool import Pool

READ_PAGES = 3  # of a scan or a PDF; a transcript has two
Text = TextFacts | NotChecked | None


@remembered
def reader_version() -> str:
    """Names the reader that this build has; "" where it has none. Loads nothing."""
    if any(importlib.util.find_spec(name) is None for name in ("rapidocr", "onnxruntime")):
        return ""
    try:
        return importlib.metadata.version("rapidocr")
    except importlib.metadata.PackageNotFoundError:  # packages inside one program have no metadata
        return "built in"


def pages_to_read(facts: FileFacts, parts: frozenset[Part]) -> range:
    """Which pages (0-based) have text worth reading.

    Of a thesis paper the first one, where it holds no text of its own; of anything else the first few.
    """
    if facts.unreadable is not None:
        return range(0)
    if facts.image is not None:
        return range(min(facts.image.frames, READ_PAGES) if facts.type == "tiff" else 1)
    if facts.pdf is None:
        return range(0)
    if "document" in parts:
        return range(min(facts.pdf.pages, 1) if not facts.pdf.pages_with_text else 0)
    return range(min(facts.pdf.pages, READ_PAGES))


def read_texts(
    files: Mapping[Path, tuple[FileFacts, range]],
    *,
    pool: Pool,
    cache: Cache | None = None,
    recheck: bool = False,
    on_file: Callable[[], object] = lambda: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[Path, Text]:
    """The text of each file's pages; None where there is no reader. Files of a cancelled run are left out.

    ``on_file`` is called as each file is done. Raises CancelledError when the pool is closed meanwhile.
    """
    version = reader_version()
    if not version:
        return _all_done(dict.fromkeys(files, None), on_file)
    found: dict[Path, dict[int, Result]] = {path: {} for path in files}
    missing: list[Read] = []
    for path, (facts, pages) in files.items():
        for page in pages:
            known = cache.find_text(facts.sha256, page, version) if cache and not recheck else None
            if known is None:
                missing.append(Read(path, page))
            else:
                found[path][page] = known
        if len(found[path]) == len(pages):
            on_file()
    for index, result in pool.run(missing, cancelled):
        path, page = missing[index].path, missing[index].page
        facts, pages = files[path]
        same = isinstance(result, TextFacts) and result.sha256 == facts.sha256
        if cache and same and isinstance(result, TextFacts):
            cache.keep_text(result, page, version)
        # Of what is another file by now nothing could be read.
        found[path][page] = result if same or not isinstance(result, TextFacts) else TextFacts()
        if len(found[path]) == len(pages):
            on_file()
    return {
        path: _joined([read[page] for page in pages])
        for path, (_, pages) in files.items()
        if len(read := found[path]) == len(pages)
    }


def _all_done(texts: dict[Path, Text], on_file: Callable[[], object]) -> dict[Path, Text]:
    for _ in texts:
        on_file()
    return texts


def _joined(results: Iterable[Result]) -> Text:
    """One text of the pages' texts. A page that cannot be read has none; a failure of ours counts for the file."""
    pages: list[TextFacts] = []
    for result in results:
        if isinstance(result, NoReader):
            return None
        if isinstance(result, NotChecked):
            return result
        if isinstance(result, TextFacts):
            pages.append(result)
    lines = tuple(line for page in pages for line in page.lines)
    turned = {number: turn for page in pages for number, turn in page.turned.items()}
    return TextFacts(lines=lines[:2_000], pages=tuple(number for page in pages for number in page.pages), turned=turned)
