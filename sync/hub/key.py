"""The hub's receipt key: the one private key of the hub, 32 bytes in ``DATA/hub.key``."""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.errors import FileUnreadable
from kiosk.store.files import private_folder, write_whole


class HubKey:
    """Signs receipts, answers and device certificates."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public(self) -> bytes:
        """The public half, 32 bytes, listed in the trust file."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature. ``message`` carries its own domain tag."""
        return self._key.sign(message)


def make_hub_key(path: Path) -> HubKey:
    """The key in ``path``, made on the first call. Raises OSError, FileUnreadable."""
    if not path.exists():
        write_whole(path, secrets.token_bytes(32))
    return read_hub_key(path)


def read_hub_key(path: Path) -> HubKey:
    """Raises FileUnreadable."""
    try:
        return HubKey(path.read_bytes())
    except OSError as error:
        raise FileUnreadable(str(path), error.strerror or "unreadable") from error
    except ValueError as error:
        raise FileUnreadable(str(path), "not a hub key") from error


def adopt_hub_key(folder: Path, beside: Path) -> HubKey:
    """The hub's own key; on the first start the one ``tenant init`` laid in ``beside`` is copied."""
    own, given = private_folder(folder) / "hub.key", beside / "hub.key"
    if not own.exists() and given.exists():
        read_hub_key(given)
        write_whole(own, given.read_bytes())
    return make_hub_key(own)
