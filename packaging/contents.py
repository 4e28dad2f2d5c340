"""What goes into the built program and what stays out. Used by degreecheck.spec and build.py."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MAC_IDENTIFIER = "io.github.degreecheck"

# Modules that libraries import where they can, and that this program never needs: among them all that speaks HTTP.
EXCLUDED_MODULES = [
    "certifi", "charset_normalizer", "idna", "requests", "ssl", "urllib3",
    "IPython", "PySide6.QtDBus", "PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtPrintSupport", "PySide6.QtQml",
    "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtTest", "_tkinter", "coverage", "doctest", "hypothesis", "lxml",
    "matplotlib", "mypy", "numpy.f2py", "onnxruntime.quantization", "onnxruntime.tools", "onnxruntime.transformers",
    "pandas", "pip", "pkg_resources", "pytest", "scipy", "setuptools", "tkinter", "torch",
    "dask", "distributed", "tornado",
    "unittest.mock", "wheel",
]  # fmt: skip

# Files, by what their path within the folder matches, that libraries bring and nobody uses.
_UNWANTED = re.compile(
    r"""
      Qt6?(Network|Qml|QmlModels|QmlMeta|QmlWorkerScript|Quick|VirtualKeyboard|Pdf|Sql|Test|Designer)\b
    | Qt(Network|Qml|Quick)\.(abi3\.so|pyd)
    | /plugins/(tls|networkinformation|generic|qmltooling|sqldrivers|egldeviceintegrations|printsupport)/
    | /plugins/platforms/(lib)?q(eglfs|linuxfb|minimalegl|minimal|vkkhrdisplay|vnc|direct2d)\b
    | /plugins/platformthemes/libqgtk3\b
    | (^|/)lib(gtk-3|gdk-3|gdk_pixbuf|atk|atk-bridge|atspi|pango|pangocairo|pangoft2|cairo|cairo-gobject)\b
    | (^|/)lib(epoxy|fribidi|thai|datrie|pixman-1|Xcomposite|Xcursor|Xdamage|Xinerama|Xrandr)\.so
    | /plugins/platforminputcontexts/.*virtualkeyboard
    | /plugins/imageformats/(lib)?q(pdf|tga|wbmp|icns|tiff|gif|webp)\b
    | /plugins/wayland-graphics-integration-server/
    | (^|/)libQt6(EglF[Ss]|WaylandCompositor|WaylandEglCompositor)\w*\.so
    | /translations/(?!qtbase_zh_CN)
    | (^|/)(opengl32sw|d3dcompiler_\d+|dxcompiler|dxil)\.dll$
    | (^|/)opencv_videoio_ffmpeg\w*\.dll$
    | /(tests?|testing)/(?!.*\.py[cd]?$)
    | onnxruntime/(datasets|quantization|tools|transformers|backend)/
    | rapidocr/inference_engine/pytorch/
    | \.(pyi|pxd|h|c|cpp|hpp|lib|a)$
    | (^|/)py\.typed$
    """,
    re.VERBOSE,
)


def wanted(path: str) -> bool:
    """Whether a file with this path within the built folder is needed."""
    return _UNWANTED.search(path.replace("\\", "/")) is None


def has_reader() -> bool:
    """Whether the environment that is built from has the reader of text in pictures."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def reader_modules() -> list[str]:
    """The modules of the reader that it imports by name, for the one engine that is shipped."""
    from PyInstaller.utils.hooks import collect_submodules

    engines = re.compile(r"\.(pytorch|paddle|tensorrt|openvino|mnn)\b|rapidocr\.cli$")
    return collect_submodules("rapidocr", filter=lambda name: not engines.search(name))


def version() -> str:
    """The program's version, read and not imported."""
    text = (ROOT / "src" / "degreecheck" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    assert found is not None
    return found[1]


def mac_info() -> dict[str, Any]:
    """What the application bundle on macOS says of itself."""
    return {
        "CFBundleDisplayName": "学位申请预检",
        "CFBundleDevelopmentRegion": "zh_CN",
        "CFBundleLocalizations": ["zh_CN", "en"],
        "LSMinimumSystemVersion": "14.0",
        "LSApplicationCategoryType": "public.app-category.education",
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "MIT",
    }


def windows_version_resource(program: str, description: str) -> str:
    """The text of a version resource, as PyInstaller reads it."""
    numbers = ([int(part) for part in re.findall(r"\d+", version())] + [0, 0, 0, 0])[:4]
    strings = {
        "CompanyName": "DegreeCheck",
        "FileDescription": description,
        "FileVersion": version(),
        "InternalName": program,
        "LegalCopyright": "MIT",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "学位申请预检 DegreeCheck",
        "ProductVersion": version(),
    }
    said = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={tuple(numbers)}, prodvers={tuple(numbers)}, mask=0x3f, flags=0x0, "
        "OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), kids=["
        f"StringFileInfo([StringTable('080404b0', [{said}])]), "
        "VarFileInfo([VarStruct('Translation', [2052, 1200])])])\n"
    )
