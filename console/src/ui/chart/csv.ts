/**
 * The values of a chart as CSV, exactly as they came: no thousands separators, no rounding, a gap as nothing.
 *
 *     csvOf({ labels: ["Sep"], series: [{ name: "Usage", values: ["80.10"] }] }, "Month")   // Month,Usage\r\nSep,80.10\r\n
 *
 * A spreadsheet takes what begins with = + - @ for a formula: such a text, unless it is a number, gets an apostrophe before it.
 */
import type { ChartProps } from "./Chart";

type Told = Pick<ChartProps, "labels" | "series" | "line" | "beside" | "unit">;

export function csvOf({ labels, series, line, beside = [], unit }: Told, place: string): string {
  const shown = [...series, ...(line ? [line] : []), ...beside];
  const head = [place, ...(unit ? ["currency"] : []), ...shown.map(({ name }) => name)];
  const lines = labels.map((label, index) => [label, ...(unit ? [unit.currency] : []), ...shown.map(({ values }) => values[index] ?? "")]);
  return [head, ...lines].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
