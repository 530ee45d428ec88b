"""The staff's page: a code first, then the state of the kiosk, restart and end."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk.staff import LONGEST
from ui import views
from ui.screens.covers import Cover
from ui.screens.screen import Look, Nav, Screen
from ui.views import Door
from ui.widgets.field import DigitBox
from ui.widgets.keys import NumericPad
from ui.widgets.status import StatusCard
from ui.widgets.why import Notice


class StaffScreen(Cover):
    """``acted("staff_code", digits)``, ``acted("staff_leave", again)``. The digits are dots on the screen and
    are never read aloud."""

    def __init__(self, look: Look, view: views.Staff) -> None:
        super().__init__(look)
        self.view = view
        self.box: DigitBox | None = None
        if view.door is Door.OPEN:
            self.add_title(self.text("staff.title"))
            self._add_ways_out()
            self._add_state(view)
        else:
            self.add_title(self.text("staff.title"), self.text("staff.code"))
            self._add_code()
        self.finish()
        self._tell_door(view)

    def _tell_door(self, view: views.Staff) -> None:
        if view.door is Door.CHECKING:
            self.tell(self.text("staff.checking"))
        elif view.door is Door.WRONG and not view.wait_s:
            self.tell(self.text("staff.wrong"))
        elif view.door in (Door.WRONG, Door.WAIT):
            self.tell(self.words.count("staff.wait", view.wait_s))

    def _add_code(self) -> None:
        self.box = DigitBox(self.theme, self.text("staff.code"), LONGEST)
        self.box.setEchoMode(QLineEdit.EchoMode.Password)
        self.entry.addWidget(self.box)
        pad = NumericPad(self.theme, self.text("number.erase"))
        pad.target = self.box
        self.column.addWidget(pad)

    def _add_ways_out(self) -> None:
        for again, key, icon in ((True, "staff.restart", "history"), (False, "staff.quit", "door-exit")):
            title, sub = self.text(key), self.text(f"{key}.sub")
            self.column.addWidget(self.action(title, sub, "staff_leave", again, icon=icon))

    def _add_state(self, view: views.Staff) -> None:
        if view.parts is None:
            self._line(Notice(self.theme, "hourglass", self.text("staff.state.busy")))
            self.say(self.text("staff.state.busy"))
        elif not view.known:
            self._line(StatusCard(self.theme, "caution", self.text("staff.state.unknown")))
            self.say(self.text("staff.state.unknown"))
        for part in view.parts or ():
            self.say(part.says, part.do)
            if part.works:
                self._line(Notice(self.theme, "check", part.says))
            else:
                self._line(StatusCard(self.theme, "caution", part.says, part.do))

    def _line(self, widget: QWidget) -> None:
        self.column.addWidget(widget)

    def nav(self) -> Nav | None:
        close = self.text("staff.close")
        return Nav(close, None if self.view.door is Door.OPEN else self.text("staff.enter"), back_icon="x")

    def same_page(self, new: Screen) -> bool:
        return isinstance(new, StaffScreen) and new.view.door is self.view.door

    def first_focus(self) -> QWidget | None:
        return self.heading

    def back(self) -> bool:
        self.acted.emit("go_on", None)
        return True

    def forward(self) -> None:
        if self.box is not None and self.box.text():
            self.acted.emit("staff_code", self.box.text())
        else:
            self.complain(self.text("staff.missing"), self.box)
