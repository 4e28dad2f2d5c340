"""The advisor's e-mail, WeChat and QQ."""

from __future__ import annotations

import pytest

from degreecheck.idnumbers import contact, qq
from degreecheck.idnumbers.errors import InvalidNumber, WrongCharacters, WrongLayout, WrongLength


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("zhang.san@example.com", "zhang.san@example.com"),
        (" 12345678@qq.com\n", "12345678@qq.com"),
        ("Zhang_San+x@mail.example.edu.cn", "Zhang_San+x@mail.example.edu.cn"),
        ("x×y@example.com", "x×y@example.com"),
        ("ｚｓ＠example．com", "zs@example.com"),
        ("zs@my-school.example.cn", "zs@my-school.example.cn"),
        ("张三@例子.中国", "张三@例子.中国"),
    ],
)
def test_email(text: str, address: str) -> None:
    assert contact.is_email(text)
    assert contact.validate_email(text) == contact.compact(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "zs",
        "zs@",
        "@example.com",
        "zs@example",
        "zs@@example.com",
        "zs@a@example.com",
        "zs@.com",
        "zs@example..com",
        "zs@-example.com",
        "zs@example.c",
        "zs@example.123",
        "zs@example。com",
        "zs@example.com；ls@example.com",
        "a" * 65 + "@example.com",
        "zs@" + "a" * 64 + ".com",
        "zs@" + "a." * 120 + "com",
        "zs@" + "a" * 100_000,
    ],
)
def test_no_email(text: str) -> None:
    assert not contact.is_email(text)
    with pytest.raises(WrongLayout) as caught:
        contact.validate_email(text)
    assert caught.value.part == "email"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wxid_abc123", "wxid_abc123"),
        ("zhang-san_01", "zhang-san_01"),
        ("ｚhangsan", "zhangsan"),
        (" zhangsan ", "zhangsan"),
        ("a" * 20, "a" * 20),
        ("138 0013 8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("QQ：1234567", "1234567"),
    ],
)
def test_wechat(text: str, name: str) -> None:
    assert contact.is_wechat(text)
    assert contact.validate_wechat(text) == name


@pytest.mark.parametrize(
    "text", ["", "abc", "a" * 21, "1abcdef", "_abcdef", "同手机号", "zhang@san", "1234", "x" * 100_000]
)
def test_no_wechat(text: str) -> None:
    assert not contact.is_wechat(text)
    with pytest.raises(WrongLayout) as caught:
        contact.validate_wechat(text)
    assert caught.value.part == "wechat"


@pytest.mark.parametrize(
    "text",
    ["12345678", "1234 5678", "QQ12345678", "qq：12345678", "QQ号:12345678", "12345678@qq.com", "１２３４５６７８"],
)
def test_qq(text: str) -> None:
    assert qq.is_valid(text)
    assert qq.validate(text) == qq.compact(text) == "12345678"


@pytest.mark.parametrize("length", range(5, 13))
def test_qq_lengths(length: int) -> None:
    assert qq.is_valid("1" * length)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", WrongLength),
        ("1234", WrongLength),
        ("1234567890123", WrongLength),
        ("9" * 100_000, WrongLength),
        ("12345a", WrongCharacters),
        ("zhangsan", WrongCharacters),
        ("0123456", WrongLayout),
    ],
)
def test_no_qq(text: str, kind: type[InvalidNumber]) -> None:
    assert not qq.is_valid(text)
    with pytest.raises(kind):
        qq.validate(text)
