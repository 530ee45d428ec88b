"""What of a town's ``kiosk.toml`` can only be judged beside the design and the content: its colours, and the
life events that it chose. A mistake is told with its line, like any other of that file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Config, ConfigError, load_config

if TYPE_CHECKING:
    from accessibility.contrast import TooPale
    from kiosk.procedures import Pack


def load_town(file: Path | None) -> Config:
    """``file`` with colours that everyone can read, those it leaves out included. Raises ConfigError,
    FileUnreadable."""
    config = load_config(file)
    if file is None or not config.colours:
        return config
    from accessibility.contrast import check_brand, completed

    full = completed(config.colours)
    refused = check_brand(full)
    if refused:
        # Of two colours that do not go together, the one that the town has set and can change.
        said = min(refused, key=lambda one: (one.token not in config.colours, one.proposed is None))
        raise _too_pale(file, said, config)
    return replace(config, colours=full)


def _too_pale(file: Path, found: TooPale, config: Config) -> ConfigError:
    from kiosk.config.source import Source

    problem = (
        f"{found.token} {found.colour} beside {found.against} has a contrast of {found.ratio:.2f} in the"
        f" {found.theme} theme; {found.minimum:g} is needed"
    )
    nearest = f"the nearest that passes is {found.proposed}" if found.proposed else "none near it passes"
    token = found.token if found.token in config.colours else found.against
    return Source(file).error("colours", token, problem, f"{found.token}.{found.theme}: {nearest}")


def check_events(config: Config, file: Path | None, pack: Pack) -> None:
    """Whether the pack has every life event that the town chose. Raises ConfigError."""
    known = {name for head in pack.heads for name in (head.id, head.slug)}
    for name in config.events or ():
        if name.replace("/", ".") not in known and file is not None:
            from kiosk.config.source import Source

            allowed = ", ".join(head.slug for head in pack.heads)
            problem = f"the pack has no life event {name[:60]!r}"
            raise Source(file).error("kiosk", "events", problem, allowed)
