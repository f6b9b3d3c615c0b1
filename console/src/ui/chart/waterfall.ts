/**
 * A waterfall: what was stands on zero, each change on what was before it, and what is on zero again.
 *
 *     steps(["100", "20", "-5", "115"])   // 0..100, 100..120, 120..115, 0..115
 */
import { isNegative, sum } from "../../lib/decimal";

export interface Step {
  place: number;
  from: string;
  to: string;
  tone: "whole" | "up" | "down";
}

export function steps(values: readonly (string | null)[]): Step[] {
  let now = "0";
  return values.map((told, place) => {
    const value = told ?? "0";
    if (place === 0 || place === values.length - 1) {
      now = value;
      return { place, from: "0", to: value, tone: "whole" };
    }
    const from = now;
    now = sum([from, value]);
    return { place, from, to: now, tone: isNegative(value) ? "down" : "up" };
  });
}
