"""The enrolment token: a single-use secret and the SHA-256 of the trust file, in one word to copy.

``kt1.`` and 68 characters of base64url: 16 bytes of secret, 32 of hash, 3 that catch a copying mistake.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass, field

from sync.protocol.errors import TokenError

PREFIX = "kt1."
SECRET, HASH, CHECK = 16, 32, 3


@dataclass(frozen=True)
class Token:
    """``secret`` (16 bytes) lets one device in; ``trust_sha256`` (32 bytes) says which trust file is true."""

    secret: bytes = field(repr=False)
    trust_sha256: bytes

    @property
    def text(self) -> str:
        content = self.secret + self.trust_sha256
        return PREFIX + base64.urlsafe_b64encode(content + _check(content)).decode()

    @property
    def secret_sha256(self) -> bytes:
        """What the hub keeps instead of the secret."""
        return hashlib.sha256(self.secret).digest()


def new_token(trust_sha256: bytes) -> Token:
    """A token nobody has seen."""
    return Token(secrets.token_bytes(SECRET), trust_sha256)


def parse_token(text: str) -> Token:
    """Read a token as copied. Raises TokenError."""
    text = text.strip()
    if not re.fullmatch(r"kt1\.[A-Za-z0-9_-]{68}", text):
        raise TokenError("a token is kt1. and 68 letters, digits, - or _")
    try:
        content = base64.urlsafe_b64decode(text[len(PREFIX) :])
    except binascii.Error as error:
        raise TokenError("its letters do not decode") from error
    if _check(content[:-CHECK]) != content[-CHECK:]:
        raise TokenError("a character is wrong or missing; copy it again")
    return Token(content[:SECRET], content[SECRET : SECRET + HASH])


def _check(content: bytes) -> bytes:
    return hashlib.sha256(b"life-event-kiosk/token/1" + content).digest()[:CHECK]
