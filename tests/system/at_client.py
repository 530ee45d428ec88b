#!/usr/bin/python3
"""What a person with assistive technology can see and do, for tests: one JSON command a line, one answer.

Runs under Debian's own Python, which has pyatspi; the kiosk and the tests stay in their environment and
meet this program on the accessibility bus. Commands, each with ``do``:

``attach`` (pid): look at this process from now on, once it is on the bus.
``tree``: every visible thing, in reading order.
``wait`` (name, seconds; gone): until something visible has, or nothing has any more, this name.
``title``: the first heading that is visible.
``focus``: the thing that has the focus, or null.
``press`` (name, role optional): the first visible control with this name, by its own action.
``keys`` (keys): real key presses, in X's names (``Tab``, ``Return``).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
import pyatspi  # noqa: E402  # needs the version above
from gi.repository import Atspi, GLib  # noqa: E402

STATES = ("FOCUSABLE", "FOCUSED", "CHECKED", "EDITABLE", "SHOWING", "ENABLED", "SENSITIVE")
PRESSES = ("press", "toggle", "click", "activate", "setfocus")
PAUSE_S = 0.03


def pump() -> None:
    """Let the bus deliver what it holds."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


def rest() -> None:
    """Wait a moment for the bus, without spinning."""
    loop = GLib.MainLoop()
    GLib.timeout_add(int(PAUSE_S * 1000), loop.quit)
    loop.run()


class Reader:
    """Looks at one application. A thing that vanishes while it is being read counts as not there."""

    def __init__(self) -> None:
        self.pid = 0

    def application(self):
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            try:
                found = desktop.get_child_at_index(index)
                if found is not None and found.get_process_id() == self.pid and found.get_child_count():
                    # The kiosk changes faster than the cache of a client that has no running loop.
                    found.set_cache_mask(Atspi.Cache.NONE)
                    return found
            except GLib.Error:
                continue
        return None

    def things(self):
        """Pairs of a visible accessible and its depth, depth first; hidden pages are left out."""
        application = self.application()
        if application is None:
            return
        waiting = [(application.get_child_at_index(i), 0) for i in range(application.get_child_count())]
        waiting.reverse()
        while waiting:
            thing, depth = waiting.pop()
            try:
                if thing is None or not thing.get_state_set().contains(Atspi.StateType.VISIBLE):
                    continue
                yield thing, depth
                count = thing.get_child_count()
                waiting += [(thing.get_child_at_index(i), depth + 1) for i in reversed(range(count))]
            except GLib.Error:
                continue

    def tree(self):
        described = []
        for thing, depth in self.things():
            try:
                described.append({**describe(thing), "depth": depth})
            except GLib.Error:
                continue
        return described

    def find(self, name, role=None):
        for thing, _depth in self.things():
            try:
                if thing.get_name() == name and role in (None, thing.get_role_name()):
                    return thing
            except GLib.Error:
                continue
        return None

    # -- commands -----------------------------------------------------------------------------------------

    def attach(self, pid, seconds):
        self.pid = pid
        return until(lambda: self.application() is not None, seconds)

    def wait(self, name, seconds, gone=False):
        return until(lambda: (self.find(name) is None) == gone, seconds)

    def focus(self):
        for thing, _depth in self.things():
            try:
                if thing.get_state_set().contains(Atspi.StateType.FOCUSED):
                    return describe(thing)
            except GLib.Error:
                continue
        return None

    def press(self, name, role=None):
        thing = next(
            (
                t
                for t, _ in self.things()
                if t.get_name() == name
                and role in (None, t.get_role_name())
                and t.get_action_iface() is not None
                and t.get_n_actions()
            ),
            None,
        )
        if thing is None:
            return False
        names = [thing.get_action_name(i).lower() for i in range(thing.get_n_actions())]
        best = min(range(len(names)), key=lambda i: PRESSES.index(names[i]) if names[i] in PRESSES else 9)
        return bool(thing.do_action(best))

    def title(self):
        for thing, _depth in self.things():
            try:
                if thing.get_role() == Atspi.Role.HEADING:
                    return thing.get_name()
            except GLib.Error:
                continue
        return ""

    def keys(self, keys):
        return subprocess.run(["xdotool", "key", "--delay", "20", *keys], check=False).returncode == 0


def describe(thing):
    states = thing.get_state_set()
    found = {
        "role": thing.get_role_name(),
        "name": thing.get_name() or "",
        "description": thing.get_description() or "",
        "states": [s.lower() for s in STATES if states.contains(getattr(pyatspi, f"STATE_{s}"))],
    }
    if "editable" in found["states"]:
        found["text"] = thing.get_text_iface().get_text(0, -1)
    return found


def until(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        rest()
    return True


def main() -> None:
    reader = Reader()
    for line in sys.stdin:
        command = json.loads(line)
        pump()
        try:
            answer = {"ok": getattr(reader, command.pop("do"))(**command)}
        except GLib.Error as error:
            answer = {"gone": error.message}
        print(json.dumps(answer), flush=True)


main()
