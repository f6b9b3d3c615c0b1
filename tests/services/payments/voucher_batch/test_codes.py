"""Codes of vouchers: what somebody mistypes is told from a code, and no sign is likelier than another."""

from __future__ import annotations

from collections import Counter
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.voucher_batch.codes import (
    ALPHABET,
    BASE,
    FREE,
    LENGTH,
    drawn,
    printed,
    read_code,
    with_check_sign,
)

FREES = st.text(alphabet=ALPHABET, min_size=FREE, max_size=FREE)


@given(FREES)
def test_a_code_is_read_however_it_is_written(free: str) -> None:
    code = with_check_sign(free)
    for written in (code, printed(code), printed(code).lower(), f"  {code[:7]} {code[7:]}\n"):
        assert read_code(written) == code


@given(FREES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_found(free: str, place: int, sign: str) -> None:
    code = with_check_sign(free)
    wrong = code[:place] + sign + code[place + 1 :]
    assert read_code(wrong) == (code if wrong == code else None)


@given(FREES, st.tuples(st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1)))
def test_any_two_signs_that_changed_places_are_always_found(free: str, places: tuple[int, int]) -> None:
    signs = list(code := with_check_sign(free))
    one, other = places
    signs[one], signs[other] = signs[other], signs[one]
    swapped = "".join(signs)
    assert read_code(swapped) == (code if swapped == code else None)


@pytest.mark.parametrize("text", ["", "2345", "O" * LENGTH, "2" * (LENGTH + 1), "ÄÖÜ" * 6, "²³" * 8])
def test_what_can_be_no_code_is_none(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize("free", ["2" * (FREE - 1), "I" * FREE, "a" * FREE])
def test_a_code_is_made_of_its_alphabet_alone(free: str) -> None:
    with pytest.raises(ValueError, match=ALPHABET):
        with_check_sign(free)


def test_no_sign_is_drawn_more_often_than_another() -> None:
    """Each number from 0 to 255 once, 29 times: what is above the last multiple of 29 is passed over."""
    numbers = cycle(range(256))
    signs = Counter("".join(drawn(numbers)[:FREE] for _ in range(256 // BASE * BASE)))
    assert len(signs) == BASE and len(set(signs.values())) == 1
