"""What every test needs: no screen, compiled sentences, nothing written outside a test's own folder."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("KIOSK_DATA", None)
os.environ.pop("KIOSK_CONFIG", None)


def pytest_configure() -> None:
    from hypothesis import settings

    # A shared machine of two cores: the time of one example says nothing.
    settings.register_profile("kiosk", deadline=None)
    settings.load_profile("kiosk")

    from kiosk.catalogues import compile_all

    compile_all()
