/**
 * The rows of a list as CSV, field by field as the API answers them, exactly: what is inside another has its path for a name.
 *
 *     rowsCsv([{ id: "p1", amount: { amount: "12.40", currency: "EUR" } }])   // id,amount.amount,amount.currency\r\np1,12.40,EUR\r\n
 */
import { csvLine } from "../../lib/csv";

/** What a row says for the console only. */
const ours: ReadonlySet<string> = new Set(["allowed_actions"]);

export function rowsCsv(rows: readonly object[]): string {
  const flat = rows.map((row) => new Map(fields(row)));
  const names = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  return [names, ...flat.map((row) => names.map((name) => row.get(name) ?? ""))].map(csvLine).join("");
}

function fields(of: object, path = ""): [string, string][] {
  return Object.entries(of).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    if (ours.has(name)) return [];
    const isPlain = value === null || typeof value !== "object";
    if (isPlain) return [[path + name, value === null ? "" : String(value)]];
    if (!Array.isArray(value)) return fields(value, `${path}${name}.`);
    return [[path + name, value.every((one) => one === null || typeof one !== "object") ? value.join("; ") : JSON.stringify(value)]];
  });
}
