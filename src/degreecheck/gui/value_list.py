"""Everything that is typed and uploaded on the portal, in its order, each value with a copy button (M6-M24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.disclosure import empty
from degreecheck.gui.exporting import Exporting
from degreecheck.gui.parts import label, push_button
from degreecheck.gui.printing import open_outside
from degreecheck.gui.value_rows import NAME_WIDTH, ValueRow
from degreecheck.privacy import mask_number

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.output.portal_values import PortalSection, PortalUpload
    from degreecheck.text import Texts

_ID_NUMBER = "personal.id_number"
# What tells who somebody is, or reaches them: copies of it stay out of clipboard histories.
_SENSITIVE = ("personal.", "language.certificate_number", "thesis.advisor_contacts.")


class ValueList(QWidget):
    """The values and uploads. Rows are made anew only when other ones are asked for."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._known: tuple[object, ...] = ()
        self.rows: dict[str, ValueRow] = {}
        self.progress = label("", "caption")
        self._files_words = label("", "caption")
        self._files_button = push_button("", "link")
        self._files_button.clicked.connect(self._to_files)
        self._down = QVBoxLayout()
        self._down.setSpacing(theme.space(0.5))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.space(3), 0, 0, 0)
        whole.setSpacing(theme.space())
        files = QHBoxLayout()
        files.addWidget(self._files_words, 1)
        files.addWidget(self._files_button)
        whole.addWidget(self.progress)
        whole.addLayout(files)
        whole.addLayout(self._down)
        session.mask_changed.connect(self.refresh)
        Exporting.of(session).changed.connect(self._show_files)

    def refresh(self) -> None:
        """The form, its files or the mask have changed."""
        from degreecheck.output.portal_values import portal_sections

        session = self._session
        sections = portal_sections(session.form, session.pack, self._texts, self._uploads())
        known = tuple(
            (section.number, tuple((one.field, one.notes) for one in section.values), section.uploads)
            for section in sections
        )
        if known != self._known:
            self._known = known
            self._build(sections)
        for section in sections:
            for one in section.values:
                hidden = one.field == _ID_NUMBER and session.masked and one.value
                self.rows[one.field].set_value(one.value, mask_number(one.value) if hidden else None)
        self._count()
        self._show_files()

    def _uploads(self) -> dict[str, list[str]]:
        """Each slot's files under the names that an export gives them."""
        from degreecheck.bundle_layout import PAYLOAD
        from degreecheck.output.bundle_plan import plan

        found: dict[str, list[str]] = {}
        for upload in plan(self._session.case, self._session.path, self._session.path / PAYLOAD).uploads:
            found.setdefault(upload.slot, []).append(upload.name.rpartition("/")[2])
        return found

    def _build(self, sections: tuple[PortalSection, ...]) -> None:
        empty(self._down)
        self.rows = {}
        for section in sections:
            if not section.values and not section.uploads:
                continue
            head = label(f"{section.number}　{section.title}", "heading")
            head.setContentsMargins(0, theme.space(1.5), 0, 0)
            self._down.addWidget(head)
            for one in section.values:
                notes = list(one.notes)
                if one.entry == "recognised" and not notes:
                    notes = [self._texts.get("copy_sheet.recognised")]
                row = ValueRow(one.label, self._texts, notes=notes, sensitive=one.field.startswith(_SENSITIVE))
                row.copied.connect(self._count)
                self.rows[one.field] = row
                self._down.addWidget(row)
            for upload in section.uploads:
                self._down.addWidget(self._upload_row(upload))

    def _upload_row(self, upload: PortalUpload) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, theme.space(0.5), 0, theme.space(0.5))
        across.setSpacing(theme.space())
        name = label(upload.label, "muted")
        name.setFixedWidth(NAME_WIDTH)
        across.addWidget(name)
        across.addWidget(label("\n".join(upload.files), selectable=True), 1)
        row.setAccessibleName(f"{self._texts.get('copy_sheet.upload')} {upload.label}: {' '.join(upload.files)}")
        return row

    def _count(self) -> None:
        rows = [row for row in self.rows.values() if row.value]
        done = sum(row.done for row in rows)
        self.progress.setText(self._texts.get("copy_sheet.progress", done=done, total=len(rows)))

    def _show_files(self) -> None:
        exported = Exporting.of(self._session).exported
        kind = "exported" if exported is not None else "not_exported"
        self._files_words.setText(self._texts.get(f"ui.values.{kind}"))
        self._files_button.setText(self._texts.get(f"ui.values.{kind}_act"))

    def _to_files(self) -> None:
        from degreecheck.bundle_layout import PAYLOAD, UPLOADS

        exported = Exporting.of(self._session).exported
        if exported is None:
            self._session.go_to_page("export")
        elif not open_outside(exported.folder / PAYLOAD / UPLOADS):
            self._session.told.emit(self._texts.get("ui.export.cannot_open", path=str(exported.folder)))
