"""What inspecting a folder costs, against hashing and decoding its files once: first time, and unchanged.

Run by hand: python tests/benchmarks/inspect.py [WORKERS]. Ratios count; seconds are for information. The folder: one
photo and eleven papers of 12 megapixels each (JPEG), four PDFs of 40 pages of text.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

from degreecheck.inspectors.files import FileRequest, inspect_files, open_cache
from degreecheck.inspectors.pool import Pool

PICTURES, DOCUMENTS, PAGES = 12, 4, 40
SIZE = (4000, 3000)


def draw_picture(path: Path, seed: int) -> None:
    """A sheet with lines of strokes on an unevenly lit table, with a sensor's noise."""
    picture = Image.new("RGB", SIZE, (120, 100, 80))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((300, 200, 3700, 2800), (245, 244, 240))
    for line in range(300, 2700, 60):
        for stroke in range(420, 3500 - (line * seed) % 900, 34):
            draw.rectangle((stroke, line, stroke + 22, line + 24 + stroke % 7), (40, 40, 45))
    pixels = np.asarray(picture, np.float32) * np.linspace(1, 0.85, SIZE[0], dtype=np.float32)[None, :, None]
    pixels += np.random.default_rng(seed).normal(0, 4, pixels.shape).astype(np.float32)
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path, quality=86)


def write_pdf(path: Path, seed: int) -> None:
    """Pages of plain text, written by hand: no library here writes PDFs with text."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for page in range(PAGES):
        lines = "".join(f"(Line {line} of page {page}, thesis {seed}, and so on) ' " for line in range(45))
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td {lines} ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        content = len(objects)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {content} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {PAGES}/Kids[{' '.join(kids)}]>>"
    data = BytesIO(b"%PDF-1.4\n")
    data.seek(0, os.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(data.tell())
        data.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    table = data.tell()
    data.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    data.write("".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode())
    data.write(f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF".encode())
    path.write_bytes(data.getvalue())


def make_folder(folder: Path) -> list[Path]:
    files = []
    for seed in range(PICTURES):
        files.append(folder / f"{seed}.jpg")
        draw_picture(files[-1], seed)
    for seed in range(DOCUMENTS):
        files.append(folder / f"{seed}.pdf")
        write_pdf(files[-1], seed)
    old = time.time_ns() - 60_000_000_001
    for file in files:
        os.utime(file, ns=(old, old))
    return files


def hash_and_decode(files: list[Path], *, small: bool) -> None:
    """Every file read, hashed and decoded once, in this process: the least that looking at it could cost."""
    for file in files:
        data = file.read_bytes()
        hashlib.sha256(data).digest()
        if file.suffix == ".jpg":
            picture = Image.open(BytesIO(data))
            if small:
                picture.draft("RGB", (SIZE[0] // 8, SIZE[1] // 8))
            picture.load()
        else:
            document = pypdfium2.PdfDocument(data)
            for page in document:
                page.get_textpage().get_text_bounded()
            document.close()


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(prefix="学位 申请 ") as place:
        folder = Path(place)
        files = make_folder(folder)
        requests = [FileRequest(files[0].name, files[0], frozenset({"photo"}))]
        requests += [FileRequest(file.name, file, frozenset({"scan"})) for file in files[1:PICTURES]]
        requests += [FileRequest(file.name, file, frozenset({"document"})) for file in files[PICTURES:]]
        started = 0

        def check(*, recheck: bool = False) -> None:
            nonlocal started
            with open_cache(folder / "cache") as cache, Pool(workers) as pool:
                results = inspect_files(requests, pool=pool, cache=cache, recheck=recheck)
                started = pool.started
            assert all(getattr(facts, "unreadable", 1) is None for facts in results.values())

        size = sum(file.stat().st_size for file in files) / 1e6
        print(f"{len(files)} files, {size:.0f} MB, {workers or 'default'} workers, {os.cpu_count()} processors")
        floor = min(timed(lambda: hash_and_decode(files, small=False)) for _ in range(3))
        small = min(timed(lambda: hash_and_decode(files, small=True)) for _ in range(3))
        bare = min(timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)) for _ in range(3))
        own = min(
            timed(lambda: subprocess.run([sys.executable, "-c", "import degreecheck.inspectors.files"], check=True))
            for _ in range(3)
        )
        print(f"hash and decode once            {floor:6.2f} s   1.00   (decoded at 1/8: {small:.2f} s)")
        first = timed(check)
        print(f"first inspection                {first:6.2f} s  {first / floor:5.2f}   {started} workers started")
        again = min(timed(lambda: check(recheck=True)) for _ in range(2))
        print(f"the same with --recheck         {again:6.2f} s  {again / floor:5.2f}   {started} workers started")
        second = timed(check)
        print(f"second inspection, unchanged    {second:6.3f} s  {second / floor:5.3f}   {started} workers started")
        print(f"a bare Python starts in {bare:.3f} s, this side's modules are loaded in {own:.3f} s")


if __name__ == "__main__":
    main()
