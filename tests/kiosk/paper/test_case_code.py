"""The case code: what a person can misread, and what derives from it."""

from __future__ import annotations

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.paper import CaseCode, CaseCodeError, new_case_code, parse_case_code
from kiosk.paper.case_code import ALPHABET

bits = st.binary(min_size=16, max_size=16).map(CaseCode)

VECTOR = CaseCode(bytes(range(16)))


def test_a_code_reads_as_seven_groups_of_four() -> None:
    assert VECTOR.text == "0004-1061-050R-3GG2-8A1C-60T3-GF5E"


def test_derived_keys_stay_what_they_are() -> None:
    assert VECTOR.mailbox_id == "06b983af954298422e1d2020fd7511b2"
    assert VECTOR.reply_recipient == "age1q2qmj0rrxkxec7eulyhmmrxksqkslk0tadtztldf76e4lhygfvgqwmt7wz"
    assert (
        VECTOR.deletion_public_key.hex() == "1bbf068ea24b24b7e55c96f9c8d3084bf395701f820d45fea8039b8dfce95da1"
    )


def test_the_code_is_in_no_representation() -> None:
    assert "\\x0e" not in repr(VECTOR)


def test_two_codes_differ() -> None:
    assert new_case_code() != new_case_code()


@given(bits)
def test_what_is_printed_is_read_back(code: CaseCode) -> None:
    assert parse_case_code(code.text) == code
    assert parse_case_code(f"  {code.text.lower().replace('-', ' ')}\n") == code


@given(bits)
def test_letters_that_look_alike_are_forgiven(code: CaseCode) -> None:
    assert parse_case_code(code.text.replace("0", "O").replace("1", "l")) == code


@given(bits, st.integers(0, 27), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_seen(code: CaseCode, at: int, letter: str) -> None:
    letters = list(code.text.replace("-", ""))
    if letters[at] == letter:
        return
    letters[at] = letter
    with pytest.raises(CaseCodeError):
        parse_case_code("".join(letters))


@given(bits, st.integers(0, 26))
def test_two_swapped_characters_are_always_seen(code: CaseCode, at: int) -> None:
    letters = list(code.text.replace("-", ""))
    if letters[at] == letters[at + 1]:
        return
    letters[at], letters[at + 1] = letters[at + 1], letters[at]
    with pytest.raises(CaseCodeError):
        parse_case_code("".join(letters))


@given(st.text(max_size=300))
def test_any_other_text_is_refused_without_surprise(text: str) -> None:
    try:
        code = parse_case_code(text)
    except CaseCodeError:
        return
    assert parse_case_code(code.text) == code


@given(bits)
def test_the_reply_identity_opens_what_is_sealed_to_its_recipient(code: CaseCode) -> None:
    recipient = pyrage.x25519.Recipient.from_str(code.reply_recipient)
    identity = pyrage.x25519.Identity.from_str(code.reply_identity)
    assert pyrage.decrypt(pyrage.encrypt(b"reply", [recipient]), [identity]) == b"reply"
