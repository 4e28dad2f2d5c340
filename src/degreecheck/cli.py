"""The entry of the console program. It stays small: workers start through it too, and must not load a command line."""

from __future__ import annotations

import sys

WORKER_VERB = "worker-process"  # hidden: a packaged program is its own worker


def main() -> int:
    """Run the command line, or a worker, and return the exit code: 0 fine, 1 errors, 2 wrong usage, 3 not checked."""
    if sys.argv[1:2] == [WORKER_VERB]:
        from degreecheck.worker import main as work

        return work()
    from degreecheck.commands import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
