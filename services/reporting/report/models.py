"""A report's answer: its rows, and the question it answers; and the catalogue of all reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel, Field

from services.reporting.report.column import Kind


class Report(BaseModel):
    """Rows of a report, and what it answers: `from` and `to` are days, both included, also where they are its own
    default; `null` where it takes no such parameter or none was given. `rows` of an item has for each of its figures
    the path and query of the list that holds exactly the rows behind it, or `null` where there is none.
    """

    items: Sequence[BaseModel]
    as_of: datetime
    from_: date | None = Field(alias="from")
    to: date | None
    group_by: str | None
    currency: str | None


class CatalogueColumn(BaseModel):
    """A column, or a figure that a report calls by name. Money goes with the `currency` of its row. Where it does not
    add up, what it says of several rows has no sum."""

    name: str
    kind: Kind
    definition: str
    formula: str | None
    adds_up: bool


class CatalogueEntry(BaseModel):
    """A report: what it tells, what it is asked with, and what it is of where nothing is asked."""

    name: str
    definition: str
    about: str = Field(description="What counts and what does not; empty where that is plain.")
    columns: list[CatalogueColumn]
    figures: list[CatalogueColumn] = Field(description="What `name` of its rows may be; empty for most reports.")
    parameters: list[str]
    groups: list[str]
    default_group: str | None
    default_range: str | None = Field(description="`twelve_months`, `last_month`, `thirty_days`; null: as of now.")
    days_max: int = Field(description="How many days may be asked for at most.")


class RowListEntry(BaseModel):
    """A list of rows behind figures that no other list has: its path, its columns and its filters."""

    path: str
    definition: str
    columns: list[CatalogueColumn]
    filters: list[str]


class Catalogue(BaseModel):
    """All reports by name, and the lists that the rows behind their figures may be in."""

    items: list[CatalogueEntry]
    row_lists: list[RowListEntry]
