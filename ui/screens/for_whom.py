"""« Pour vous, ou pour quelqu’un d’autre ? »: one touch, once in a visit. It changes no rule."""

from __future__ import annotations

from ui.screens.screen import Look, Nav, Screen
from ui.views import ForWhom
from ui.widgets.why import WhyPanel


class ForWhomScreen(Screen):
    """``acted("for_whom", other)``."""

    def __init__(self, look: Look, view: ForWhom) -> None:
        super().__init__(look)
        self.add_title(self.text("whom.title"), self.text("whom.lead"))
        for other, key, icon in ((False, "whom.me", "user"), (True, "whom.other", "users")):
            title, sub = self.text(key), self.text(f"{key}.sub")
            chosen = view.for_other is other
            card = self.action(
                title,
                sub,
                "for_whom",
                other,
                icon="check" if chosen else icon,
                border="brand" if chosen else "line",
                tile=104,
                picture=64,
                least=164,
            )
            self.column.addWidget(card)
        self.aside.addWidget(
            WhyPanel(
                look.theme,
                self.text("question.why"),
                self.text("question.why.open"),
                self.text("question.why.close"),
                [("bulb", self.text("whom.why")), ("lock", self.text("question.data"))],
            )
        )
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), None)
