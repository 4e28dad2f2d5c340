"""Keeps the reader's libraries away from the network. Runs in worker processes, before those libraries are imported.

Found by tracing: onnxruntime's official builds report to their maker unless ORT_DISABLE_TELEMETRY is set before they
start (its Privacy.md), and rapidocr imports an HTTP library, which tries
whether the computer has IPv6 by opening a socket.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import NoReturn

TELEMETRY_OFF = "ORT_DISABLE_TELEMETRY"
HTTP_LIBRARY = "requests"


class Offline(OSError):
    """A library wanted to fetch something."""


def keep_offline() -> None:
    """From here on the reader's libraries neither report nor fetch."""
    os.environ[TELEMETRY_OFF] = "1"
    if HTTP_LIBRARY not in sys.modules:
        sys.modules[HTTP_LIBRARY] = _nothing()


def _nothing() -> ModuleType:
    """What stands in the place of the HTTP library: the names that rapidocr mentions, and no network."""

    def get(*_given: object, **_named: object) -> NoReturn:
        raise Offline

    module = ModuleType(HTTP_LIBRARY)
    vars(module).update(get=get, Response=object, RequestException=Offline)
    return module
