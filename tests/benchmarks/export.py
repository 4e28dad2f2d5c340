"""What exporting a folder costs, against copying its documents and re-encoding its pictures once.

Run by hand: python tests/benchmarks/export.py [WORKERS]. Ratios count; seconds are for information. The folder: one
photo and eleven papers of 12 megapixels each (JPEG; every third lies on its side by its tag, as phones write them),
four PDFs of 40 pages of text.
"""

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import inspect_folder
from PIL import Image, ImageOps

from degreecheck import check as pipeline
from degreecheck import folder as folders
from degreecheck import form_file, text
from degreecheck.inspectors.files import inspect_files
from degreecheck.inspectors.pool import Pool
from degreecheck.output.bundle import Order, export
from degreecheck.output.verification import verify
from degreecheck.output.workspace import Workspace

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import make

DOCUMENTS = ("thesis_document", "similarity_report", "proposal_report", "task_book")
PICTURES = ("photo", "id_card_portrait", "id_card_emblem", "exam_permit", "transcript", "language_certificate")


def make_application(place: Path) -> Path:
    materials = place / "materials"
    materials.mkdir(parents=True)
    files = [file.relative_to(place).as_posix() for file in inspect_folder.make_folder(materials)]
    for number in range(0, inspect_folder.PICTURES, 3):
        lying = materials / f"{number}.jpg"
        tags = Image.Exif()
        tags[0x0112] = 6
        with Image.open(lying) as picture:
            picture.load()
        picture.save(lying, quality=86, exif=tags)
    pictures, documents = files[: inspect_folder.PICTURES], files[inspect_folder.PICTURES :]
    slots: dict[str, tuple[str, ...]] = {slot: (file,) for slot, file in zip(DOCUMENTS, documents, strict=True)}
    slots |= {slot: (file,) for slot, file in zip(PICTURES, pictures, strict=False)}
    slots["other"] = tuple(pictures[len(PICTURES) :])
    form_file.save(make.changed(make.perfect_form(), {"materials": slots}), place / "application.json")
    return place


def copy_and_encode(source: Path, target: Path) -> None:
    """The least that has to be done when nothing is kept of a picture's file but its pixels."""
    target.mkdir()
    for file in sorted((source / "materials").iterdir()):
        if file.suffix == ".jpg":
            with Image.open(file) as picture:
                upright = ImageOps.exif_transpose(picture)
            buffer = BytesIO()
            upright.save(buffer, "JPEG", quality=95)
            data = buffer.getvalue()
        else:
            data = file.read_bytes()
        hashlib.sha256(data).digest()
        with (target / file.name).open("xb") as written:
            written.write(data)
            written.flush()
            os.fsync(written.fileno())


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor_seconds() -> float:
    """Of this process and of those that it started and that have ended: what a busy machine does not distort."""
    return sum(os.times()[:4])


def line(what: str, seconds: float, floor: float, used: float, floor_used: float) -> str:
    return f"{what:<38}{seconds:6.2f} s  {seconds / floor:5.2f}   processor {used:6.2f} s  {used / floor_used:5.2f}"


def main() -> None:
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(prefix="学位 申请 ") as place:
        source = make_application(Path(place) / "source")
        size = sum(file.stat().st_size for file in source.rglob("*") if file.is_file()) / 1e6
        print(f"{size:.0f} MB, {workers or 'default'} workers, {os.cpu_count()} processors")
        used = processor_seconds()
        floors = [
            timed(lambda target=Path(place) / str(number): copy_and_encode(source, target)) for number in range(3)
        ]
        floor = min(floors)
        floor_used = (processor_seconds() - used) / 3
        print(line("copy and re-encode once, one process", floor, floor, floor_used, floor_used))
        out = Path(place) / "out"
        stages: dict[str, float] = {}
        reached = ["start", time.perf_counter()]

        def told(stage: str, _done: int, _total: int) -> None:
            now = time.perf_counter()
            stages[str(reached[0])] = stages.get(str(reached[0]), 0.0) + now - float(reached[1])
            reached[:] = [stage, now]

        def run() -> None:
            reached[:] = ["start", time.perf_counter()]
            order = Order(folders.load(source), make.school(), make.NOW, text.load("zh"), allow_errors=True)
            with Workspace(out) as workspace, Pool(workers) as pool:
                export(order, workspace, pool, on_progress=told)
            told("end", 0, 0)

        def check_alone() -> None:
            loaded = folders.load(source)
            with Pool(workers) as pool:
                pipeline.gather(loaded, make.school(), make.NOW, inspect=lambda asked: inspect_files(asked, pool=pool))

        used = processor_seconds()
        alone = timed(check_alone)
        used = processor_seconds() - used
        print(line("its check alone", alone, floor, used, floor_used))
        run()
        shutil.rmtree(out)
        stages.clear()
        used = processor_seconds()
        whole = timed(run)
        used = processor_seconds() - used
        print(line("export, workers' start included", whole, floor, used, floor_used))
        for stage, seconds in stages.items():
            print(f"    {stage:<34}{seconds:6.2f} s  {seconds / floor:5.2f}")
        made = next(path for path in out.iterdir() if path.is_dir())
        written = sum(file.stat().st_size for file in made.rglob("*") if file.is_file()) / 1e6
        zipped = next(out.glob("*.zip"))
        with Pool(1) as pool:
            verify(made, pool)
            for path in (made, zipped):
                seconds = timed(lambda path=path: verify(path, pool))
                print(f"verify the {'zip' if path == zipped else 'folder':<27}{seconds:6.2f} s  {seconds / floor:5.2f}")
        print(f"the bundle has {written:.0f} MB, its zip {zipped.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
