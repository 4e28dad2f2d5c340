"""Finds a font with Chinese characters to draw sample papers with."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from degreecheck import paths

# Upright and common first; the first that is there is used.
WINDOWS_FONTS = ("msyh.ttc", "simhei.ttf", "simsun.ttc", "Deng.ttf", "simkai.ttf")
LINUX_FONTS = (
    "truetype/wqy/wqy-microhei.ttc",
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "noto-cjk/NotoSansCJK-Regular.ttc",
    "google-noto-cjk/NotoSansCJK-Regular.ttc",
    "truetype/wqy/wqy-zenhei.ttc",
    "truetype/arphic/uming.ttc",
    "truetype/droid/DroidSansFallbackFull.ttf",
)
MAC_FONTS = ("PingFang.ttc", "Hiragino Sans GB.ttc", "STHeiti Light.ttc", "Supplemental/Songti.ttc")


class NoChineseFont(Exception):
    """No font with Chinese characters is installed. ``to_install`` names one for this system."""

    def __init__(self, to_install: str) -> None:
        super().__init__(f"no font with Chinese characters; install {to_install}")
        self.to_install = to_install


def candidates() -> list[Path]:
    """Where a font may lie, best first: one that came with the program, then the system's."""
    shipped = sorted((paths.resources() / "fonts").glob("*.[to]t[fc]"))
    home = Path.home()
    if sys.platform == "win32":
        places = [Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts"]
        if local := os.environ.get("LOCALAPPDATA"):  # fonts installed for one person only
            places.append(Path(local) / "Microsoft" / "Windows" / "Fonts")
        names = WINDOWS_FONTS
    elif sys.platform == "darwin":
        places = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
        names = MAC_FONTS
    else:
        places = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local" / "share" / "fonts"]
        names = LINUX_FONTS
    return [*shipped, *(place / name for name in names for place in places)]


def to_install() -> str:
    """The font to install on this system, by the name under which it is offered."""
    return {"win32": "Microsoft YaHei (msyh.ttc)", "darwin": "PingFang SC"}.get(sys.platform, "fonts-wqy-microhei")


@cache
def find_font() -> Path:
    """The font to draw with. Raises NoChineseFont."""
    for path in candidates():
        if path.is_file():
            return path
    raise NoChineseFont(to_install())
