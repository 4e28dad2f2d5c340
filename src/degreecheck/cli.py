"""The entry of the console program. It stays small: workers and the like start through it too."""

from __future__ import annotations

import sys
from pathlib import Path

from degreecheck import INTERRUPTED

WORKER_VERB = "worker-process"  # hidden: a packaged program is its own worker
PDF_VERB = "pdf-process"  # hidden: and the process in which it makes PDFs
TABLE_VERB = "table-process"  # hidden: and the one that reads spreadsheets
DESK_VERB = "desk-process"  # hidden: and the one that works through a desk for the window


def main() -> int:
    """Run the command line, a worker, or one of the processes that answer once.

    Returns the exit code: 0 fine, 1 errors, 2 wrong usage, 3 not checked.
    """
    if sys.argv[1:2] == [WORKER_VERB]:
        from degreecheck.worker import main as work

        return work()
    if sys.argv[1:2] == [PDF_VERB]:
        from degreecheck.output.pdf_process import main as make_pdfs

        return make_pdfs()
    if sys.argv[1:2] == [TABLE_VERB]:
        from degreecheck.desk.table_process import main as read_table

        return read_table()
    if sys.argv[1:2] == [DESK_VERB]:
        from degreecheck.desk.desk_process import main as work_through

        return work_through()
    if opens_window(sys.argv[1:]):
        from degreecheck.gui.app import main as open_window

        return open_window(Path(sys.argv[2]) if sys.argv[2:] else None)
    try:
        from degreecheck.commands import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while the command line is still being loaded
        return INTERRUPTED


def opens_window(arguments: list[str]) -> bool:
    """Whether these are the plain ways to open the window, so that the command line need not be loaded for it."""
    if arguments and (arguments[0] != "gui" or len(arguments) > 2 or arguments[-1].startswith("-")):
        return False
    from degreecheck.gui.screen import has_screen

    return has_screen()


if __name__ == "__main__":
    sys.exit(main())
