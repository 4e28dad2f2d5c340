"""Copying to the clipboard; what identifies a person stays out of clipboard histories and of the cloud."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QStringListModel
from PySide6.QtGui import QGuiApplication

# Qt's Windows plug-in hands formats of this shape to the clipboard under their bare name; elsewhere nobody reads them.
_WINDOWS_FORMAT = 'application/x-qt-windows-mime;value="{}"'
_NO = QByteArray(b"\0\0\0\0")  # a DWORD 0, as Windows' clipboard documentation asks
# Windows: "Cloud Clipboard and Clipboard History Formats". Of the first one only its being there matters.
WINDOWS_FORMATS = (
    "ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard",
)  # fmt: skip
KDE_FORMAT = "x-kde-passwordManagerHint"  # Klipper keeps nothing that is marked so


def mime_data(text: str, *, sensitive: bool = False) -> QMimeData:
    """The text as the clipboard takes it; ``sensitive`` adds the marks that keep it out of histories."""
    data = _empty()
    data.setText(text)
    if sensitive:
        for name in WINDOWS_FORMATS:
            data.setData(_WINDOWS_FORMAT.format(name), _NO)
        data.setData(KDE_FORMAT, QByteArray(b"secret"))
    return data


def _empty() -> QMimeData:
    # Not QMimeData(): one that Python has made crashes the process at its end when it is still on the clipboard
    # (PySide6 6.11). One that Qt has made, for whatever model, does not.
    model = QStringListModel([""])
    data: QMimeData = model.mimeData([model.index(0)])
    for name in data.formats():
        data.removeFormat(name)
    return data


def copy(text: str, *, sensitive: bool = False) -> None:
    """Put the text on the clipboard."""
    QGuiApplication.clipboard().setMimeData(mime_data(text, sensitive=sensitive))
