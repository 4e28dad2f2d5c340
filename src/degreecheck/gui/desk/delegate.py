"""How a cell of the desk's table is drawn: a mark, a number or words. By hand: Qt's own way is far slower."""

from __future__ import annotations

import functools

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from degreecheck.gui import icons, theme
from degreecheck.gui.desk.rows import MARKS, SECTIONS, Row
from degreecheck.gui.desk.table_model import COLUMNS, DeskModel

_MARK = 16
_PAD = 8
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)
_SELECTED = QStyle.StateFlag.State_Selected.value
_UNDER_MOUSE = QStyle.StateFlag.State_MouseOver.value
_MARK_COLOURS = {"error": "error", "question": "warning", "ok": "ok", "todo": "text_muted", "off": "text_muted"}
_WORD_COLOURS = {"tail": "text_muted", "folder": "text_muted", "errors": "error", "warnings": "warning"}
_NUMBERS = frozenset({"errors", "warnings", "changes"})
_REMEMBERED = 20_000  # shortened texts


class CellDelegate(QStyledItemDelegate):
    """Draws every cell of a DeskModel. ``ring``: the line and column with the keyboard's focus, set by the view."""

    def __init__(self, model: DeskModel, view: QTableView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self.ring = (-1, -1)
        self.ratio = 1.0
        self._metrics = QFontMetrics(view.font())
        self._shortened: dict[tuple[str, int], str] = {}

    def begin(self) -> None:
        """Before a round of drawing."""
        metrics = QFontMetrics(self._view.font())
        if metrics != self._metrics or len(self._shortened) > _REMEMBERED:
            self._metrics = metrics
            self._shortened.clear()
        self.ratio = self._view.devicePixelRatioF()
        current = self._view.currentIndex()
        shows = current.isValid() and theme.by_keyboard(self._view)
        self.ring = (current.row(), current.column()) if shows else (-1, -1)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, mark, words, and the ring around the cell that has the keyboard's focus."""
        name = theme.current().name
        rect: QRect = option.rect  # type: ignore[attr-defined,unused-ignore]
        state: int = option.state.value  # type: ignore[attr-defined,unused-ignore]
        line, place = index.row(), index.column()
        row, column = self._model.row_at(line), COLUMNS[place]
        selected = bool(state & _SELECTED)
        if selected:
            painter.fillRect(rect, _colour("selection", name))
        elif state & _UNDER_MOUSE:
            painter.fillRect(rect, _colour("surface_hover", name))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, _colour("line", name))
        if row.stale:
            painter.setOpacity(0.55)
        if column in SECTIONS:
            self._section(painter, rect, row, column, selected=selected)
        else:
            self._words(painter, rect, row, column, selected=selected)
        if row.stale:
            painter.setOpacity(1.0)
        if (line, place) == self.ring:
            painter.setPen(_colour("focus", name))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Rows are all of one height, which the view sets."""
        return QSize(40, 32)

    def _section(self, painter: QPainter, rect: QRect, row: Row, column: str, *, selected: bool) -> None:
        cell = row.cells.get(column)  # type: ignore[call-overload]
        if cell is None:
            return
        middle = rect.x() + rect.width() // 2
        if cell.count <= 1:
            self._mark(painter, middle - _MARK // 2, rect, cell.mark, selected=selected)
            return
        words = str(cell.count)
        left = middle - (_MARK + 3 + self._metrics.horizontalAdvance(words)) // 2
        self._mark(painter, left, rect, cell.mark, selected=selected)
        self._pen(painter, _MARK_COLOURS[cell.mark], selected=selected)
        painter.drawText(rect.adjusted(left - rect.x() + _MARK + 3, 0, 0, 0), _LEFT, words)

    def _words(self, painter: QPainter, rect: QRect, row: Row, column: str, *, selected: bool) -> None:
        text = self._model.text(row, column)
        if not text:
            return
        if column == "verdict":
            mark = MARKS[row.verdict]
            self._mark(painter, rect.x() + _PAD, rect, mark, loud=True)
            self._pen(painter, _MARK_COLOURS[mark], selected=selected)
            self._cut(painter, rect.adjusted(_PAD + _MARK + 6, 0, -2, 0), text)
            return
        self._pen(painter, _WORD_COLOURS.get(column, "text"), selected=selected)
        if column in _NUMBERS:
            painter.drawText(rect, _CENTRE, text)
            return
        middle = Qt.TextElideMode.ElideMiddle if column == "folder" else Qt.TextElideMode.ElideRight
        self._cut(painter, rect.adjusted(_PAD, 0, -_PAD // 2, 0), text, middle)

    def _mark(
        self, painter: QPainter, left: int, rect: QRect, mark: str, *, loud: bool = False, selected: bool = False
    ) -> None:
        """A section in which all is well says so quietly: among hundreds the others have to be seen."""
        name, colour = icons.STATES[mark]
        if mark == "ok" and not loud:
            name, colour = "check", "text_muted" if selected else "text_disabled"
        painter.drawPixmap(left, rect.y() + (rect.height() - _MARK) // 2, icons.pixmap(name, _MARK, colour, self.ratio))

    @staticmethod
    def _pen(painter: QPainter, token: str, *, selected: bool) -> None:
        painter.setPen(_colour("selection_text" if selected else token, theme.current().name))

    def _cut(
        self, painter: QPainter, rect: QRect, text: str, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> None:
        key = (text, rect.width())
        shown = self._shortened.get(key)
        if shown is None:
            self._shortened[key] = shown = self._metrics.elidedText(text, mode, rect.width())
        painter.drawText(rect, _LEFT, shown)


@functools.cache
def _colour(token: str, name: theme.Name) -> QColor:
    return theme.load(name).colour(token)
