"""What is wrong with a window as it stands: read from its widgets and from what they draw, not from intent.

:func:`findings` gives one line a fault: kind, widget, its words, figures. Nothing here knows a screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from tests.ui.sweep.ink import Drawn, drawn_on
from ui.theme import MINIMUM_TARGET
from ui.widgets.frame import NavBar
from ui.widgets.keyboard import ScreenKeyboard
from ui.widgets.keys import Key, NumericPad
from ui.widgets.paged import PagedArea, Pager
from ui.widgets.picture import Crest
from ui.widgets.strip import Icon
from ui.widgets.surface import Bar, Card
from ui.widgets.tag import Tag
from ui.widgets.text import TextLabel
from ui.widgets.tiles import TileGroup

LEAST_TARGET = 44  # px, never under
KEY_MM, TARGET_MM = 12, 20
APART, KEYS_APART = 10, 6  # px between two targets (DESIGN-UI 11.1); keys of a keyboard where room is scarce
LEAST_PAGE, LEAST_OVER_KEYS = 200, 100
"""px of a list that must be seen at once, or nobody finds their way in it; less over a keyboard, which can be
closed."""
USUAL_ROWS = 4
_RTL = Qt.LayoutDirection.RightToLeft
_MUTE = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window)


def findings(window: QWidget) -> list[str]:
    """All faults of the window as it is now."""
    seen = Seen(window)
    found: list[str] = []
    for check in (
        clipped_texts,
        overlaps,
        out_of_place,
        unreachable,
        badly_named,
        small_targets,
        close_targets,
        wrong_order,
        scattered_order,
    ):
        found += check(seen)
    return found


class Seen:
    """The window's visible parts, and what they have drawn, in the window's coordinates.

    A list is seen whole: its content is measured where it would stand without its viewport.
    """

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.widgets = [widget for widget in window.findChildren(QWidget) if _shown(widget)]
        self.areas = [widget for widget in self.widgets if isinstance(widget, PagedArea)]
        self.controls = [widget for widget in self.widgets if isinstance(widget, QAbstractButton | QLineEdit)]
        self.texts = [widget for widget in self.widgets if isinstance(widget, TextLabel | Tag)]
        self.drawn: list[Drawn] = drawn_on(window, [area.content for area in self.areas])

    def box(self, widget: QWidget) -> QRect:
        """Where the widget is in the window."""
        return QRect(widget.mapTo(self.window, QPoint(0, 0)), widget.size())

    def area(self, widget: QWidget) -> PagedArea | None:
        """The list that the widget is in."""
        return next((area for area in self.areas if area.content.isAncestorOf(widget)), None)

    def lettering(self, widget: QWidget) -> list[str]:
        """The words that the widget itself shows."""
        return [drawn.text for drawn in self.drawn if drawn.on is widget and drawn.text.strip()]


def _shown(widget: QWidget) -> bool:
    if not widget.isVisible() or widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
        return False
    return widget.width() > 0 and widget.height() > 0


def what(widget: QWidget) -> str:
    """Kind and words of a widget, short."""
    words = widget.accessibleName()
    if not words and isinstance(widget, TextLabel):
        words = widget.text()
    words = " ".join(words.split())
    return f"{type(widget).__name__} «{words[:60]}»"


def _at(box: QRect) -> str:
    return f"{box.width()}x{box.height()} at {box.x()},{box.y()}"


# -- texts ---------------------------------------------------------------------------------------------------


def clipped_texts(seen: Seen) -> Iterator[str]:
    """No letter is drawn outside its widget, no word is cut in two, none is drawn too small."""
    for drawn in seen.drawn:
        about = f"{what(drawn.on)} shows «{drawn.text[:60]}»"
        over = drawn.over()
        if over > 1:
            yield f"clipped: {about}, {over:.0f} px outside its {drawn.on.width()}x{drawn.on.height()}"
        if drawn.cut:
            yield f"cut word: {about}, «{drawn.cut}» broken in {drawn.on.width()} px"
        if drawn.smallest < drawn.floor:
            yield f"small text: {about}, {drawn.smallest} px instead of {drawn.floor}"
    for widget in (*seen.texts, *seen.controls):
        if widget.hasHeightForWidth():
            needed = widget.heightForWidth(widget.width())
            if widget.height() < needed:
                yield f"too low: {what(widget)} is {widget.height()} px high and needs {needed}"


# -- places --------------------------------------------------------------------------------------------------


def overlaps(seen: Seen) -> Iterator[str]:
    """Two things that say something or can be touched are never on one another."""
    leaves = [*seen.controls, *seen.texts, *(w for w in seen.widgets if isinstance(w, Icon | Crest))]
    placed = [(leaf, seen.area(leaf), _boxed(seen, leaf)) for leaf in leaves]
    for (one, its_area, its), (other, area, box) in combinations(placed, 2):
        if its_area is not area or not its.intersects(box):
            continue
        if one.isAncestorOf(other) or other.isAncestorOf(one):
            continue
        both = its.intersected(box)
        if min(both.width(), both.height()) > 1:
            yield f"overlap: {what(one)} and {what(other)} share {both.width()}x{both.height()} px"


def _boxed(seen: Seen, widget: QWidget) -> QRect:
    box = seen.box(widget)
    if isinstance(widget, TextLabel):
        # A label is as wide as its column; only its words can be covered.
        words = [drawn.place() for drawn in seen.drawn if drawn.on is widget]
        if words:
            inside = words[0]
            for more in words[1:]:
                inside = inside.united(more)
            return inside.translated(box.topLeft())
    return box


def out_of_place(seen: Seen) -> Iterator[str]:
    """Nothing sticks out of the window, of its list sideways, or of its parent."""
    whole = seen.window.rect()
    for widget in seen.widgets:
        parent = widget.parentWidget()
        area = next((area for area in seen.areas if area.content is widget), None)
        if area is not None:
            if widget.width() > area.view.width():
                yield f"sideways: a list {widget.width()} px wide in {area.view.width()} px"
            continue
        if widget.isWindow() or parent is None:
            continue
        box = QRect(widget.pos(), widget.size())
        if not parent.rect().contains(box):
            yield f"outside: {what(widget)} {_at(box)} in {what(parent)} {parent.width()}x{parent.height()}"
        elif seen.area(widget) is None and not whole.contains(seen.box(widget)):
            yield f"off the window: {what(widget)} {_at(seen.box(widget))}"


def unreachable(seen: Seen) -> Iterator[str]:
    """With the two buttons of a list alone every control of it can be brought into sight whole."""
    for area in seen.areas:
        high, page = area.content.height(), area.view.height()
        if high <= page + 1:
            continue
        if not area.pager.isVisible():
            yield f"unreachable: a list of {high} px in {page} px has no pager"
            continue
        if page < (LEAST_OVER_KEYS if any(isinstance(one, Key) for one in seen.controls) else LEAST_PAGE):
            yield f"narrow: only {page} px of a list of {high} px are seen"
        stops = list(_stops(area))
        if stops[-1] + page < high:
            yield f"unreachable: the pager stops at {stops[-1]} of {high - page} px"
        for widget in seen.controls:
            if area.content.isAncestorOf(widget):
                top = widget.mapTo(area.content, QPoint(0, 0)).y()
                if not _ever_whole(stops, page, top, widget.height()):
                    yield f"never whole: {what(widget)} at {top} px of a list seen {page} px at a time"
        for drawn in seen.drawn:
            if area.content.isAncestorOf(drawn.on):
                top = drawn.on.mapTo(area.content, QPoint(0, 0)).y()
                for index, line in enumerate(drawn.lines):
                    if _ever_whole(stops, page, top + line.top(), line.height()):
                        continue
                    ink = drawn.ink(index)
                    if not _ever_whole(stops, page, top + ink.top(), ink.height()):
                        yield f"line never whole: {what(drawn.on)} shows «{drawn.text[:40]}» at {top} px"


def _ever_whole(stops: list[int], page: int, top: float, tall: float) -> bool:
    """Whether something in a list is whole on some page; what is taller than half a page is read in parts."""
    return tall > page // 2 or any(stop <= top and top + tall <= stop + page for stop in stops)


def _stops(area: PagedArea) -> Iterator[int]:
    """The offsets at which « Voir la suite » stops, from the top; the list is left where it was."""
    before = area.offset()
    area.drag_by(before)
    last = -1
    for _ in range(5000):
        if area.offset() == last:
            break
        last = area.offset()
        yield last
        area.page_down()
    area.drag_by(area.offset() - before)


# -- names ---------------------------------------------------------------------------------------------------


def badly_named(seen: Seen) -> Iterator[str]:
    """Every control has a role and a name, and the name contains what is written on it (WCAG 2.5.3)."""
    for control in seen.controls:
        interface = QAccessible.queryAccessibleInterface(control)
        name = interface.text(QAccessible.Text.Name)
        if not name.strip():
            yield f"unnamed: {what(control)} {_at(seen.box(control))}"
        if interface.role() in _MUTE:
            yield f"no role: {what(control)}"
        if not control.isEnabled():
            yield f"disabled: {what(control)}"
        for words in seen.lettering(control):
            if isinstance(control, QAbstractButton) and _plain(words) not in _plain(name):
                yield f"label not in name: {what(control)} shows «{words}»"
    for widget in seen.widgets:
        interface = QAccessible.queryAccessibleInterface(widget)
        graphic = interface is not None and interface.role() == QAccessible.Role.Graphic
        if graphic and not interface.text(QAccessible.Text.Name).strip():
            yield f"picture without words: {what(widget)}"


def _plain(words: str) -> str:
    """Letters and digits only: a sign such as a comma is named in words."""
    return re.sub(r"[\W_]+", " ", words).strip().casefold()


# -- targets -------------------------------------------------------------------------------------------------


def small_targets(seen: Seen) -> Iterator[str]:
    """20 mm for a finger, 12 mm for a key of a keyboard; 44 px never under."""
    for control in seen.controls:
        box = seen.box(_target(control))
        side = min(box.width(), box.height())
        least = MINIMUM_TARGET
        if isinstance(control, Key):
            least = LEAST_TARGET if _crowded(control) else round(MINIMUM_TARGET * KEY_MM / TARGET_MM)
        if side < least:
            yield f"small target: {what(control)} {box.width()}x{box.height()} instead of {least}"


def _crowded(key: Key) -> bool:
    """Whether the rows of accents stand over the letters: they come and go at a touch."""
    board = key.parentWidget()
    return isinstance(board, ScreenKeyboard) and board.row_count() > USUAL_ROWS


def _target(control: QWidget) -> QWidget:
    """What takes the touch: inside a text field the whole card of the field does."""
    holder = control.parentWidget()
    return holder if isinstance(control, QLineEdit) and isinstance(holder, Card) else control


def close_targets(seen: Seen) -> Iterator[str]:
    """10 px between two targets, unless they are the parts of one card."""
    placed = [(control, seen.area(control), seen.box(control)) for control in seen.controls]
    for (one, its_area, its), (other, area, box) in combinations(placed, 2):
        if its_area is not area or (_whole(one) is not None and _whole(one) is _whole(other)):
            continue
        gap = _gap(its, box)
        apart = KEYS_APART if isinstance(one, Key) and isinstance(other, Key) else APART
        if 0 <= gap < apart:
            yield f"too close: {what(one)} and {what(other)}, {gap} px apart"


def _whole(control: QWidget) -> QWidget | None:
    """What the control is a part of: a card and its listen zone, « Non » and « Oui » of one row."""
    parent = control.parentWidget()
    return parent if isinstance(parent, Card | TileGroup) else None


def _gap(one: QRect, other: QRect) -> int:
    """Pixels between two boxes that lie side by side or over each other; -1 when they touch nowhere near."""
    across = max(one.left(), other.left()) - min(one.right(), other.right()) - 1
    down = max(one.top(), other.top()) - min(one.bottom(), other.bottom()) - 1
    if across < 0 and down < 0:
        return -1  # an overlap is told as such
    return max(across, down)


# -- order ---------------------------------------------------------------------------------------------------


def wrong_order(seen: Seen) -> Iterator[str]:
    """The focus goes through a page as one reads it: along a row from its beginning, then down."""
    for inside in (*(area.content for area in seen.areas), *_bars(seen)):
        for one, other in pairwise(_focus_order(inside)):
            its, box = seen.box(one), seen.box(other)
            beside = min(its.bottom(), box.bottom()) - max(its.top(), box.top())
            under = min(its.right(), box.right()) - max(its.left(), box.left())
            # Keys keep their places in every language, and their order with them.
            keys = isinstance(one.parentWidget(), NumericPad | ScreenKeyboard)
            mirrored = _rtl(inside) and not (keys and one.parentWidget() is other.parentWidget())
            backward = its.right() < box.left() if mirrored else box.right() < its.left()
            if beside > min(its.height(), box.height()) // 2 and backward:
                yield f"order: the focus goes back along the row from {what(one)} to {what(other)}"
            elif under > 0 and box.bottom() < its.top():
                yield f"order: the focus goes up from {what(one)} to {what(other)}"


def scattered_order(seen: Seen) -> Iterator[str]:
    """Tab goes through the list, then through each bar, and comes to none of them twice."""
    places: list[QWidget] = []
    names: list[QWidget] = []
    for control in _focus_order(seen.window):
        area = seen.area(control)
        place = area.content if area is not None else _bar(control)
        if not places or places[-1] is not place:
            places.append(place)
            names.append(control)
    if len(places) > 1 and places[0] is places[-1]:
        places.pop()  # the walk goes round: it began in the middle
    for index, place in enumerate(places):
        if any(before is place for before in places[:index]):
            yield f"order: the focus comes back to {type(place).__name__} at {what(names[index])}"


def _bar(control: QWidget) -> QWidget:
    parent = control.parentWidget()
    while parent.parentWidget() is not None and not isinstance(parent, Bar | Pager | ScreenKeyboard):
        parent = parent.parentWidget()
    return parent


def _rtl(widget: QWidget) -> bool:
    return widget.layoutDirection() == _RTL


def _bars(seen: Seen) -> Iterable[QWidget]:
    """Groups of controls outside the lists: the frame's bars, the pager."""
    parents = {id(c.parentWidget()): c.parentWidget() for c in seen.controls if seen.area(c) is None}
    # « Retour » and « Continuer » come first in their bar, whatever stands between them (DESIGN-UI 6).
    return [parent for parent in parents.values() if not isinstance(parent, Pager | NavBar)]


def _focus_order(inside: QWidget) -> list[QWidget]:
    """The controls of ``inside`` that Tab visits, as it visits them."""
    order: list[QWidget] = []
    at = inside.nextInFocusChain()
    while at is not inside and at is not None:
        stops = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if stops and _shown(at) and inside.isAncestorOf(at):
            order.append(at)
        at = at.nextInFocusChain()
    return order
