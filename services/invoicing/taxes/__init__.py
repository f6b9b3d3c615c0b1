"""Kinds of tax, one file each, found by listing this folder. contract.py says what a kind is; nothing else names one.

An account's terms name its kind and say what it has to know; a rebuild taxes nothing, for groups are in the events:

    totals(TaxTerms(kind="account_rate", parameters={"rate": "20"}), taxable).tax      # Decimal('6.01')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from services.invoicing.bill_profile.messages import TaxTerms
from services.invoicing.taxes.contract import Taxable, TaxKind, Totals
from shared.kernel.plugins import plugins


class UnknownTaxKind(Exception):
    """An account's terms name a kind of tax that no file here is: a fault of what wrote them, not a refusal."""


@cache
def kinds() -> Mapping[str, TaxKind[Any]]:
    """Every kind of tax by its name."""
    return plugins(__name__, TaxKind)


def check(terms: TaxTerms) -> TaxTerms:
    """The terms, if an account can be taxed by them. Raises `UnknownTaxKind` or pydantic's `ValidationError`."""
    _kind(terms).parameters.model_validate(terms.parameters)
    return terms


def totals(terms: TaxTerms, taxable: Taxable) -> Totals:
    """The lines with their tax, as the terms say. Raises `UnknownTaxKind`."""
    return _kind(terms).totals(terms.parameters, taxable)


def by_tables(terms: TaxTerms) -> bool:
    """Whether the kind asks the tables of taxes. Raises `UnknownTaxKind`."""
    return _kind(terms).by_tables


def _kind(terms: TaxTerms) -> TaxKind[Any]:
    kind = kinds().get(terms.kind)
    if kind is None:
        raise UnknownTaxKind(f"{terms.kind} is no kind of tax; there are {', '.join(kinds())}")
    return kind
