"""``python -m degreecheck``: the same as the command ``degreecheck``."""

import sys

from degreecheck.cli import main

if __name__ == "__main__":
    sys.exit(main())
