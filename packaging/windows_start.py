"""Says in a plain box what is wrong when the program cannot run where it was started. Windows only; no Qt yet."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

_TITLE = "学位申请预检 DegreeCheck"
_OLDEST_BUILD = 17763  # Windows 10 1809, below which Qt does not start
_IN_ZIP = (
    "程序还在压缩包里，不能直接运行。\n\n"
    "请先关闭这个窗口，右键点击压缩包，选择“全部解压缩”（全部提取），再打开解压出来的文件夹里的程序。\n\n"
    "The program is still inside its zip file. Right-click the zip, choose “Extract All…”, and start the program "
    "from the folder that this makes."
)
_INCOMPLETE = (
    "程序文件不完整：找不到“{missing}”。\n\n"
    "请把压缩包完整地重新解压一次，不要只拷贝其中的 exe 文件。若被安全软件隔离，请在安全软件中恢复。\n\n"
    "Files of the program are missing. Extract the whole zip again; the exe alone does not run."
)
_TOO_OLD = (
    "需要 64 位的 Windows 10（1809 或更新版本）或 Windows 11。这台电脑上的 Windows 太旧，程序无法运行。\n\n"
    "64-bit Windows 10 version 1809 or later is needed."
)
_NEEDED = ("text/zh.toml", "style/tokens.toml", "packs/cqust.toml")


def trouble(program: Path, resources: Path, temporary: Path, build: int) -> str:
    """The sentence to show, "" when all is well.

    ``program``: the running exe; ``resources``: where the program's data should be; ``temporary``: the folder for
    temporary files, into which Explorer unpacks a file that is opened inside a zip; ``build``: of Windows.
    """
    if build < _OLDEST_BUILD:
        return _TOO_OLD
    missing = [name for name in _NEEDED if not (resources / name).is_file()]
    if not missing:
        return ""
    return _IN_ZIP if _below(program, temporary) else _INCOMPLETE.format(missing=missing[0])


def explain_and_leave() -> None:
    """Show what is wrong, if anything is, and end the process."""
    if sys.platform != "win32":
        return
    import ctypes

    inside = Path(getattr(sys, "_MEIPASS", Path(__file__).parent))
    program = Path(sys.executable)
    resources = inside / "degreecheck" / "resources"
    sentence = trouble(program, resources, Path(tempfile.gettempdir()), sys.getwindowsversion().build)
    if sentence:
        ctypes.windll.user32.MessageBoxW(None, sentence, _TITLE, 0x30)
        sys.exit(3)


def _below(path: Path, folder: Path) -> bool:
    one, other = (os.path.normcase(os.path.realpath(each)) for each in (path, folder))
    return one == other or one.startswith(other + os.sep)
