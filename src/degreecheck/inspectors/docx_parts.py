"""The parts of a .docx package: which are there, how they are related, and its XML read without building a tree."""

from __future__ import annotations

import posixpath
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from degreecheck.inspectors import limits
from degreecheck.inspectors.containers import unpacked
from degreecheck.inspectors.unreadable import CannotRead

_SMALL_PART_BYTES = 4 * limits.MB


class Listener(Protocol):
    """What hears the elements of a part as they go by."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Relation:
    """One relationship of a part (ECMA-376 part 2): the type's last word, and the part or address it leads to."""

    kind: str
    target: str
    external: bool


class Package:
    """A .docx package; part names are compared without case, as the standard asks."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        members = ((_folded(member.filename), member) for member in archive.infolist())
        self.parts = {name: member for name, member in members if name and not name.endswith("/")}

    def relations(self, part: str = "") -> list[Relation]:
        """The relationships of a part, or of the whole package; none where there is no such list."""
        folder, _, name = part.rpartition("/")
        member = self.parts.get(_folded(posixpath.join(folder, "_rels", f"{name}.rels")))
        if member is None:
            return []
        found = _Relations(folder)
        self.hear(member, found, most=_SMALL_PART_BYTES)
        return found.relations

    def hear(self, member: zipfile.ZipInfo, listener: Listener, most: int, until: float | None = None) -> bool:
        """Let the listener hear a part's XML. Returns False when time ran out (``until``, of time.monotonic) first.

        Raises CannotRead: "damaged", "encrypted", "bomb" (entities, too large, too deep).
        """
        parser = XMLParser(target=_Depth(listener), forbid_dtd=True)
        try:
            for piece in unpacked(self.archive, member, most):
                parser.feed(piece)
                if until is not None and time.monotonic() > until:
                    return False
            parser.close()
        except DefusedXmlException as trouble:
            raise CannotRead("bomb", f"XML: {type(trouble).__name__}") from trouble
        except (ParseError, ValueError, LookupError) as trouble:  # LookupError: an encoding that does not exist
            raise CannotRead("damaged", f"XML: {type(trouble).__name__}") from trouble
        return True

    def below(self, folder: str) -> Iterator[zipfile.ZipInfo]:
        """The parts whose name holds the folder."""
        return (member for name, member in self.parts.items() if f"/{folder}/" in f"/{name}")


class _Depth:
    """Passes everything on, unless it is nested absurdly deep."""

    def __init__(self, listener: Listener) -> None:
        self.depth = 0
        self._start, self._end = listener.start, listener.end
        self.data, self.close = listener.data, listener.close

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > limits.MAX_XML_DEPTH:
            raise CannotRead("bomb", "XML nested too deep")
        self._start(tag, attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self._end(tag)


class _Relations:
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.relations: list[Relation] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not tag.endswith("}Relationship") or len(self.relations) >= limits.MAX_MEMBERS:
            return
        external = attributes.get("TargetMode") == "External"
        target = attributes.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", self.folder, target.replace("\\", "/"))).lstrip("/")
        self.relations.append(Relation(attributes.get("Type", "").rpartition("/")[2], target, external))

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass

    def close(self) -> None:
        pass


class ElementText:
    """Hears the text of the first element of one name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._inside = False
        self._pieces: list[str] = []

    @property
    def text(self) -> str:
        """The element's text, at most 200 characters."""
        return "".join(self._pieces)[:200].strip()

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 (what a parser calls)
        """An element begins."""
        self._inside = tag.endswith("}" + self._name) and not self._pieces

    def end(self, tag: str) -> None:  # noqa: ARG002
        """An element ends."""
        self._inside = False

    def data(self, text: str) -> None:
        """Text of the innermost element."""
        if self._inside and len(self._pieces) < 20:
            self._pieces.append(text[:200])

    def close(self) -> None:
        """The part ends."""


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
