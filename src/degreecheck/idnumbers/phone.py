"""Telephone numbers: mobiles strictly (the portal's account hangs on them, M4), every other kind leniently (M13).

A mobile number is ^1[3-9]\\d{9}$ and nothing finer: finer patterns go stale. A landline may carry +86, an area code
with or without brackets, and an extension; 400 and 800 numbers, short service numbers and numbers of other countries
are telephone numbers too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from degreecheck.idnumbers.digits import MAX_POSITIONS, require_digits
from degreecheck.idnumbers.errors import InvalidNumber, WrongCharacters, WrongLayout
from degreecheck.idnumbers.fold import MAX_LENGTH, fold, fold_code

MOBILE_LENGTH: Final = 11
# Two numbers with country codes and extensions fit; nothing longer is looked at.
_MAX_LENGTH: Final = 64

PhoneKind = Literal["mobile", "landline", "service", "international"]

_COUNTRY: Final = r"(?:\+86|0086|86)"
_MOBILE: Final = re.compile(rf"{_COUNTRY}?(1[3-9][0-9]{{9}})")
_LANDLINE: Final = re.compile(
    rf"(?:(?:{_COUNTRY}0?|0)(?P<area>10|2[0-9]|[3-9][0-9][0-9]))?(?P<number>[1-9][0-9]{{6,7}})",
)
_SERVICE: Final = re.compile(rf"{_COUNTRY}?([48]00[0-9]{{7}}|9[56][0-9]{{3,4}}|1[0-2][0-9]{{3}})")
_INTERNATIONAL: Final = re.compile(r"(?:\+|00)(?!86)([1-9][0-9]{6,14})")
_EXTENSION: Final = re.compile(
    r"(?P<main>.+?)-?(?:转|轉|分机|分機|内线|ext\.?|x|#|\*|,|-)+:?(?P<extension>[0-9]{1,6})", re.IGNORECASE
)
# A comma stands before an extension as well; before seven digits it parts two numbers.
_SEPARATORS: Final = re.compile(r"[/;、或]|,(?=[-+()0-9]{7})")
_NOT_OF_A_NUMBER: Final = re.compile(r"[^-+0-9().#*,:/;、或转轉分机機内线extEXT]")


@dataclass(frozen=True, slots=True)
class Phone:
    """`number` is digits only, an area code with its 0 in front, without 86 (international: with its country code)."""

    kind: PhoneKind
    number: str
    extension: str = ""


def compact(text: str) -> str:
    """A mobile number without its country code and brackets; other texts folded only."""
    number = fold(text).text.replace("(", "").replace(")", "")
    mobile = _MOBILE.fullmatch(number)
    return number if mobile is None else mobile.group(1)


def validate_mobile(text: str) -> str:
    """The eleven digits. Raises WrongLength, WrongCharacters, or WrongLayout when they do not begin 13–19."""
    number = require_digits(compact(text), MOBILE_LENGTH)
    if _MOBILE.fullmatch(number) is None:
        raise WrongLayout("mobile_prefix")
    return number


def is_mobile(text: str) -> bool:
    return _MOBILE.fullmatch(compact(text)) is not None


def validate(text: str) -> Phone:
    """The number, of any kind. Of several, separated by / ; , 、 or 或, the first, if all are right.

    Raises WrongCharacters for what no telephone number holds, else WrongLayout.
    """
    folded = fold_code(text).text
    if len(folded) <= _MAX_LENGTH:
        phones = [_phone(part) for part in _SEPARATORS.split(folded) if part]
        right = [phone for phone in phones if phone is not None]
        if right and len(right) == len(phones):
            return right[0]
    raise _how_wrong(folded)


def is_valid(text: str) -> bool:
    try:
        validate(text)
    except InvalidNumber:
        return False
    return True


def validate_landline(text: str) -> Phone:
    """As `validate`, but a mobile number is none (WrongLayout)."""
    phone = validate(text)
    if phone.kind == "mobile":
        raise WrongLayout("landline")
    return phone


def is_landline(text: str) -> bool:
    try:
        validate_landline(text)
    except InvalidNumber:
        return False
    return True


def _phone(text: str) -> Phone | None:
    """One number. A hyphen may stand anywhere or before an extension: the latter only where the former does not fit."""
    parted = text.replace("(", "-").replace(")", "-").strip("-")
    phone = _without_extension(parted)
    if phone is not None:
        return phone
    split = _EXTENSION.fullmatch(parted)
    main = None if split is None else _without_extension(split.group("main"))
    if split is None or main is None:
        return None
    return Phone(main.kind, main.number, split.group("extension"))


def _without_extension(text: str) -> Phone | None:
    plain = text.replace("-", "").replace(".", "")
    if mobile := _MOBILE.fullmatch(plain):
        return Phone("mobile", mobile.group(1))
    if service := _SERVICE.fullmatch(plain):
        return Phone("service", service.group(1))
    if landline := _LANDLINE.fullmatch(plain):
        area = landline.group("area")
        return Phone("landline", ("0" + area if area else "") + landline.group("number"))
    if international := _INTERNATIONAL.fullmatch(plain):
        return Phone("international", international.group(1))
    return None


def _how_wrong(folded: str) -> InvalidNumber:
    positions: list[int] = []
    for match in _NOT_OF_A_NUMBER.finditer(folded[:MAX_LENGTH]):
        positions.append(match.start())
        if len(positions) == MAX_POSITIONS:
            break
    if positions:
        return WrongCharacters(tuple(positions), "".join(folded[position] for position in positions))
    return WrongLayout("landline")
