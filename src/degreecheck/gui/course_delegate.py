"""How a cell of the course table is drawn and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from degreecheck.gui import icons, theme
from degreecheck.gui.course_model import LEFT_OUT_ROLE, STATE_ROLE
from degreecheck.gui.course_rows import KEYS, KINDS
from degreecheck.gui.editors import LONGEST_LINE

if TYPE_CHECKING:
    from degreecheck.text import Texts

Index = QModelIndex | QPersistentModelIndex

_MARK = 16  # logical pixels
_BOX = 18
_TINTS = {"error": "error_soft", "question": "warning_soft"}


class CellEditor(QLineEdit):
    """The text of one cell. What is pasted of several cells is handed on instead of being pressed into one."""

    table_pasted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_LINE)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Look at what is pasted first."""
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if "\t" in text.strip() or "\n" in text.strip():
                self.table_pasted.emit(text)
                return
        super().keyPressEvent(event)


class CourseDelegate(QStyledItemDelegate):
    """Draws marks beside what they speak of, and makes the editors."""

    table_pasted = Signal(str)

    def __init__(self, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts = texts

    # ---- drawing

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Mark, colours and where text is cut."""
        super().initStyleOption(option, index)
        shown: Any = option  # its fields are unknown to the stubs
        state = index.data(STATE_ROLE)
        if state:
            shown.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            shown.icon = icons.state_icon(state)
            shown.decorationSize = QSize(_MARK, _MARK)
            numeric = bool(shown.displayAlignment & Qt.AlignmentFlag.AlignRight)
            side = QStyleOptionViewItem.Position
            shown.decorationPosition = side.Left if numeric else side.Right
            shown.decorationAlignment = Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignLeft if numeric else Qt.AlignmentFlag.AlignRight
            )
        if (index.data(LEFT_OUT_ROLE) and state not in _TINTS) or (
            KEYS[index.column()] == "kind" and not index.data(Qt.ItemDataRole.EditRole)
        ):
            shown.palette.setColor(QPalette.ColorRole.Text, theme.current().colour("text_muted"))
        shown.textElideMode = Qt.TextElideMode.ElideRight

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A cell: what was found tints it, a line closes its row, the thesis's mark stands in the middle."""
        look = theme.current()
        area: QRect = option.rect
        tint = _TINTS.get(index.data(STATE_ROLE) or "")
        if tint:
            painter.fillRect(area, look.colour(tint))
        if KEYS[index.column()] == "is_thesis" and not index.data(Qt.ItemDataRole.DisplayRole):
            self._paint_ticked(painter, option, index)
        else:
            super().paint(painter, option, index)
        _line(painter, area, look.colour("line"))

    def _paint_ticked(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        shown: Any = whole
        ticked = shown.checkState
        shown.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        style = shown.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, shown.widget)
        box = QStyleOptionButton()
        drawn: Any = box
        drawn.rect = _box(shown.rect)
        drawn.palette = shown.palette
        drawn.state = QStyle.StateFlag.State_Enabled | (
            QStyle.StateFlag.State_On if ticked == Qt.CheckState.Checked else QStyle.StateFlag.State_Off
        )
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, shown.widget)

    # ---- editing

    def editorEvent(  # noqa: N802 (Qt's name)
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tick the thesis by a click on the box or by the space bar."""
        if KEYS[index.column()] != "is_thesis":
            return super().editorEvent(event, model, option, index)
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            near = _box(option.rect).adjusted(-6, -6, 6, 6)
            hit = near.contains(event.position().toPoint())
            if event.type() != QEvent.Type.MouseButtonRelease or not hit:
                return False
        elif not (isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)):
            return False
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        other = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        return model.setData(index, other, Qt.ItemDataRole.CheckStateRole)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A line of text, or the list of kinds."""
        key = KEYS[index.column()]
        name = self._texts.get(
            "ui.courses.editor", row=index.row() + 1, column=self._texts.get(f"ui.courses.column.{key}")
        )
        if key == "kind":
            choice = QComboBox(parent)
            for kind in KINDS:
                choice.addItem(self._texts.get(f"ui.courses.kind.{kind or 'plain'}"), kind or "")
            choice.view().setMinimumWidth(choice.view().sizeHintForColumn(0) + theme.space(4))
            choice.activated.connect(lambda: self._chosen(choice))
            choice.setAccessibleName(name)
            QTimer.singleShot(0, choice, choice.showPopup)
            return choice
        line = CellEditor(parent)
        line.setAccessibleName(name)
        if key == "score":
            line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.table_pasted.connect(lambda text: self._pasted(line, text))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Show what stands in the cell."""
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(value), 0))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setMaxLength(max(LONGEST_LINE, len(str(value))))  # a change must not cut what was there
            editor.setText(str(value or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Take over what was typed or chosen."""
        if isinstance(editor, QComboBox):
            if editor.property("chosen"):  # else what was set aside would go by merely looking
                model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:  # noqa: N802
        """The whole cell."""
        editor.setGeometry(option.rect)

    def _chosen(self, choice: QComboBox) -> None:
        choice.setProperty("chosen", True)
        self.commitData.emit(choice)
        self.closeEditor.emit(choice, QStyledItemDelegate.EndEditHint.NoHint)

    def _pasted(self, line: QLineEdit, text: str) -> None:
        self.closeEditor.emit(line, QStyledItemDelegate.EndEditHint.RevertModelCache)
        self.table_pasted.emit(text)


def _box(cell: QRect) -> QRect:
    return QRect(cell.center().x() - _BOX // 2 + 1, cell.center().y() - _BOX // 2 + 1, _BOX, _BOX)


def _line(painter: QPainter, cell: QRect, colour: QColor) -> None:
    painter.fillRect(cell.left(), cell.bottom(), cell.width(), 1, colour)
