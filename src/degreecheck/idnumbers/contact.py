"""The advisor's other contacts (M13): e-mail addresses and WeChat names, judged leniently.

E-mail: one @, something before it, a domain with a dot after it. WeChat: a name of 6–20 letters, digits, _ or - that
begins with a letter (as WeChat states when one is chosen), or the mobile or QQ number under which people are found
there.
"""

from __future__ import annotations

import re
from typing import Final

from degreecheck.idnumbers import phone, qq
from degreecheck.idnumbers.errors import InvalidNumber, WrongLayout
from degreecheck.idnumbers.fold import fold_code

# RFC 5321: 64 before the @, 254 in all. Letters of any script may stand on both sides (RFC 6531).
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL: Final = re.compile(rf"[^\s@,;:<>()\[\]\\\"。，；：]{{1,64}}@(?:{_LABEL}\.){{1,8}}[^\W\d_][\w-]{{0,61}}[^\W_]")
_MAX_EMAIL: Final = 254
_WECHAT: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{5,19}")


def compact(text: str) -> str:
    """The folded text; letters, hyphens and case stay as typed."""
    return fold_code(text).text


def validate_email(text: str) -> str:
    """The compact address. Raises WrongLayout."""
    address = compact(text)
    if len(address) > _MAX_EMAIL or _EMAIL.fullmatch(address) is None:
        raise WrongLayout("email")
    return address


def is_email(text: str) -> bool:
    try:
        validate_email(text)
    except InvalidNumber:
        return False
    return True


def validate_wechat(text: str) -> str:
    """The compact name or number. Raises WrongLayout."""
    name = compact(text)
    if _WECHAT.fullmatch(name) is not None:
        return name
    if phone.is_mobile(name):
        return phone.validate_mobile(name)
    if qq.is_valid(name):
        return qq.validate(name)
    raise WrongLayout("wechat")


def is_wechat(text: str) -> bool:
    try:
        validate_wechat(text)
    except InvalidNumber:
        return False
    return True
