"""The bar must never stand in the way of what is printed."""

from __future__ import annotations

import io

import pytest

from degreecheck import text
from degreecheck.commands._bar import Bar


class Terminal(io.StringIO):
    """A stream that says that a person is looking."""

    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Both streams on one terminal. Called in the test itself: pytest puts its own streams back before that."""
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setattr("sys.stderr", screen)
    return screen


def running(bar: Bar) -> bool:
    return bar._bar is not None and bar._bar.live.is_started


def test_the_bar_goes_while_a_report_is_printed_to_the_same_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    with Bar(3, text.load("zh"), quiet=False) as bar:
        assert running(bar)
        with bar.out_of_the_way():
            assert not running(bar)
            before = terminal.getvalue()
            bar.tell(2, 2)
            assert terminal.getvalue() == before
        assert running(bar)
        bar.end()
        assert not running(bar)
    assert not running(bar)


def test_the_bar_stays_while_a_report_goes_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    with Bar(1, text.load("zh"), quiet=False) as bar, bar.out_of_the_way():
        assert running(bar)
        bar.tell(1, 2)
    assert terminal.getvalue()


def test_no_bar_for_programs_and_for_who_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    with Bar(1, text.load("zh"), quiet=True) as bar, bar.out_of_the_way():
        bar.tell(1, 1)
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with Bar(1, text.load("zh"), quiet=False) as bar, bar.out_of_the_way():
        bar.tell(1, 1)
    assert terminal.getvalue() == ""
