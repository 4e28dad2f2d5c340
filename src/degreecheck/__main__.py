"""``python -m degreecheck``: the same as the command ``degreecheck``."""

from degreecheck.cli import main

if __name__ == "__main__":
    main()
