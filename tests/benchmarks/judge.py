"""How long one judgement of all rules takes: python tests/benchmarks/judge.py

Budget: at most 2 ms with 20 course rows, 16 ms with 100. Prints milliseconds (best and median of many) and the ratio to
a floor measured in the same run: copying the form's plain data once.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import make
from degreecheck import check
from degreecheck.form import CourseRecord

BUDGETS = {20: 2.0, 100: 16.0}
REPEATS = 200


def milliseconds(action: Callable[[], object]) -> tuple[float, float]:
    """Best and median of many runs."""
    taken = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        action()
        taken.append((time.perf_counter() - begun) * 1000)
    return min(taken), statistics.median(taken)


def main() -> None:
    for rows, budget in BUDGETS.items():
        form = make.perfect_form()
        records = tuple(
            CourseRecord(code=f"{index:05d}", name=f"课程{index}", score=str(60 + index % 40)) for index in range(rows)
        )
        form = form.model_copy(update={"courses": form.courses.model_copy(update={"records": records})})
        case = make.case(form)
        best, median = milliseconds(lambda case=case: check.judge(case))
        floor, _ = milliseconds(lambda form=form: form.model_dump())
        print(f"{rows:4d} rows: best {best:.2f} ms, median {median:.2f} ms, budget {budget:g} ms, "
              f"{best / floor:.0f}x one dump of the form")  # fmt: skip


if __name__ == "__main__":
    main()
