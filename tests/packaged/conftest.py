"""Lets the tests import the modules of the build, which are part of no package."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture(autouse=True)
def build_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """``import contents`` and the like, for one test."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    for name in [path.stem for path in PACKAGING.glob("*.py")]:
        monkeypatch.delitem(sys.modules, name, raising=False)
