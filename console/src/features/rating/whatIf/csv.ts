/**
 * The customers of a comparison as CSV, amounts as they came: a spreadsheet has their digits, and no cell can be a formula.
 *
 *     csvOf(result)   // "account_id,subscription_id,start,end,currency,charged,candidate,difference,reason\r\n…"
 */
import type { WhatIf } from "./queries";

const columns = ["account_id", "subscription_id", "start", "end", "currency", "charged", "candidate", "difference", "reason"];

export function csvOf({ winners, losers, not_computable }: Pick<WhatIf, "winners" | "losers" | "not_computable">): string {
  const compared = [...losers, ...winners].map(({ account_id, subscription_id, period, charged, candidate, difference }) => [account_id, subscription_id, period.start, period.end, charged.currency, charged.amount, candidate.amount, difference.amount, ""]);
  const unknown = not_computable.items.map(({ account_id, subscription_id, period, charged, reason }) => [account_id, subscription_id, period.start, period.end, charged.currency, charged.amount, "", "", reason]);
  return [columns, ...compared, ...unknown].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** An id is chosen by people: one that begins as a formula does is made a text. Amounts may begin with a minus. */
function cell(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
