"""Delimited text: every encoding and separator that offices use, and what is no table at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.desk.delimited import NotDelimited, decode, parse, separator_of


def cells(data: bytes, **limits: int) -> list[list[str]]:
    return parse(data, **{"rows": 100, "columns": 50, "cell": 100, **limits})


TABLE = "姓名,身份证号\n林小满,500105199508120123\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_every_encoding_in_use(encoding: str) -> None:
    assert cells(TABLE.encode(encoding)) == [["姓名", "身份证号"], ["林小满", "500105199508120123"]]


def test_rare_characters_of_gb18030() -> None:
    assert cells("姓名,号\n㛃𬭎,1\n".encode("gb18030"))[1] == ["㛃𬭎", "1"]


@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "；", "|"])
def test_every_separator_in_use(separator: str) -> None:
    assert cells(TABLE.replace(",", separator).encode())[1] == ["林小满", "500105199508120123"]


def test_quotes_line_breaks_and_separators_inside_cells() -> None:
    data = '姓名,论文题目\n林小满,"""库存"",\n管理"\n'.encode()
    assert cells(data)[1] == ["林小满", '"库存",\n管理']


def test_commas_in_a_title_do_not_make_the_separator() -> None:
    assert separator_of("a\tb\nx,y,z\tc\nx,y\td\n") == "\t"
    assert separator_of("一列\n没有分隔\n") == ","


def test_windows_and_old_mac_line_ends_and_blank_lines() -> None:
    assert cells(b"a,b\r\n1,2\r\n") == [["a", "b"], ["1", "2"]]
    assert cells(b"a,b\r1,2\r") == [["a", "b"], ["1", "2"]]
    assert cells(b"a,b\n\n1,2\n") == [["a", "b"], [], ["1", "2"]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\xff\xd8\xff\xe0", "not_a_table"),
        (b"a,b\0c", "not_a_table"),
        (b"<html><table><tr><td>", "web_page"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "web_page"),
        (b'<?xml version="1.0"?><Workbook>', "web_page"),
        (b"\xff\xfe\x00", "encoding"),
        (b"\x81", "encoding"),
        (b"a\n" * 200, "too_many_rows"),
    ],
)
def test_what_is_no_table_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(NotDelimited) as caught:
        cells(data)
    assert caught.value.reason == reason


def test_long_cells_and_rows_are_cut() -> None:
    assert cells(b"x" * 500) == [["x" * 100]]
    assert len(cells(b",".join([b"1"] * 80))[0]) == 50
    assert cells(b'"' + b"y\n" * 400, rows=1000)[0][0].startswith("y\ny")  # a quote that is never closed


REASONS = {"empty", "not_a_table", "web_page", "encoding", "too_many_rows"}


def outcome(data: bytes) -> str:
    try:
        found = cells(data)
    except NotDelimited as trouble:
        return trouble.reason
    assert all(isinstance(cell, str) for row in found for cell in row)
    return "cells" if decode(data) else ""


@given(st.binary(max_size=300))
def test_any_bytes_are_cells_or_a_reason(data: bytes) -> None:
    assert outcome(data) in REASONS | {"cells"}
