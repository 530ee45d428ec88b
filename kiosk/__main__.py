"""``python -m kiosk``: also the entry point of the frozen bundle."""

import sys


def main() -> int:
    """The command line, or the speech process of the frozen bundle, which has no other program to start."""
    if sys.argv[1:2] == ["--speech-worker"]:
        from accessibility.worker import main as speak

        return speak()
    from kiosk.cli import main as run

    return run()


if __name__ == "__main__":
    raise SystemExit(main())
