import type { Assignment } from "./queries";

/** Whose the line is at this moment; an assignment that has ended, or begins later, is not meant. */
export function holderAt(assignments: readonly Assignment[], now: string): Assignment | null {
  const at = Date.parse(now);
  return assignments.find(({ from, to }) => Date.parse(from) <= at && (to === null || Date.parse(to) > at)) ?? null;
}
