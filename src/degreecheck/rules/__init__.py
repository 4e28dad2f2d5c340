"""Every rule. This list of families is the table of contents; frozen builds find them by it."""

from __future__ import annotations

from degreecheck.rules import con as con
from degreecheck.rules import crs as crs
from degreecheck.rules import dec as dec
from degreecheck.rules import doc as doc
from degreecheck.rules import idn as idn
from degreecheck.rules import lng as lng
from degreecheck.rules import mat as mat
from degreecheck.rules import pho as pho
from degreecheck.rules import pho_look as pho_look
from degreecheck.rules import program as program
from degreecheck.rules import sch as sch
from degreecheck.rules import scn as scn
from degreecheck.rules import ths as ths
from degreecheck.rules import win as win
from degreecheck.rules import xck as xck
from degreecheck.rules._rule import RULES as RULES
from degreecheck.rules._rule import in_order

CRASHED = RULES["SYS301"]
# The order in which people meet the subjects: the file itself, then the portal's sections.
FAMILIES = ("SYS", "IDN", "SCH", "CRS", "THS", "LNG", "PHO", "MAT", "SCN", "DOC", "XCK", "CON", "WIN", "DEC",
            "DSK")  # fmt: skip
RULES_IN_ORDER = tuple(entry for entry in in_order(RULES) if entry is not CRASHED)
