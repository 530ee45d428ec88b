"""``python -m kiosk``: also the entry point of the frozen bundle, which has no other program."""

import sys

from kiosk.cli import main


def _speak() -> int:
    from accessibility.worker import main

    return main()


if __name__ == "__main__":
    raise SystemExit(_speak() if sys.argv[1:2] == ["--speech-worker"] else main())
