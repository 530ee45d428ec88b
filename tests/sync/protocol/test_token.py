"""The enrolment token: copied by hand, so every mistake must be seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.errors import TokenError
from sync.protocol.token import Token, new_token, parse_token

tokens = st.builds(Token, st.binary(min_size=16, max_size=16), st.binary(min_size=32, max_size=32))


@given(tokens)
def test_a_token_is_read_back(token: Token) -> None:
    assert parse_token(f" {token.text}\n") == token


@given(tokens, st.integers(0, 71), st.characters(codec="ascii"))
def test_one_wrong_character_is_seen(token: Token, at: int, letter: str) -> None:
    text = token.text[:at] + letter + token.text[at + 1 :]
    if text == token.text:
        return
    with pytest.raises(TokenError):
        parse_token(text)


@given(st.text(max_size=120) | st.text("kt1.AZaz09-_", min_size=60, max_size=80).map("kt1.".__add__))
def test_any_other_text_is_refused_without_surprise(text: str) -> None:
    with pytest.raises(TokenError):
        parse_token(text)


def test_the_secret_is_in_no_representation() -> None:
    token = new_token(b"h" * 32)
    assert repr(token.secret) not in repr(token)
    assert token.secret_sha256 != token.secret
