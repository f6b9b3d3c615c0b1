/** Columns that stand on each other: where each begins and ends, exactly; what is negative hangs below zero. */
import { difference, isNegative } from "../../lib/decimal";
import type { Series } from "./Chart";

export interface Column {
  place: number;
  series: number;
  from: string;
  to: string;
}

export function columnsOf(series: readonly Series[]): Column[] {
  const places = Math.max(0, ...series.map(({ values }) => values.length));
  return Array.from({ length: places }, (_, place) => place).flatMap((place) => {
    let [up, down] = ["0", "0"];
    return series.flatMap(({ values }, index): Column[] => {
      const value = values[place];
      if (value == null) return [];
      const from = isNegative(value) ? down : up;
      const to = add(from, value);
      if (isNegative(value)) down = to;
      else up = to;
      return [{ place, series: index, from, to }];
    });
  });
}

/** All the ends, for the axis to hold. */
export function stackEnds(series: readonly Series[]): string[] {
  return columnsOf(series).map(({ to }) => to);
}

function add(left: string, right: string): string {
  return difference(left, right.startsWith("-") ? right.slice(1) : `-${right}`);
}
