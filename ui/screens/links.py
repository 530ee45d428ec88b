"""The ways round a question side by side, above a keyboard that leaves little room (DESIGN-UI 4 e)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.screens.question import QuestionScreen
from ui.screens.screen import Look
from ui.views import Asking
from ui.widgets.button import SkipLink
from ui.widgets.link_row import LinkRow


class LinkedScreen(QuestionScreen):
    """« Je ne sais pas », « Pourquoi ? » and what else there is, in one row."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        self.links = LinkRow()

    def add_short_skip(self) -> None:
        """The way round the question, first of the links."""
        if self.question.unknown_allowed:
            self.skip = SkipLink(self.theme, self.text("question.unknown"))
            self.skip.clicked.connect(self.pressed_skip)
            self.links.add(self.skip)

    def add_links(self, *links: QWidget) -> None:
        """The ways round what is asked, side by side, and why we ask: a keyboard leaves little room."""
        self.add_short_skip()
        self.add_why()
        for link in (*links[:1], *self._why_link(), *links[1:]):
            self.links.add(link)
        beside = self.look.layout.two_panes(self.theme.scale) and self.column.count()
        (self.aside if beside else self.column).insertWidget(0 if beside else -1, self.links)

    def _why_link(self) -> list[QWidget]:
        """« Pourquoi ? » brings the panel, where that does not stand at the left anyway."""
        panel = self.why
        if panel is None or self.look.layout.two_panes(self.theme.scale):
            return []
        words = self.text("question.why.short")
        link = SkipLink(self.theme, words, icon="info-circle")
        link.set_words(words, name=f"{words} {self.text('question.why.open')}")
        panel.hide()
        panel.toggled.connect(lambda opened: self._show_why(link, opened))
        link.clicked.connect(panel.show)
        link.clicked.connect(panel.toggle)
        return [link]

    def _show_why(self, link: QWidget, opened: bool) -> None:
        if self.why is not None:
            self.why.setVisible(opened)
        link.setVisible(not opened)
        self.fit()

    def said_links(self) -> list[str]:
        """The links, for the voice."""
        links = self.links.findChildren(SkipLink)
        words = [link.words() for link in links if link.isVisibleTo(self)]
        return [text if text.endswith(("?", "؟")) else f"{text}." for text in words]
