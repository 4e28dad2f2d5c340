"""Two-digit province codes (GB/T 2260), with those of the residence permits for Hong Kong, Macao and Taiwan residents.

Only two digits, on purpose: tables of counties refuse real people, whose codes were abolished or renumbered after
they were born (measured on three libraries). No province was ever renumbered: a county abolished long ago keeps its
province's digits.
"""

from __future__ import annotations

from typing import Final

MAINLAND: Final = frozenset(
    str(code)
    for region in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in region
)
# 71: Taiwan in the standard; 81, 82, 83: Hong Kong, Macao, Taiwan residents with a residence permit.
KNOWN: Final = MAINLAND | {"71", "81", "82", "83"}
