"""How a cell of the desk's table is drawn: a mark, a number or words. By hand: Qt's own way is far slower."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from degreecheck.gui import icons, theme
from degreecheck.gui.desk.rows import MARKS, SECTIONS, Row
from degreecheck.gui.desk.table_model import COLUMNS, DeskModel

_MARK = 16
_PAD = 8
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
_VERDICT_COLOURS = {"error": "error", "question": "warning", "ok": "ok", "todo": "text_muted", "off": "text_muted"}


class CellDelegate(QStyledItemDelegate):
    """Draws every cell of a DeskModel."""

    def __init__(self, model: DeskModel, view: QTableView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, mark, words, and the ring around the cell that has the keyboard's focus."""
        look = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row, column = self._model.row_at(index.row()), COLUMNS[index.column()]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.colour("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("surface_hover"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if row.stale:
            painter.setOpacity(0.55)
        if column in SECTIONS:
            self._section(painter, rect, row, column, selected=selected)
        else:
            self._words(painter, rect, row, column, selected=selected)
        painter.setOpacity(1.0)
        if index == self._view.currentIndex() and theme.by_keyboard(self._view):
            painter.setPen(look.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Rows are all of one height, which the view sets."""
        return QSize(40, 32)

    def _section(self, painter: QPainter, rect: QRect, row: Row, column: str, *, selected: bool) -> None:
        cell = row.cells.get(column)  # type: ignore[call-overload]
        if cell is None:
            return
        words = str(cell.count) if cell.count > 1 else ""
        width = _MARK + (painter.fontMetrics().horizontalAdvance(words) + 3 if words else 0)
        left = rect.center().x() - width // 2
        self._mark(painter, left, rect, cell.mark, quiet=cell.mark == "ok", selected=selected)
        if words:
            self._pen(painter, _VERDICT_COLOURS[cell.mark], selected=selected)
            painter.drawText(rect.adjusted(left - rect.left() + _MARK + 3, 0, 0, 0), _LEFT, words)

    def _words(self, painter: QPainter, rect: QRect, row: Row, column: str, *, selected: bool) -> None:
        text = self._model.text(row, column)
        if column == "verdict":
            mark = MARKS[row.verdict]
            self._mark(painter, rect.left() + _PAD, rect, mark)
            self._pen(painter, _VERDICT_COLOURS[mark], selected=selected)
            self._cut(painter, rect.adjusted(_PAD + _MARK + 6, 0, -4, 0), text)
            return
        if not text:
            return
        colours = {"tail": "text_muted", "folder": "text_muted", "errors": "error", "warnings": "warning"}
        self._pen(painter, colours.get(column, "text"), selected=selected)
        if column in ("errors", "warnings", "changes"):
            painter.drawText(rect, _CENTRE, text)
            return
        middle = Qt.TextElideMode.ElideMiddle if column == "folder" else Qt.TextElideMode.ElideRight
        self._cut(painter, rect.adjusted(_PAD, 0, -_PAD // 2, 0), text, middle)

    def _mark(self, painter: QPainter, left: int, rect: QRect, mark: str, *, quiet: bool = False, selected: bool = False) -> None:
        name, colour = icons.STATES[mark]
        if quiet:
            name, colour = "check", "text_muted" if selected else "text_disabled"
        picture = icons.pixmap(name, _MARK, colour, self._view.devicePixelRatioF())
        painter.drawPixmap(left, rect.top() + (rect.height() - _MARK) // 2, picture)

    @staticmethod
    def _pen(painter: QPainter, token: str, *, selected: bool) -> None:
        painter.setPen(theme.current().colour("selection_text" if selected else token))

    @staticmethod
    def _cut(painter: QPainter, rect: QRect, text: str, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        painter.drawText(rect, _LEFT, painter.fontMetrics().elidedText(text, mode, rect.width()))
