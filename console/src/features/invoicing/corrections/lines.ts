/**
 * Lines chosen to be credited, by their number, each with what was written for it; empty is all that is left of it.
 *
 *     linesToSend(lines, new Map([[2, ""], [3, "1,50"]]))   // [{ n: 2 }, { n: 3, net: "1.50" }]
 */
import { sum } from "../../../lib/decimal";
import { readDecimal } from "../../../lib/form/number";
import type { CreditableLine } from "./queries";

export type ChosenLines = ReadonlyMap<number, string>;

type Line = Pick<CreditableLine, "n" | "left">;

/** Null where none is chosen, or an amount is no decimal. */
export function linesToSend(lines: readonly Line[], chosen: ChosenLines): { n: number; net?: string }[] | null {
  const taken = lines.filter(({ n }) => chosen.has(n));
  const sent = taken.map(({ n }) => {
    const written = chosen.get(n)!.trim();
    return written === "" ? { n } : { n, net: readDecimal(written) };
  });
  if (sent.length === 0 || sent.some(({ net }) => net === null)) return null;
  return sent as { n: number; net?: string }[];
}

/** What the chosen lines come to before tax; null while nothing sound is chosen. */
export function chosenNet(lines: readonly Line[], chosen: ChosenLines): string | null {
  const sent = linesToSend(lines, chosen);
  return sent && sum(sent.map(({ n, net }) => net ?? lines.find((line) => line.n === n)!.left.amount));
}
