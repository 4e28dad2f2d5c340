"""Word files of either format. Runs only in worker processes."""

from __future__ import annotations

from pathlib import Path

from degreecheck.facts import FileType, WordFacts
from degreecheck.inspectors.doc import inspect_doc
from degreecheck.inspectors.docx import inspect_docx


def inspect_word(path: Path, kind: FileType) -> WordFacts:
    """Facts of a Word file that ``sniff`` calls "docx" or "doc".

    Raises CannotRead ("damaged", "encrypted", "bomb"), and OSError where the file cannot be opened.
    """
    return inspect_docx(path) if kind == "docx" else inspect_doc(path)
