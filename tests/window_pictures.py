"""Pictures of every page of the window, to be looked at: python tests/window_pictures.py FOLDER

Every page × (empty, typical, faulty, long) × (light, dark) × (zh, en) × (100 %, 150 %, 900×500), and the start page, as
PNG files. Offscreen, in one process per scale; the applications are made up and drawn.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

SHAPES = {"100": ("1", (1280, 800)), "150": ("1.5", (1280, 800)), "900x500": ("1.5", (900, 500))}
LONG = "很长的名字" * 40


def applications(place: Path) -> dict[str, Path]:
    """Four applications on disk."""
    import make
    import make_folders
    from degreecheck import form_file
    from degreecheck.form import CourseRecord, Form

    empty = place / "空白"
    empty.mkdir()
    form_file.save(Form(), empty / "application.json")
    faults: dict[str, object] = {
        "personal.id_number": "50010619980307001X", "personal.mobile": "1380013800",
        "institution.school": "某某大学", "courses.average_score": "178.5", "thesis.keywords": ("一个",),
        "language.certificate_number": "12345",
        "courses.records": (*make.perfect_records(), CourseRecord(code="1", name="没有成绩的课程", score="")),
    }  # fmt: skip
    perfect = make_folders.form()
    grey = make_folders.jpeg(make_folders.photo((300, 300)).convert("L"))
    faulty = make_folders.write(
        place / "有错误", faults, {perfect.listed("photo")[0]: grey, "materials/不知道是什么.jpg": grey},
        without=perfect.listed("similarity_report"),
    )  # fmt: skip
    long = {"personal.name": LONG, "thesis.title": LONG, "courses.major": LONG, "thesis.advisor": LONG}
    return {
        "empty": empty,
        "typical": make_folders.write(place / "张三-学位申请"),
        "faulty": faulty,
        "long": make_folders.write(place / "名字很长", long),
    }


def grab(target: Path, shape: str) -> None:
    """All pictures of one shape, in this process."""
    from degreecheck.gui import app as starting
    from degreecheck.gui import theme
    from degreecheck.gui.places import PAGES
    from degreecheck.gui.program import Program
    from degreecheck.gui.settings import Settings

    app = starting.application()
    size = SHAPES[shape][1]
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DEGREECHECK_CACHE_DIR": f"{folder}/cache", "DEGREECHECK_CONFIG_DIR": f"{folder}/config"}
        found = applications(Path(folder))
        program = Program(Settings(Path(folder)))
        theme.apply(app, "light")
        for language in ("zh", "en"):
            program.set_language("en" if language == "en" else "zh")
            for look in ("light", "dark"):
                program.set_look("dark" if look == "dark" else "light")
                start = program.new_window()
                start.resize(*size)
                _settle(app)
                start.grab().save(str(target / f"start-{look}-{language}-{shape}.png"))
                start.close()
                for name, path in found.items():
                    window = program.new_window(path)
                    window.resize(*size)
                    while window.session is None or window.session.inspection.busy:
                        _settle(app)
                    view = window.centralWidget()
                    for page in PAGES:
                        view.show_page(page)
                        _settle(app, 0.3)
                        window.grab().save(str(target / f"{page}-{name}-{look}-{language}-{shape}.png"))
                    window.close()
                    _settle(app)
        program.close()


def _settle(app: object, seconds: float = 0.05) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.005)


def main() -> None:
    """Every shape in a process of its own: the scale is fixed when Qt starts."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) == 3:
        grab(target, sys.argv[2])
        return
    for shape, (scale, _size) in SHAPES.items():
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
        subprocess.run([sys.executable, __file__, str(target), shape], check=True, env=environment)


if __name__ == "__main__":
    main()
