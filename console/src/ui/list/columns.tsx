/**
 * Columns of a list that show one field in its usual way: `money("total", "invoice.total", { sort: "total" })`.
 *
 * The field is checked against the row's type: money of a field that holds none is a type error.
 */
import type { Key } from "../../lib/i18n";
import type { MoneyValue } from "../../lib/money";
import type { Period } from "../../lib/time";
import { CopyButton } from "../CopyButton";
import { BillingDate, Count, Instant, Money, PeriodText } from "../Value";
import type { ListColumn } from "./spec";

type FieldOf<Row, Value> = { [Field in keyof Row]-?: Row[Field] extends Value | null | undefined ? Field : never }[keyof Row] & string;
type More = Partial<Pick<ListColumn<never>, "sort" | "extra" | "width">>;

export function money<Row>(field: FieldOf<Row, MoneyValue>, title: Key, more: More = {}): ListColumn<Row> {
  return { id: field, title, align: "end", ...more, render: (row) => <Money value={row[field] as MoneyValue | null} /> };
}

export function date<Row>(field: FieldOf<Row, string>, title: Key, more: More = {}): ListColumn<Row> {
  return { id: field, title, ...more, render: (row) => <BillingDate value={row[field] as string | null} /> };
}

export function instant<Row>(field: FieldOf<Row, string>, title: Key, more: More = {}): ListColumn<Row> {
  return { id: field, title, ...more, render: (row) => <Instant value={row[field] as string | null} /> };
}

export function period<Row>(field: FieldOf<Row, Period>, title: Key, more: More = {}): ListColumn<Row> {
  return { id: field, title, ...more, render: (row) => <PeriodText value={row[field] as Period | null} /> };
}

export function count<Row>(field: FieldOf<Row, number>, title: Key, more: More = {}): ListColumn<Row> {
  return { id: field, title, align: "end", ...more, render: (row) => <Count value={row[field] as number | null} /> };
}

export function code<Row>(field: FieldOf<Row, string>, title: Key, more: More = {}): ListColumn<Row> {
  return { id: field, title, ...more, render: (row) => <span className="reveal nowrap"><code>{String(row[field])}</code><CopyButton text={String(row[field])} /></span> };
}
