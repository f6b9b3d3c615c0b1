/** How states of debts look: cases of dunning, promises, what agencies collect, how an account stands. */
import type { Look } from "./StatusTag";

/** A case of dunning: one that is open goes on by itself, the others wait for somebody. */
const dunning: Readonly<Record<"open" | "promised" | "paused" | "cleared", Look>> = {
  open: { icon: "warning", tone: "danger" },
  promised: { icon: "clock", tone: "info" },
  paused: { icon: "pause", tone: "warning" },
  cleared: { icon: "checkCircle", tone: "success" },
};

/** A promise to pay. */
const promise: Readonly<Record<"open" | "kept" | "broken" | "cancelled", Look>> = {
  open: { icon: "clock", tone: "info" },
  kept: { icon: "checkCircle", tone: "success" },
  broken: { icon: "error", tone: "danger" },
  cancelled: { icon: "void", tone: "neutral" },
};

/** Debts with a collection agency. */
const handover: Readonly<Record<"handed_over" | "withdrawn", Look>> = {
  handed_over: { icon: "warning", tone: "warning" },
  withdrawn: { icon: "checkCircle", tone: "neutral" },
};

/** How an account stands with what it may owe, or has in its wallet. */
const standing: Readonly<Record<"ok" | "low" | "over", Look>> = {
  ok: { icon: "checkCircle", tone: "success" },
  low: { icon: "half", tone: "warning" },
  over: { icon: "warning", tone: "danger" },
};

export const debts = { dunning, promise, handover, standing };
