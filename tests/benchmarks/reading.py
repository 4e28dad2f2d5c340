"""How well, how fast and in how much memory the print on papers is read.

    python tests/benchmarks/reading.py [--people 2] [--held-out] [--layout NAME …] [--spoil NAME …]

For each drawn paper: every value that is on it is looked for, and the rules judge a form that says exactly what is
printed (a finding of theirs is a wrong accusation) and one in which one digit or character is another (which they
should ask about). Papers that `sample` draws are not among these. Seconds depend on the machine and are informative.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import reading_papers as papers

from degreecheck import clock, pack
from degreecheck.facts import FileFacts, TextFacts
from degreecheck.form import CourseRecord, Form, parse_date, with_value
from degreecheck.inspectors import reading
from degreecheck.papers.likeness import folded
from degreecheck.papers.paper import Paper, paper_of
from degreecheck.rules import RULES
from degreecheck.rules._rule import Case, ListedPath, in_order, run

RULES_TRIED = in_order({code: entry for code, entry in RULES.items() if entry.family == "XCK" or code == "MAT301"})
ROUTES = {"cet4": "cet4", "pets": "pets", "unified": "english_two", "diploma_number": "english_two"}
# The field whose change each value on the paper ought to be noticed by.
FIELDS = {
    "name": "personal.name", "id_number": "personal.id_number", "exam_number": "personal.exam_number",
    "cet4": "language.certificate_number", "pets": "language.certificate_number",
    "graduation_date": "institution.graduation_date", "major": "courses.major", "rows": "courses.records",
}  # fmt: skip


def form_of(who: papers.Person, shows: tuple[str, ...], slot: str) -> Form:
    """The form that says what the paper says."""
    values = who.values
    route = next((ROUTES[key] for key in shows if key in ROUTES), "cet4")
    route = "degree_exam" if slot == "degree_exam_sheet" else route
    number = {"cet4": values["cet4"], "pets": values["pets"]}.get(route, values["diploma_number"])
    form = Form()
    for path, value in (
        ("personal.name", values["name"]), ("personal.id_number", values["id_number"]),
        ("personal.exam_number", values["exam_number"]), ("language.route", route),
        ("language.certificate_number", number), ("courses.major", values["major"]),
        ("institution.graduation_date", parse_date(values["graduation_date"])),
        ("courses.records", tuple(CourseRecord(code=row[0], name=row[1], score=row[2]) for row in who.rows)),
    ):  # fmt: skip
        form = with_value(form, path, value)
    return form


def changed(form: Form, key: str) -> Form:
    """The form with a slip in the one value."""
    path = FIELDS[key]
    if key == "rows":
        rows = list(form.courses.records)
        rows[3] = rows[3].model_copy(update={"score": str(int(float(rows[3].score)) - 3)})
        return with_value(form, path, tuple(rows))
    if key == "graduation_date":
        return with_value(form, path, parse_date("2023-12-30"))
    if key == "major":
        return with_value(form, path, "汉语言文学")
    section, _, name = path.partition(".")
    text: str = getattr(getattr(form, section), name)
    if key == "name":
        return with_value(form, path, text[:-1] + ("龙" if text[-1] != "龙" else "花"))
    place = len(text) // 2
    return with_value(form, path, text[:place] + str((int(text[place]) + 4) % 10) + text[place + 1 :])


def judged(form: Form, slot: str, text: TextFacts) -> list[str]:
    """The codes that the rules find, beside each the slip's sentence."""
    facts = FileFacts(size=1, type="jpeg", text=text)
    case = Case(
        form=form, pack=pack.find("cqust"), now=clock.parse_moment("2026-04-20"),
        listed=(ListedPath(slot, "a.jpg", "a.jpg"),), facts={"a.jpg": facts},
    )  # fmt: skip
    return [f"{finding.code} {dict(finding.values)}" for finding in run(case, RULES_TRIED)[1]]


def found(paper: Paper, who: papers.Person, key: str) -> bool | list[bool]:
    """Whether the value was read exactly; of the course table one answer for each row."""
    values = who.values
    if key == "rows":
        read = {
            (course.name.text if course.name else "", course.score.text if course.score else "")
            for course in paper.courses
        }
        known = {(folded(name), score) for name, score in read}
        return [(folded(name), score) in known for _, name, score, _ in who.rows]
    if key == "valid_to":
        return paper.validity is not None and str(paper.validity[1]) == values["valid_to"]
    if key == "graduation_date":
        return any(str(day) == values["graduation_date"] for day, _ in paper.dates)
    if key == "major":
        return paper.major is not None and folded(paper.major.text) == folded(values["major"])
    if key == "unified":
        return "english_two_score" in paper.kinds
    label = "certificate_number" if key in ("cet4", "pets", "diploma_number") else key
    return any(folded(seen.text) == folded(values[key]) for seen in paper.values.get(label, ()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=2)
    options.add_argument("--held-out", action="store_true")
    options.add_argument("--layout", nargs="*")
    options.add_argument("--spoil", nargs="*")
    options.add_argument("--verbose", action="store_true")
    given = options.parse_args()
    layouts = {
        name: entry for name, entry in papers.LAYOUTS.items()
        if (name in given.layout if given.layout else entry.held_out == given.held_out)
    }  # fmt: skip
    spoils = {name: spoil for name, spoil in papers.SPOILS.items() if not given.spoil or name in given.spoil}
    started = time.perf_counter()
    reading.load(Path("a.jpg"))
    print(f"loading the reader: {time.perf_counter() - started:.1f} s")
    rates: dict[str, Counter[str]] = defaultdict(Counter)
    noticed: dict[str, Counter[str]] = defaultdict(Counter)
    seconds: dict[str, list[float]] = defaultdict(list)
    accused, faces = 0, papers.fonts()
    for number, (name, entry) in enumerate(layouts.items()):
        for index in range(given.people):
            who = papers.person(100 * number + index)
            face = faces[(number + index) % len(faces)]
            clean = entry.draw(who, face)
            form = form_of(who, entry.shows, entry.slot)
            for spoil_name, spoil in spoils.items():
                rgb = np.asarray(spoil(clean, entry.number_at).convert("RGB"))
                started = time.perf_counter()
                text = reading.read_picture(rgb)
                seconds[name].append(time.perf_counter() - started)
                paper = paper_of(text)
                for key in entry.shows:
                    answers = found(paper, who, key)
                    for right in answers if isinstance(answers, list) else [answers]:
                        rates[key][f"{spoil_name} {'right' if right else 'wrong'}"] += 1
                        if not right and given.verbose and key != "rows":
                            print(f"  not read: {name} {face} {spoil_name} {key}", who.values.get(key), [
                                (seen.text, seen.confidence) for seen in paper.values.get(key, ())])  # fmt: skip
                    if given.verbose and key == "rows" and not all(answers):  # type: ignore[arg-type]
                        print(f"  not read: {name} {face} {spoil_name}", [
                            row for row, right in zip(who.rows, answers, strict=True) if not right], [  # type: ignore[arg-type]
                            [part and part.text for part in (course.code, course.name, course.score)]
                            for course in paper.courses])  # fmt: skip
                    if key in FIELDS:
                        noticed[key][f"{spoil_name} all"] += 1
                        asked = bool(judged(changed(form, key), entry.slot, text))
                        noticed[key][f"{spoil_name} asked"] += asked
                        if given.verbose and not asked:
                            print(f"  not asked: {name} {face} {spoil_name} {key}")
                for accusation in judged(form, entry.slot, text):
                    accused += 1
                    print(f"  WRONG ACCUSATION: {name} {face} {spoil_name}: {accusation}")
    print(f"\n{'read exactly':16}", *(f"{name:>18}" for name in spoils))
    for key, counts in rates.items():
        cells = [(counts[f"{name} right"], counts[f"{name} wrong"]) for name in spoils]
        print(f"{key:16}", *(f"{right:>13}/{right + wrong:<4}" for right, wrong in cells))
    print(f"\n{'slip asked about':16}", *(f"{name:>18}" for name in spoils))
    for key, counts in noticed.items():
        print(f"{key:16}", *(f"{counts[f'{name} asked']:>13}/{counts[f'{name} all']:<4}" for name in spoils))
    print(f"\n{'seconds a page':26} {'median':>7} {'most':>7}")
    for name, times in seconds.items():
        print(f"{name:26} {np.median(times):7.2f} {max(times):7.2f}")
    print(f"\nmemory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(f"wrong accusations: {accused}")


if __name__ == "__main__":
    main()
