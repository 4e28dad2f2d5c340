"""What a desk costs: python tests/benchmarks/desk.py [applicants] (1,000 by default; the first run takes its time)

Checks a made-up desk three times, each in a process of its own: all files new, nothing changed, ten folders changed.
Prints seconds, the parent's greatest memory, and the ratio of the unchanged run to its floor measured here and now: as
many judgements plus one stat of every file (budget: 3). Then a roster of 10,000 rows: reading, folding and matching
against the spreadsheet reader's own time (budget: 5).
"""

from __future__ import annotations

import functools
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from degreecheck import check, clock, folder, pack
from degreecheck.desk.company import meet
from degreecheck.desk.discovery import discover
from degreecheck.desk.matching import match
from degreecheck.desk.roster import read
from degreecheck.desk.survey import survey
from degreecheck.idnumbers.resident_id import check_character
from degreecheck.inspectors.files import inspect_files, open_cache
from degreecheck.inspectors.pool import Pool
from degreecheck.sample import fonts, writing
from degreecheck.sample.plan import plan
from degreecheck.sample.press import Press

TODAY = "2026-04-20"
MODELS = 20  # applicants drawn in earnest; the others are theirs with other names, numbers and photos
ROWS = 10_000
CHANGED = 10
FLAT_MB = 400
COLUMNS = """
    序号 姓名 性别 身份证号 准考证号 手机号码 申请专业 平均成绩 论文成绩 论文题目 研究方向 关键词 指导教师
    指导教师联系方式 入学时间 毕业时间 毕业证书编号 外语条件 证书编号 备注
"""
COMMON = "13800001234 工商管理 78.35 86 库存管理研究 供应链 生鲜；库存 何清越 13900005678 2017-10 2025-12-30"


def make_desk(place: Path, count: int) -> None:
    """A desk of so many: forms of their own, papers as hard links, photos as copies of different length."""
    models = place / "models"
    with Press(fonts.find_font()) as press:
        writing.write(models, plan(MODELS, 7, date.fromisoformat(TODAY), with_faults=True), press)
    chance = random.Random(1)
    sources = [one for one in sorted(models.iterdir()) if (one / "application.json").exists()]
    for number in range(count):
        source = sources[number % len(sources)]
        target = place / "desk" / f"{number:06d}-{source.name}"
        form = json.loads((source / "application.json").read_bytes())
        photos = set(form.get("materials", {}).get("photo", []))
        for file in source.rglob("*"):
            if file.is_file() and file.name != "application.json":
                copy = target / file.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                if file.relative_to(source).as_posix() in photos:
                    copy.write_bytes(with_remark(file.read_bytes(), chance))
                else:
                    os.link(file, copy)
        renumber(form, number)
        (target / "application.json").write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")


def with_remark(picture: bytes, chance: random.Random) -> bytes:
    """The same JPEG with a remark in it, so that its bytes and its length are its own."""
    remark = chance.randbytes(chance.randrange(100, 30_000))
    return picture[:2] + b"\xff\xfe" + (len(remark) + 2).to_bytes(2, "big") + remark + picture[2:]


def renumber(form: dict[str, Any], number: int) -> None:
    """Numbers of somebody else's, where there were right ones."""
    personal = form["personal"]
    if len(str(personal.get("id_number", ""))) == 18:
        seventeen = f"{personal['id_number'][:14]}{number % 1000:03d}"
        if seventeen.isdecimal():
            personal["id_number"] = seventeen + check_character(seventeen)
    if len(str(personal.get("exam_number", ""))) == 12:
        personal["exam_number"] = f"{personal['exam_number'][:7]}{number:05d}"
    language = form.get("language", {})
    if str(language.get("certificate_number", "")).isdecimal():
        language["certificate_number"] = f"{language['certificate_number'][:-6]}{number:06d}"


def run_check(place: Path) -> tuple[float, float]:
    """Seconds, and the greatest memory of the checking process itself in MB (0 where the system does not say)."""
    command = [sys.executable, "-m", "degreecheck", "check", str(place / "desk"), "--today", TODAY, "--quiet",
               "--json", str(place / "result.json")]  # fmt: skip
    environment = os.environ | {"DEGREECHECK_CACHE_DIR": str(place / "cache")}
    most = [0.0]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as child:
        watching = threading.Thread(target=watch, args=(child, most))
        watching.start()
        child.wait()
        taken = time.perf_counter() - begun
        watching.join()
    return taken, most[0]


def watch(child: subprocess.Popen[bytes], most: list[float]) -> None:
    status = Path(f"/proc/{child.pid}/status")
    while child.poll() is None:
        try:
            peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
            most[0] = max(most[0], int(peak.split()[1]) / 1024)
        except (OSError, StopIteration):
            pass
        time.sleep(0.05)


def floor(place: Path, count: int) -> float:
    """Seconds of judging so many cases whose facts are at hand, and of one stat of every file."""
    os.environ["DEGREECHECK_CACHE_DIR"] = str(place / "cache")
    now, school = clock.parse_moment(TODAY), pack.find("cqust")
    people = sorted((place / "desk").glob("[0-9]*"))
    with Pool(1) as pool, open_cache() as cache:
        inspect = functools.partial(inspect_files, pool=pool, cache=cache)
        cases = [check.gather(folder.load(one), school, now, inspect=inspect) for one in people[:MODELS]]
    judging = best_of(3, lambda: [check.judge(case) for case in cases]) / len(cases) * count
    files = [file for one in people for file in one.rglob("*")]
    return judging + best_of(1, lambda: [file.stat() for file in files])


def best_of(times: int, action: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def roster_of(path: Path, rows: int) -> None:
    """A roster of twenty columns."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(["2026 年上半年学位申请名册"])
    sheet.append(COLUMNS.split())
    for number in range(rows):
        seventeen = f"5001051995{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
        own = ["女", seventeen + check_character(seventeen), f"0105{number:08d}", *COMMON.split()]
        diploma, report = f"65500105172{number:06d}", f"1711500101{number:05d}"
        sheet.append([number + 1, f"林{chr(0x4E00 + number)}", *own, diploma, "四级", report, ""])
    book.save(path)


def measure_roster(place: Path) -> None:
    import python_calamine

    path = place / "roster.xlsx"
    roster_of(path, ROWS)
    own = best_of(3, lambda: python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python())
    people = list(survey(discover(place / "desk")))
    taken = best_of(3, lambda: match(people, read(path).rows))
    print(f"roster of {ROWS} rows: the reader alone {own:.2f} s; read, folded and matched with {len(people)} folders "
          f"{taken:.2f} s = {taken / own:.1f}x (budget 5x)")  # fmt: skip
    with Pool(1) as pool:
        begun = time.perf_counter()
        meet(people, read(path), pool=pool)
        print(f"  with the comparison across applicants {time.perf_counter() - begun:.2f} s")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory(prefix="desk-benchmark-") as name:
        place = Path(name)
        make_desk(place, count)
        files = sum(1 for _ in (place / "desk").rglob("*.*"))
        print(f"{count} applicants, {files} files")
        seconds, memory = run_check(place)
        print(f"first      {seconds:7.1f} s  {memory:4.0f} MB in the parent (budget {FLAT_MB} MB)")
        least = floor(place, count)
        seconds, memory = run_check(place)
        print(f"unchanged  {seconds:7.1f} s  {memory:4.0f} MB; floor {least:.1f} s, {seconds / least:.1f}x (budget 3x)")
        for form in sorted((place / "desk").glob("*/application.json"))[: CHANGED * 7 : 7]:
            for file in form.parent.rglob("*.jpg"):
                file.write_bytes(with_remark(file.read_bytes(), random.Random(form.parent.name)))
                break
        seconds, memory = run_check(place)
        print(f"{CHANGED} changed {seconds:7.1f} s  {memory:4.0f} MB")
        measure_roster(place)


if __name__ == "__main__":
    main()
