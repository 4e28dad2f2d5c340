"""What holds other things: a card, a row that wraps, a page with nothing on it yet."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QLayoutItem, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from degreecheck.gui import icons
from degreecheck.gui.parts.buttons import push_button
from degreecheck.gui.parts.labels import label
from degreecheck.gui.theme import restyle, space


class Card(QFrame):
    """A raised surface, for what can be picked up: a slot, the photo. Its ``state`` colours its edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)

    def set_state(self, state: str) -> None:
        """ "error", "warning", or "" for none."""
        restyle(self, state=state)

    def set_drop(self, welcome: bool) -> None:
        """Show that what is dragged over it may be dropped."""
        restyle(self, drop=welcome)


class FlowLayout(QLayout):
    """Items in rows from left to right; a row that is full goes on in the next."""

    def __init__(self, parent: QWidget | None = None, gap: int | None = None) -> None:
        """``gap`` between items and rows in logical pixels; one step of the grid unless stated."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = space() if gap is None else gap
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  (Qt's name)
        """Append an item."""
        self._items.append(item)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Put a widget at a place in the row."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  (Qt's name)
        """The item at an index, None after the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  (Qt's name)
        """Remove an item, None after the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802  (Qt's name)
        """It asks for no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  (Qt's name)
        """Its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  (Qt's name)
        """The height of all rows at a width, in logical pixels."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  (Qt's name)
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """All in one row."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(len(hints) - 1, 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802  (Qt's name)
        """The largest single item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, area: QRect, *, move: bool) -> int:
        x, y, row = area.x(), area.y(), 0
        for item in self._shown():
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(area.width(), item.minimumSize().width())))
            if x > area.x() and x + size.width() > area.x() + area.width():
                x, y, row = area.x(), y + row + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            row = max(row, size.height())
        return y + row - area.y()


class _Picture(QWidget):
    """An icon, drawn large."""

    def __init__(self, name: str, colour_token: str, side: int) -> None:
        super().__init__()
        self._name = name
        self._colour_token = colour_token
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        icons.paint(QPainter(self), self.rect().toRectF(), self._name, self._colour_token)


class EmptyState(QWidget):
    """What stands where nothing is yet: an icon, one sentence, and the next thing to do."""

    acted = Signal()

    def __init__(
        self, icon_name: str, text: str, action: str = "", hint: str = "", *, colour_token: str = "text_muted"
    ) -> None:
        """``action``: the words of the button, none without; ``hint``: a smaller second line."""
        super().__init__()
        self.button: QPushButton | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(space(3), space(4), space(3), space(4))
        column.setSpacing(space(1.5))
        column.addStretch()
        column.addWidget(_Picture(icon_name, colour_token, space(5)), alignment=Qt.AlignmentFlag.AlignHCenter)
        self.text = label(text, "body")
        self.hint = label(hint, "caption")
        for line in (self.text, self.hint):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            column.addWidget(line)
        self.hint.setVisible(bool(hint))
        if action:
            self.button = push_button(action)
            self.button.clicked.connect(self.acted)
            column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
