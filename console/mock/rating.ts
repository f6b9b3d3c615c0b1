/**
 * The provider's cycles, plans, customers and subscriptions, and what their forms are answered with: enough of the rules
 * for a page to be seen working. Prices are quoted by one rule (a fee whole, a unit price times the quantity).
 */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";

type Schemas = components["schemas"];
export type Cycle = Schemas["CycleShape"];

const notYet = (...actions: string[]) => actions.map((action) => ({ action, allowed: false, reason: "Not supported" }));

export const cycles: Cycle[] = [
  { id: "monthly", name: "Monthly on the 1st", frequency: "month", anchor_day: 1, anchor_month: null, time_zone: "Europe/Paris", defined_at: "2026-06-01T08:00:00Z", version: 1, allowed_actions: [{ action: "update", allowed: true, reason: null }, { action: "delete", allowed: false, reason: "70 customers are billed by it" }] },
  { id: "monthly-31", name: "Month’s end", frequency: "month", anchor_day: 31, anchor_month: null, time_zone: "Europe/Paris", defined_at: "2026-06-02T08:00:00Z", version: 2, allowed_actions: [{ action: "update", allowed: true, reason: null }, { action: "delete", allowed: true, reason: null }] },
  { id: "quarterly", name: "Quarterly", frequency: "quarter", anchor_day: 15, anchor_month: 2, time_zone: "Europe/London", defined_at: "2026-06-03T08:00:00Z", version: 1, allowed_actions: notYet("update", "delete") },
];

/** Periods of a month each, from the first day `anchor` after today, clamped to the month's end (R10). */
export function periodsFrom(anchor: number, count: number) {
  const start = (index: number) => {
    const month = new Date(Date.UTC(2026, 11 + index, 1));
    const last = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
    return `${month.toISOString().slice(0, 8)}${String(Math.min(anchor, last)).padStart(2, "0")}`;
  };
  return Array.from({ length: count }, (_, index) => ({ start: start(index), end: start(index + 1) }));
}

export function pageOf<Row>(items: readonly Row[], query: URLSearchParams) {
  const page = Number(query.get("page") ?? 1);
  const size = Number(query.get("size") ?? query.get("limit") ?? 50);
  return { items: items.slice((page - 1) * size, page * size), total: items.length, totals: [], next_cursor: null, as_of: now };
}

export function quoted(body: { price?: { amount?: string; unit_price?: string }; quantity?: string; start?: string; cycle?: { anchor_day: number } }) {
  const { price = {}, quantity, cycle, start } = body;
  if (start) {
    const periods = [{ start, end: periodsFrom(cycle?.anchor_day ?? 1, 1)[0]!.start }, ...periodsFrom(cycle?.anchor_day ?? 1, 7)];
    const line = (period: { start: string; end: string }) => ({ period, kind: "recurring", fraction: "1", amount: price.amount ?? "0.00", unrounded: price.amount ?? "0", price_index: "0", steps: [], quantity: null, meter: null });
    return { amount: { amount: price.amount ?? "0.00", currency: "EUR" }, unrounded: "0", lines: periods.map(line) };
  }
  const cents = BigInt(Math.round(Number(price.unit_price ?? price.amount ?? "0") * Number(quantity ?? "0") * 100));
  const amount = `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
  return { amount: { amount, currency: "EUR" }, unrounded: amount, lines: [{ period: { start: "2026-12-01", end: "2027-01-01" }, kind: "usage", fraction: "1", amount, unrounded: amount, price_index: "0", quantity: quantity ?? null, meter: null, steps: [] }] };
}
