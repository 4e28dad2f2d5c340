"""What lies where in a bundle (design: the bundle). Other people's scripts look for these names: they never change.

The paths are relative to the payload folder ``data``, with forward slashes.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from degreecheck import paths

PAYLOAD = "data"
DECLARATION = "bagit.txt"  # by which a bag is known (RFC 8493, 2.1.1)

# Never 检查报告: it would be uploaded as the 查重报告.
REPORT_CARD = "00-预检报告.pdf"
COPY_SHEET = "01-填报单.html"
WORKBOOK = "02-申请信息.xlsx"
REPORT = "report.json"
UPLOADS = "上传材料"
PRINTS = "打印"
PHOTO_SHEET = f"{PRINTS}/照片排版.pdf"
BACK_LABEL = f"{PRINTS}/照片背面标签.pdf"
MAILING = f"{PRINTS}/邮寄地址.pdf"
DEGREE_EXAM_PDF = f"{PRINTS}/学位外语说明.pdf"
DEGREE_EXAM_JPEG = f"{PRINTS}/学位外语说明.jpg"

FOLDER_ENDING = "学位申请材料"
NOT_PASSED = "未通过预检"

_MADE_HERE = frozenset({REPORT_CARD, COPY_SHEET, WORKBOOK, REPORT, paths.FORM_NAME})


def is_generated(file: str) -> bool:
    """Whether a file of the payload was made by the export, so that it is nobody's material."""
    return file in _MADE_HERE or file.startswith(f"{PRINTS}/")


def bundle_of(path: Path) -> Path | None:
    """The bundle that a folder is, or whose payload it is; None for any other folder.

    Says nothing of whether it is complete: that is for `verify`.
    """
    with suppress(PermissionError):  # a folder that is closed to us is told when it is listed
        if (path / DECLARATION).is_file() and (path / PAYLOAD).is_dir():
            return path
        if path.name == PAYLOAD and (path.parent / DECLARATION).is_file() and path.is_dir():
            return path.parent
    return None
