"""explain: every rule can be looked up, with its limits in words."""

from __future__ import annotations

import re

import pytest

from degreecheck import pack, text
from degreecheck.commands import run
from degreecheck.commands.catalogue import every_rule


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("school", pack.shipped())
def test_every_rule_explains_itself(school: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    for code in every_rule():
        assert run(["explain", code, "--pack", school, "--lang", language]) == 0
        said = capsys.readouterr().out
        assert said.startswith(f"{code}  ")
        assert not re.search(r"\bNone\b|[{}]", said), said


def test_a_limit_that_is_not_set_is_said_in_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    run(["explain", "MAT105"])
    assert "slots.*.max_bytes = 没有限定" in capsys.readouterr().out
    run(["explain", "SCN101"])
    said = capsys.readouterr().out
    assert "transcript: 800" in said
    assert "photo" not in said
