/**
 * The steps of a late-fee policy as a form holds them, a row of texts each, and as the API takes them.
 *
 *     toSteps([{ after_days: "1", kind: "flat", flat: "5,00", percent: "", days: "" }])   // [{ after_days: 1, fee: { flat: "5.00" } }]
 */
import type { Answer } from "../../../lib/api";
import { readDecimal, written } from "../../../lib/form/number";

export type PolicyPage = Answer<"/v1/late-fee-policies">;
export type Policy = PolicyPage["items"][number];
export type Step = Policy["steps"][number];

export const kinds = ["flat", "percent", "greater_of", "daily_interest"] as const;
export type Kind = (typeof kinds)[number];
export const years = ["365", "360", "actual"] as const;

export interface StepRow {
  after_days: string;
  kind: Kind;
  flat: string;
  /** In percent: of the overdue amount, or a year. */
  percent: string;
  days: string;
}

export const firstRow: StepRow = { after_days: "1", kind: "flat", flat: "", percent: "", days: "365" };

/** Which texts a kind has. */
export function asks(kind: Kind): { flat: boolean; percent: boolean; days: boolean } {
  return { flat: kind === "flat" || kind === "greater_of", percent: kind !== "flat", days: kind === "daily_interest" };
}

export function kindOf({ fee }: Step): Kind {
  return kinds.find((kind) => fee[kind] != null) ?? "flat";
}

export function rowOf(step: Step): StepRow {
  const { fee, after_days } = step;
  return {
    after_days: String(after_days), kind: kindOf(step),
    flat: written(fee.flat ?? fee.greater_of?.flat ?? ""),
    percent: written(fee.percent ?? fee.greater_of?.percent ?? fee.daily_interest?.annual_rate ?? ""),
    days: fee.daily_interest?.days_in_year ?? "365",
  };
}

/** What can't be read is sent as it stands: the server says what is wrong with it, and where. */
export function toSteps(rows: readonly StepRow[]): unknown[] {
  return rows.map((row) => ({ after_days: /^\d+$/.test(row.after_days.trim()) ? Number(row.after_days) : row.after_days, fee: feeOf(row) }));
}

function feeOf({ kind, flat, percent, days }: StepRow): Record<string, unknown> {
  const [amount, share] = [flat, percent].map((text) => readDecimal(text) ?? text.trim());
  if (kind === "greater_of") return { greater_of: { flat: amount, percent: share } };
  if (kind === "daily_interest") return { daily_interest: { annual_rate: share, days_in_year: days } };
  return kind === "flat" ? { flat: amount } : { percent: share };
}
