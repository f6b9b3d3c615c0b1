/**
 * The steps of a dunning policy as a form holds them, a row of texts each, and as the API takes them.
 *
 *     toSteps([{ name: "Block", after_days: "14", service: "blocked", … }])   // [{ name: "Block", after_days: 14, service: { access: "blocked" } }]
 */
import { readDecimal, written } from "../../../lib/form/number";
import type { Step } from "./queries";

export const services = ["none", "throttled", "blocked"] as const;
export type Service = (typeof services)[number];

export interface StepRow {
  name: string;
  after_days: string;
  service: Service;
  /** The bandwidth profile of `throttled`. */
  profile: string;
  /** Whether accounts that it pays for lose as much. */
  paid_for: boolean;
  /** Amounts with their currencies, such as "5.00 EUR". */
  fees: string;
  language: string;
  subject: string;
  text: string;
  terminate: boolean;
  collection: boolean;
  /** Who collects; empty where there is one. */
  agency: string;
  /** What the form does not show of the step it began with: sent again as it was. */
  rest: Partial<Step>;
}

export const firstRow: StepRow = { name: "", after_days: "", service: "none", profile: "", paid_for: false, fees: "", language: "en", subject: "", text: "", terminate: false, collection: false, agency: "", rest: {} };

export function rowOf(step: Step): StepRow {
  const { name, after_days, letters = [], fees = [], service, terminate = false, collection = false, agency, channels = [], tax_class = null } = step;
  const [letter] = letters;
  return {
    name, after_days: String(after_days), service: service?.access ?? "none", profile: service?.profile ?? "", paid_for: service?.paid_for ?? false,
    fees: fees.map(({ amount, currency }) => `${written(amount)} ${currency}`).join(", "),
    language: letter?.language ?? "en", subject: letter?.subject ?? "", text: letter?.text ?? "", terminate, collection, agency: agency ?? "",
    rest: { channels, tax_class, letters: letters.slice(1), ...(service ? { service } : {}) },
  };
}

/** What can't be read is sent as it stands: the server says what is wrong with it, and where. */
export function toSteps(rows: readonly StepRow[]): unknown[] {
  return rows.map((row) => ({
    ...row.rest,
    name: row.name.trim(),
    after_days: /^\d+$/.test(row.after_days.trim()) ? Number(row.after_days) : row.after_days,
    letters: [...(row.subject.trim() || row.text.trim() ? [{ language: row.language.trim(), subject: row.subject.trim(), text: row.text }] : []), ...(row.rest.letters ?? [])],
    fees: feesOf(row.fees),
    service: row.service === "none" ? null : { access: row.service, profile: row.service === "throttled" ? row.profile.trim() : null, billing: row.rest.service?.billing ?? "continue", paid_for: row.paid_for },
    terminate: row.terminate,
    collection: row.collection,
    ...(row.collection ? { agency: row.agency.trim() || null } : {}),
  }));
}

/** "5.00 EUR, 6,50 CHF" as money; a currency without an amount goes as it stands. */
export function feesOf(text: string): unknown[] {
  const said = [...text.matchAll(/([^\s;]+)\s+([A-Za-z]{3})\b/g)];
  return said.map(([, amount = "", currency = ""]) => ({ amount: readDecimal(amount.replace(/^,/, "")) ?? amount, currency: currency.toUpperCase() }));
}
