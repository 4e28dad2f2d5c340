"""The verbs of the command line, one module per group."""

from __future__ import annotations

from collections.abc import Sequence

from degreecheck.commands import bundle as bundle
from degreecheck.commands import catalogue as catalogue
from degreecheck.commands import check as check
from degreecheck.commands import desk as desk
from degreecheck.commands import forms as forms
from degreecheck.commands import packs as packs
from degreecheck.commands import sample as sample
from degreecheck.commands import selftest as selftest
from degreecheck.commands import window as window
from degreecheck.commands._app import app, call


def run(arguments: Sequence[str]) -> int:
    """Run the command line on these arguments and return the exit code."""
    return call(app, arguments)
