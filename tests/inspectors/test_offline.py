"""The reader's libraries neither report nor fetch. That no socket is opened is traced end to end (test_no_network)."""

from __future__ import annotations

import os
import sys

import pytest

from degreecheck.inspectors import offline


def test_nothing_is_fetched_and_nothing_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, offline.HTTP_LIBRARY, raising=False)
    monkeypatch.delenv(offline.TELEMETRY_OFF, raising=False)
    offline.keep_offline()
    try:
        import requests

        with pytest.raises(requests.RequestException):
            requests.get("https://example.org/model.onnx", stream=True, timeout=60)
        assert os.environ[offline.TELEMETRY_OFF] == "1"
    finally:
        sys.modules.pop(offline.HTTP_LIBRARY, None)


def test_the_reader_runs_without_an_http_library(monkeypatch: pytest.MonkeyPatch) -> None:
    from degreecheck.inspectors import reading

    monkeypatch.delitem(sys.modules, offline.HTTP_LIBRARY, raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == "rapidocr"]:
        monkeypatch.delitem(sys.modules, name)
    reading._engine.cache_clear()
    reading._engine(reading.SEARCH_SIDE)
    assert not hasattr(sys.modules[offline.HTTP_LIBRARY], "__path__")  # the one without a network is in its place
    reading._engine.cache_clear()
