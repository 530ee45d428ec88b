"""``python -m kiosk``: also the entry point of the frozen bundle."""

from kiosk.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
