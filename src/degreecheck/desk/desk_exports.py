"""What the window has made of a desk's results: the summary workbook, the messages, copies under the school's names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from degreecheck import file_names
from degreecheck.desk import copies, desk_run, messages, summary, told
from degreecheck.inspectors.files import open_cache
from degreecheck.inspectors.pool import Pool
from degreecheck.privacy import mask_number
from degreecheck.text import Texts, load

_PLANNED_AT_ONCE = 100
_PREVIEW = 200  # planned copies that the window shows

Tell = Callable[[Mapping[str, Any]], None]


def do(request: Mapping[str, Any], lines: Iterable[bytes], tell: Tell, cancelled: Callable[[], bool]) -> None:
    """What the request names. Raises desk_run.Stopped, OSError."""
    texts = load(request["language"])
    if request["do"] == "summary":
        write_summary(request, map(json.loads, lines), texts)
    elif request["do"] == "messages":
        write_messages(request, map(json.loads, lines), texts)
    elif request["do"] == "copy":
        copy(request, tell, cancelled, texts)


def write_summary(request: Mapping[str, Any], judged: Iterable[Mapping[str, Any]], texts: Texts) -> None:
    """The workbook at ``path``."""
    unmasked = bool(request.get("unmasked"))
    book = summary.Summary(Path(request["path"]), texts, unmasked=unmasked)
    for one in judged:
        if one["report"] is None:
            continue
        data = told.in_language(one, texts.language)
        if not unmasked:
            number = data["applicant"]["id_number"]
            data["applicant"] = data["applicant"] | {"id_number": mask_number(number)}
        book.add(data)
    book.save()


def write_messages(request: Mapping[str, Any], judged: Iterable[Mapping[str, Any]], texts: Texts) -> None:
    """All messages at ``path``."""
    messages.save(Path(request["path"]), list(_messages(judged, texts, request.get("contact"))), texts)


def _messages(judged: Iterable[Mapping[str, Any]], texts: Texts, contact: str | None) -> Iterator[messages.Message]:
    for one in judged:
        if one["report"] is None:
            continue
        words, report = one[texts.language], one["report"]
        errors, warnings = words["message_counts"]
        yield messages.Message(
            report["applicant"]["name"], report["folder"], report["verdict"], errors, warnings,
            messages.with_contact(words["message"], one["contact"] if contact is None else contact, texts),
        )  # fmt: skip


def copy(request: Mapping[str, Any], tell: Tell, cancelled: Callable[[], bool], texts: Texts) -> None:
    """Copies into ``target``, or with ``dry_run`` only what would go where."""
    target, place = Path(request["target"]), Path(request["place"])
    dry_run = bool(request.get("dry_run"))
    if not dry_run:
        try:
            copies.check_place(target, [place])
        except copies.BadPlace as trouble:
            raise desk_run.Stopped(f"copy_{trouble.reason}") from None
    with Pool() as pool, open_cache() as cache:
        ready = desk_run.prepare(request, pool, cache, tell, cancelled)
        try:
            planned = list(
                copies.plan(ready.desk, request["pattern"], texts, pack=None, slots=request.get("slots") or ())
            )
        except file_names.BadPattern:
            raise desk_run.Stopped("copy_pattern") from None
        tell({
            "event": "planned", "count": len(planned),
            "planned": [[one.shown, one.target, list(one.lacks)] for one in planned[:_PREVIEW]],
            "lacking": sorted({one.shown.partition("/")[0] for one in planned if one.lacks}),
        })  # fmt: skip
        if not dry_run and planned and not cancelled():
            _copy(planned, target, pool, tell, cancelled, texts)


def _copy(
    planned: list[copies.Planned], target: Path, pool: Pool, tell: Tell, cancelled: Callable[[], bool], texts: Texts
) -> None:
    target.mkdir(parents=True, exist_ok=True)
    failed: list[list[str]] = []
    done = 0

    def wanted() -> Iterator[copies.Planned]:
        for one in planned:
            if cancelled():
                return
            yield one

    with copies.Log(target / texts.get("copy.log_name"), texts) as log:
        for one in copies.run(wanted(), target, pool):
            log.add(one)
            done += 1
            if one.trouble:
                failed.append([one.planned.shown, texts.get(one.trouble)])
            if done % 5 == 0 or done == len(planned):
                tell({"event": "copied", "done": done, "count": len(planned)})
    tell({"event": "copied", "done": done, "count": len(planned), "failed": failed[:_PLANNED_AT_ONCE]})
