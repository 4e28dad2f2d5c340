"""Results as JSON, to standard output or into a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from degreecheck.commands._app import NOT_CHECKED, WRONG_USAGE, Trouble, speak_utf8
from degreecheck.paths import UnfinishedFile
from degreecheck.text import Texts

STANDARD_OUTPUT = "-"


class JsonOut:
    """Objects written one after another; a file takes its place when all are there, so that there is never half of one.

    What is no ordinary file (the null device, a pipe) is written to as it is. Raises Trouble when it cannot be written.
    """

    def __init__(self, target: str, texts: Texts) -> None:
        self._path = target
        self._texts = texts
        self._unfinished: UnfinishedFile | None = None
        self._stream: IO[bytes] | None = None
        if target == STANDARD_OUTPUT:
            speak_utf8()
            return
        path = Path(target)
        try:
            if path.exists() and not path.is_file():
                self._stream = path.open("wb")
            else:
                self._unfinished = UnfinishedFile(path.resolve())  # a link stays one
                self._stream = self._unfinished.file
        except OSError as trouble:
            raise self._trouble(trouble, WRONG_USAGE) from None

    def write(self, data: Mapping[str, Any], indent: int | None = None) -> None:
        """One object, on one line unless indented."""
        text = json.dumps(data, ensure_ascii=False, indent=indent) + "\n"
        if self._stream is None:
            sys.stdout.write(text)
            sys.stdout.flush()
            return
        try:
            self._stream.write(text.encode("utf-8", errors="backslashreplace"))
            self._stream.flush()
        except OSError as trouble:
            raise self._trouble(trouble, NOT_CHECKED) from None

    def finish(self) -> None:
        """All are written."""
        if self._unfinished is None:
            return
        try:
            self._unfinished.finish()
        except OSError as trouble:
            raise self._trouble(trouble, NOT_CHECKED) from None

    def __enter__(self) -> JsonOut:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._unfinished is not None:
            self._unfinished.discard()
        elif self._stream is not None:
            self._stream.close()

    def _trouble(self, trouble: OSError, code: int) -> Trouble:
        sentence = self._texts.get("console.cannot_write", path=self._path, reason=trouble.strerror or "")
        return Trouble(sentence, code)
