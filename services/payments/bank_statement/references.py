"""Invoice numbers in what payers write, however they write them. Pure.

>>> is_written("INV-000042", "Rechnung inv 000042 v. 1.10.")
True
>>> is_written("INV-000042", "INV-0000421"), is_written("INV-000042", "INV0000 42/KD7")
(False, True)
>>> sorted(digit_keys("Re 2026/000042, danke"))
['2026', '2026000042', '42']
>>> digit_key("2026/000042"), digit_key("INV-000042"), digit_key("GOLD")
('2026000042', '42', '')
>>> creditor_reference("RF18 5390 0754 7034"), creditor_reference("RF19539007547034")
('539007547034', '')

An invoice is found by the digits of its number, without leading zeros, which an index holds; whether the number itself
stands there is then looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from stdnum import iso11649

DIGITS_MIN: Final = 2
"""Fewer digits find nothing: "2 months" is no invoice, "000002" may be."""
_BETWEEN_MAX: Final = 3
_KEYS_MAX: Final = 60
_JOINED_MAX: Final = 4
_RUN: Final = re.compile(r"[0-9]+", re.ASCII)
_REFERENCE: Final = re.compile(r"\bRF\s?[0-9]{2}(?:\s?[0-9A-Z]){1,21}", re.ASCII | re.IGNORECASE)


def digit_key(number: str) -> str:
    """All digits of a number, without leading zeros: what the index holds."""
    return "".join(_RUN.findall(number)).lstrip("0")


def digit_keys(text: str) -> set[str]:
    """The keys that a number in the text may have: each run of digits, and runs that follow each other as one."""
    runs = _RUN.findall(text)[:_KEYS_MAX]
    found = set(runs)
    for start in range(len(runs)):
        joined = runs[start]
        for run in runs[start + 1 : start + _JOINED_MAX]:
            joined += run
            found.add(joined)
    return {key for run in found if DIGITS_MIN <= len(run) <= 30 and (key := run.lstrip("0"))}


def is_written(number: str, text: str) -> bool:
    """Whether the number stands in the text: its letters and digits in order, at most three other signs between two of
    them, and no digit more at either end. Letters are the same in either case."""
    wanted = _signs(number)[0]
    signs, places = _signs(text)
    at = signs.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if _stands_alone(signs, places, at, end) and not _torn(places, at, end):
            return True
        at = signs.find(wanted, at + 1)
    return False


@lru_cache(maxsize=1_024)
def _signs(text: str) -> tuple[str, tuple[int, ...]]:
    """Its letters and digits in capitals, and where each stands."""
    found = [(sign, place) for place, sign in enumerate(text) if sign.isascii() and sign.isalnum()]
    return "".join(sign for sign, _ in found).upper(), tuple(place for _, place in found)


def _stands_alone(signs: str, places: tuple[int, ...], at: int, end: int) -> bool:
    """Whether what touches it is of another kind: no digit before a digit or behind, no letter before a letter."""
    if end < len(signs) and places[end] == places[end - 1] + 1 and signs[end].isdigit():
        return False
    if at == 0 or places[at - 1] + 1 != places[at]:
        return True
    return signs[at].isdigit() != signs[at - 1].isdigit()


def _torn(places: tuple[int, ...], at: int, end: int) -> bool:
    return any(places[n + 1] - places[n] > _BETWEEN_MAX + 1 for n in range(at, end - 1))


def creditor_references(text: str) -> Iterator[str]:
    """The bodies of RF references (ISO 11649) in a text whose check digits are right."""
    for found in _REFERENCE.findall(text):
        if body := creditor_reference(found):
            yield body


def creditor_reference(text: str) -> str:
    """What an RF reference refers to; empty where it is none, or its check digits are wrong."""
    compact = re.sub(r"\s", "", text).upper()
    return compact[4:] if compact.startswith("RF") and iso11649.is_valid(compact) else ""
