"""The case code: 128 random bits that a person can read, type and say. It names nobody.

Written as 28 characters of Crockford's base32 in groups of four: 26 for the bits (the first two of 130 are
zero) and two that check them. The check is the number modulo 1021, the largest prime below 32 x 32: one
wrong character or two swapped ones always change it.

Keys derive from the bits by HKDF-SHA256 (RFC 5869), each under its own label, so that one tells nothing of
the others: a mailbox id, an age identity for replies, an Ed25519 key that proves a wish to delete.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from kiosk.errors import KioskError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS, CHECK_LETTERS, GROUP = 26, 2, 4
_MODULUS = 1021
_SALT = b"life-event-kiosk/case/1"
_MISREAD = str.maketrans("OIL", "011")


@dataclass(eq=False)
class CaseCodeError(KioskError):
    """Not a case code; ``problem`` is ``characters``, ``length`` or ``check``."""

    code: ClassVar[str] = "case_code"
    problem: str


@dataclass(frozen=True)
class CaseCode:
    """The code of one case. ``bits`` are 16 bytes; they are the secret, and stay out of ``repr``."""

    bits: bytes = field(repr=False)

    @cached_property
    def text(self) -> str:
        """As printed: ``4A7K-…``, seven groups of four."""
        number = int.from_bytes(self.bits, "big")
        letters = _base32(number, LETTERS) + _base32(number % _MODULUS, CHECK_LETTERS)
        return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))

    @cached_property
    def mailbox_id(self) -> str:
        """Where replies wait: 32 hex digits. Whoever knows it can see that something waits, not what."""
        return self._derived(b"mailbox", 16).hex()

    @cached_property
    def reply_identity(self) -> str:
        """The age identity that opens replies: ``AGE-SECRET-KEY-1…``."""
        return _bech32("age-secret-key-", self._derived(b"reply", 32)).upper()

    @cached_property
    def reply_recipient(self) -> str:
        """The age recipient that replies are sealed to: ``age1…``."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        private = X25519PrivateKey.from_private_bytes(self._derived(b"reply", 32))
        return _bech32("age", private.public_key().public_bytes_raw())

    @cached_property
    def deletion_public_key(self) -> bytes:
        """The Ed25519 public key (32 bytes) whose signature asks for deletion."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.deletion_seed).public_key().public_bytes_raw()

    @cached_property
    def deletion_seed(self) -> bytes:
        """The private half of :attr:`deletion_public_key`, 32 bytes."""
        return self._derived(b"deletion", 32)

    def _derived(self, label: bytes, size: int) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(algorithm=SHA256(), length=size, salt=_SALT, info=label).derive(self.bits)


def new_case_code() -> CaseCode:
    """A code nobody else has: made at the start of a visit."""
    return CaseCode(secrets.token_bytes(16))


def parse_case_code(text: str) -> CaseCode:
    """Read what a person typed or a scanner sent; case, spaces, hyphens, O for 0, I and L for 1 are forgiven.

    Raises CaseCodeError.
    """
    if len(text) > 200:
        raise CaseCodeError("length")
    letters = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
    if any(letter not in ALPHABET for letter in letters):
        raise CaseCodeError("characters")
    if len(letters) != LETTERS + CHECK_LETTERS:
        raise CaseCodeError("length")
    number, check = _number(letters[:LETTERS]), _number(letters[LETTERS:])
    if number >> 128 or number % _MODULUS != check:
        raise CaseCodeError("check")
    return CaseCode(number.to_bytes(16, "big"))


def _base32(number: int, width: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(width)))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    return number


_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def _bech32(prefix: str, content: bytes) -> str:
    """BIP 173, as the age format uses it for its keys."""
    bits = int.from_bytes(content, "big") << -len(content) * 8 % 5
    width = -(-len(content) * 8 // 5)
    words = [bits >> 5 * place & 31 for place in reversed(range(width))]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _polymod([*expanded, *words, 0, 0, 0, 0, 0, 0]) ^ 1
    words += [check >> 5 * place & 31 for place in reversed(range(6))]
    return prefix + "1" + "".join(_BECH32[word] for word in words)


def _polymod(words: list[int]) -> int:
    check = 1
    for word in words:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> place & 1:
                check ^= generator
    return check
