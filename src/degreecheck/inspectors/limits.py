"""Every limit under which a stranger's file is read: one block, so that one place answers "how much is too much".

The trusted side enforces seconds and memory from outside; the readers refuse what breaks the other limits, before they
spend anything on it. Where a figure has no source it is ours: several times what honest papers need.
"""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024

# Files. A scanned thesis of 100 pages is 60 MB; on a 20 MB/s memory stick 200 MB are read and hashed in ten seconds.
MAX_FILE_BYTES = 200 * MB

# Pictures. Phones make up to 200 Mpx (16320 x 12240), which JPEG can decode at 1/2, 1/4 or 1/8. Every pixel that is
# decoded costs 4 bytes in Pillow, 3 in numpy and the same again while it is turned upright: 80 Mpx stay under
# MAX_WORKER_BYTES.
MAX_PIXELS = 210_000_000  # stated by the header; beyond: too_many_pixels
MAX_DECODED_PIXELS = 80_000_000  # after the decoder's own reduction; beyond: too_many_pixels
MAX_PICTURE_SIDE = 65_535  # JPEG's own greatest side
MAX_FRAMES = 1_000  # animation frames or TIFF pages that are counted

# What is measured: a longest side that still shows the smallest print of a transcript (ScanFacts) and every part of a
# face.
MEASURED_SIDE = 2_000

# Documents.
MAX_PAGES = 5_000  # beyond, pages are counted but not looked at
MAX_PAGES_LOADED = 300  # loaded one by one to find damage that a page count does not show
MAX_PAGES_WITH_TEXT = 5  # first pages, whose text is kept

# Zipped formats (.docx). A 300-page thesis with pictures unpacks to 120 MB; its XML is 20 MB and shrinks 15:1, seldom
# 60:1.
MAX_UNPACKED_BYTES = 500 * MB  # sum over all members, as stated and as found
MAX_MEMBER_BYTES = 64 * MB  # of one XML part
MAX_UNPACKED_RATIO = 200  # unpacked : packed, judged over RATIO_FREE_BYTES
RATIO_FREE_BYTES = 8 * MB  # small parts of blanks may shrink as they like
MAX_MEMBERS = 20_000
MAX_XML_DEPTH = 200

# Bundles, as a folder or zipped. They are hashed as they are read, so that their size costs time and nothing else.
MAX_BAG_BYTES = 4_096 * MB  # twenty files of MAX_FILE_BYTES
MAX_BAG_FILES = 5_000
MAX_BAG_DEPTH = 20
MAX_TAG_FILE_BYTES = 4 * MB  # a manifest of MAX_BAG_FILES lines
MAX_BAG_TROUBLES = 500  # that are told one by one

# One request to a worker, in seconds that the watching process was awake, from when the worker accepted it.
START_SECONDS = (
    60  # from process start to its ready line, and from a request to its acceptance (slow disk, virus scanner)
)
INSPECT_SECONDS = 10
MEASURE_SECONDS = 4  # of those; when they are spent no further page is measured
RENDER_SECONDS = 10
CONVERT_SECONDS = 30
READ_SECONDS = 60  # one page
COPY_SECONDS = 20  # and a second for each COPY_BYTES_PER_SECOND
COPY_BYTES_PER_SECOND = 2 * MB

# One worker.
MAX_WORKER_BYTES = 1_500_000_000  # resident (Windows: private); beyond: ended
RETIRE_WORKER_BYTES = 1_000_000_000  # still held after an answer: replaced, so that no file pays for another's leak
MAX_WORKERS = 4  # 4 x MAX_WORKER_BYTES is what an 8 GB machine survives
MAX_START_FAILURES = 3  # workers in a row that died before their ready line: no more are started
GRACE_SECONDS = 1.0  # between asking, terminating and killing
TICK_SECONDS = 0.05  # how often a busy worker is looked at; at 2 GB/s of page faults it outgrows its memory by 100 MB
MAX_STEP_SECONDS = 1.0  # a longer gap between two looks is a laptop that slept, and counts as this much

# One line over the pipe, and pixels after it.
MAX_LINE_BYTES = 8 * MB
MAX_RENDERED_SIDE = 2_048


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What the trusted side enforces on a worker. ``seconds`` replaces each request's own (None: its own)."""

    start_seconds: float = START_SECONDS
    seconds: float | None = None
    memory_bytes: int = MAX_WORKER_BYTES
    retire_bytes: int = RETIRE_WORKER_BYTES
    grace_seconds: float = GRACE_SECONDS
    tick_seconds: float = TICK_SECONDS
    start_failures: int = MAX_START_FAILURES
