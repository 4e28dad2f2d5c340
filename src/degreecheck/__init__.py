"""DegreeCheck (学位申请预检): checks a degree application offline before it is handed in."""

__version__ = "0.1.0"
INTERRUPTED = 130  # the exit code that shells give for Ctrl+C
