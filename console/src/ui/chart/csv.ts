/**
 * The values of a chart as CSV, exactly as they came: no thousands separators, no rounding, a gap as nothing.
 *
 *     csvOf({ labels: ["Sep"], series: [{ name: "Usage", values: ["80.10"] }] }, "Month")   // Month,Usage\r\nSep,80.10\r\n
 */
import { csvLine } from "../../lib/csv";
import type { ChartProps } from "./Chart";

type Told = Pick<ChartProps, "labels" | "series" | "line" | "beside" | "unit">;

export function csvOf({ labels, series, line, beside = [], unit }: Told, place: string): string {
  const shown = [...series, ...(line ? [line] : []), ...beside];
  const head = [place, ...(unit ? ["currency"] : []), ...shown.map(({ name }) => name)];
  const lines = labels.map((label, index) => [label, ...(unit ? [unit.currency] : []), ...shown.map(({ values }) => values[index] ?? "")]);
  return [head, ...lines].map(csvLine).join("");
}
