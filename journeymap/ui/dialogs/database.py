"""A database as a source: where it is, who asks, which of its tables; then the import dialog, as for a file.

The password goes to the database and, where a person wants it, into the system's keyring; nowhere else.
"""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from journeymap.data import Source
from journeymap.data.address import IN_A_FILE, KINDS, Address, apart, is_address
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.ui import theme
from journeymap.ui.controls.buttons import Pill, Switch
from journeymap.ui.controls.fields import ChoiceField, ProseField, TextField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.dialogs.work import Cancelled, Progress, Work


class DatabaseDialog(QDialog):
    """`chosen(Address, Source)` with what is to be read. `last` is the address that was asked before."""

    chosen = Signal(object, object)
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None, last: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("From a database"))
        self.setAccessibleName(self.windowTitle())
        self.resize(860, 600)
        self._options: tuple[tuple[str, str], ...] = ()
        self._address: Address | None = None
        self._work = Work(self)
        self._work.done.connect(self._listed)
        self._work.failed.connect(self._refused)
        self._lay_out()
        self._show_kind("postgresql")
        if last:
            self._take(last)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.look.click)

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Words(_("From a database"), self, size=19, weight=600))
        promise = _("The counting is done over there. Only counts, the different texts of the columns you choose and a thousand rows to look at come here; nothing is written.")  # fmt: skip
        column.addWidget(Words(promise, self, tint="text2", wrap=True))
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addLayout(self._form(), 1)
        body.addLayout(self._what(), 1)
        column.addLayout(body, 1)
        self.message = Message(self)
        column.addWidget(self.message)
        foot = QHBoxLayout()
        cancel = Pill(_("Cancel"), self, height=32)
        cancel.clicked.connect(self.close)
        self.look = Pill(_("Look at the rows"), self, tone="primary", height=32, weight=600)
        self.look.clicked.connect(self._choose)
        self.look.setEnabled(False)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.look)
        column.addLayout(foot)

    def _form(self) -> QVBoxLayout:
        """Where it is, and who asks."""
        self.kind = ChoiceField(_("Kind"), self)
        self.kind.chosen.connect(self._show_kind)
        self.host = TextField(_("Host"), self, prompt=_("host or host:port, or paste an address"), flat=False)
        self.database = TextField(_("Database"), self, flat=False)
        self.user = TextField(_("User"), self, flat=False)
        self.password = QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Password"))
        self.password.setPlaceholderText(_("empty: the one in the keyring"))
        self.file = Pill(_("Choose the file…"), self, height=32)
        self.file.clicked.connect(self._ask_file)
        self.keep = Switch(_("Keep the password in the system’s keyring"), self)
        self._kept = Words(_("Keep it in the system’s keyring"), self, tint="text2")
        self.connect_ = Pill(_("Connect"), self, height=32, weight=600)
        self.connect_.clicked.connect(self.ask)
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        self._rows: list[tuple[QWidget, QWidget]] = []
        for number, field in enumerate((self.kind, self.host, self.database, self.user, self.password)):
            label = Words(field.accessibleName(), self, tint="text2")
            grid.addWidget(label, number, 0)
            grid.addWidget(field, number, 1)
            self._rows.append((label, field))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.file, 3, 1, Qt.AlignmentFlag.AlignLeft)  # where a server has its user
        kept = QHBoxLayout()
        kept.setSpacing(8)
        kept.addWidget(self.keep)
        kept.addWidget(self._kept, 1)
        grid.addLayout(kept, 5, 1)
        grid.addWidget(self.connect_, 6, 1, Qt.AlignmentFlag.AlignLeft)
        for field in (self.host, self.database, self.user):
            field.textEdited.connect(self._changed)
            field.returnPressed.connect(self.ask)
        self.host.textChanged.connect(self._pasted)
        self.password.returnPressed.connect(self.ask)
        column = QVBoxLayout()
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def _what(self) -> QVBoxLayout:
        """Which table, or which query."""
        self.found = Words(_("Tables"), self, weight=600)
        self.tables = QListWidget(self)
        self.tables.setAccessibleName(_("Tables"))
        self.tables.setObjectName("picked")
        self.tables.itemSelectionChanged.connect(self._ready)
        self.tables.itemActivated.connect(self._choose)
        self.query = ProseField(_("Query"), self, prompt=_("or a query: select … from … where …"))
        self.query.setMaximumHeight(120)
        self.query.textChanged.connect(self._ready)
        column = QVBoxLayout()
        column.setSpacing(8)
        for widget in (self.found, self.tables, self.query):
            column.addWidget(widget)
        return column

    # ------------------------------------------------------------ where

    def _show_kind(self, kind: str) -> None:
        self.kind.show_options(list(KINDS.items()), kind)
        near = kind in IN_A_FILE
        for label, field in self._rows[1:2] + self._rows[3:]:
            label.setVisible(not near)
            field.setVisible(not near)
        for widget in (self.keep, self._kept):
            widget.setVisible(not near)
        self.file.setVisible(near)
        self.database.setPlaceholderText(_("path of the file") if near else "")
        self._changed()

    def _pasted(self, text: str) -> None:
        if is_address(text.strip()):
            self._take(text.strip())

    def _take(self, url: str) -> None:
        """Fills the fields from an address; a password in it goes to its field."""
        try:
            found, password = apart(url)
        except Failure as problem:
            self.host.clear()
            self.message.say(str(problem))
            return
        self._options = found.options
        self._show_kind(found.kind)
        self.host.setText(f"{found.host}:{found.port}" if found.port is not None else found.host)
        self.database.setText(found.database)
        self.user.setText(found.user)
        if password:
            self.password.setText(password)

    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Database"), "", f"{_('All files')} (*)")
        if path:
            self.database.setText(path)
            self.ask()

    def _changed(self, _text: str = "") -> None:
        self._address = None
        self.database.setToolTip(self.database.text())  # a long path does not fit
        self.found.setText(_("Tables"))
        self._prompt(_("They are listed here once you are connected."))
        self._ready()

    def _prompt(self, words: str) -> None:
        """What stands in the list in place of tables."""
        self.tables.clear()
        line = QListWidgetItem(words)
        line.setFlags(Qt.ItemFlag.NoItemFlags)
        line.setForeground(theme.colour("text3"))
        self.tables.addItem(line)

    def address(self) -> Address:
        """Where the fields point. Raises Failure."""
        host, colon, port = self.host.text().strip().rpartition(":")
        if not colon or not port.isdecimal():
            host, port = self.host.text().strip(), ""
        kind = self.kind.value() or "postgresql"
        near = kind in IN_A_FILE
        if near and not self.database.text().strip():
            raise Failure(_("Choose the file of the database."))
        found = Address(
            kind, "" if near else host, int(port) if port and not near else None, self.database.text().strip(),
            "" if near else self.user.text().strip(), self._options,
        )  # fmt: skip
        return found.knowing(self.password.text()) if self.password.text() and not near else found

    # ------------------------------------------------------------ asking

    def ask(self) -> None:
        """Connects, and lists the tables, in a thread."""
        try:
            wanted = self.address()
        except Failure as problem:
            self.message.say(str(problem))
            return
        self.message.say(_("Connecting to {database} …").format(database=wanted.name), "info")
        self.connect_.setEnabled(False)
        self._address = None
        self._work.start(partial(_looked, wanted, keep=self.keep.isChecked() and self.keep.isVisible()))

    def _listed(self, told: tuple[Address, list[str], str]) -> None:
        self._address, names, note = told
        self.connect_.setEnabled(True)
        self.message.say(note)
        self.tables.clear()
        self.tables.addItems(names)
        if not names:
            self._prompt(_("This database has no table that you may read."))
        self.found.setText(ngettext("{n} table", "{n} tables", len(names)).format(n=len(names)))
        self.asked.emit(self._address.url)
        if names:
            self.tables.setFocus()
        self._ready()

    def _refused(self, reason: str) -> None:
        self.connect_.setEnabled(True)
        self.message.say(reason)

    def _ready(self) -> None:
        self.look.setEnabled(self._address is not None and bool(self.source()))

    def source(self) -> Source | None:
        """What is to be read: the query where one is written, else the table that is chosen; None for nothing."""
        query = self.query.toPlainText().strip()
        if query:
            return Source(query=query)
        picked = self.tables.selectedItems()
        return Source(table=picked[0].text()) if picked else None

    def _choose(self, *_args: object) -> None:
        source = self.source()
        if self._address is None or source is None:
            return
        self.chosen.emit(self._address, source)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is being asked is not waited for; the password is forgotten."""
        self._work.stop()
        self.password.clear()
        super().closeEvent(event)


def _looked(
    wanted: Address, _progress: Progress, cancelled: Cancelled, *, keep: bool
) -> tuple[Address, list[str], str]:
    """The address, its tables, and what became of the password."""
    from journeymap.data.databases import passwords, tables

    names = tables(wanted, cancelled)
    note = ""
    if keep and wanted.secret is not None:
        if passwords.keep(wanted, wanted.secret.reveal()):
            wanted = replace(wanted, secret=None)
        else:
            note = _("This system has no keyring that would take the password; it is known until the window closes.")
    return wanted, names, note
