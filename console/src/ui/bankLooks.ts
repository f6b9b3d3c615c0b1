/** Looks of what comes through the bank: statements, direct debits, mandates. */
import type { Look } from "./StatusTag";

/** A bank statement, its entries, and how sure it is what these pay. */
const statement: Readonly<Record<"taking" | "matching" | "matched" | "processing" | "processed", Look>> = {
  taking: { icon: "refresh", tone: "info" },
  matching: { icon: "refresh", tone: "info" },
  matched: { icon: "half", tone: "accent" },
  processing: { icon: "refresh", tone: "info" },
  processed: { icon: "checkCircle", tone: "success" },
};

const entry: Readonly<Record<"open" | "booking" | "booked" | "ignored" | "outgoing", Look>> = {
  open: { icon: "clock", tone: "warning" },
  booking: { icon: "refresh", tone: "info" },
  booked: { icon: "checkCircle", tone: "success" },
  ignored: { icon: "void", tone: "neutral" },
  outgoing: { icon: "right", tone: "neutral" },
};

const confidence: Readonly<Record<"exact" | "probable" | "none", Look>> = {
  exact: { icon: "checkCircle", tone: "success" },
  probable: { icon: "half", tone: "warning" },
  none: { icon: "warning", tone: "neutral" },
};

/** Runs of direct debits, their debits, and the mandates these are collected by. */
const debits: Readonly<Record<"open" | "submitted" | "booked" | "cancelled", Look>> = {
  open: { icon: "draft", tone: "warning" },
  submitted: { icon: "sent", tone: "info" },
  booked: { icon: "checkCircle", tone: "success" },
  cancelled: { icon: "void", tone: "neutral" },
};

const debit: Readonly<Record<"placed" | "booked" | "returned" | "cancelled" | "refused", Look>> = {
  placed: { icon: "clock", tone: "info" },
  booked: { icon: "checkCircle", tone: "success" },
  returned: { icon: "error", tone: "danger" },
  cancelled: { icon: "void", tone: "neutral" },
  refused: { icon: "error", tone: "warning" },
};

const mandate: Readonly<Record<"pending" | "active" | "revoked" | "expired", Look>> = {
  pending: { icon: "clock", tone: "warning" },
  active: { icon: "checkCircle", tone: "success" },
  revoked: { icon: "void", tone: "neutral" },
  expired: { icon: "clock", tone: "neutral" },
};

/** What a customer contests. */
const dispute: Readonly<Record<"open" | "accepted" | "rejected", Look>> = {
  open: { icon: "clock", tone: "warning" },
  accepted: { icon: "checkCircle", tone: "success" },
  rejected: { icon: "void", tone: "neutral" },
};

/** Collections through gateways, and how a gateway does. */
const collection: Readonly<Record<"waiting" | "calling" | "pending" | "succeeded" | "failed" | "stopped", Look>> = {
  waiting: { icon: "clock", tone: "warning" },
  calling: { icon: "refresh", tone: "info" },
  pending: { icon: "half", tone: "info" },
  succeeded: { icon: "checkCircle", tone: "success" },
  failed: { icon: "error", tone: "danger" },
  stopped: { icon: "void", tone: "neutral" },
};

const gateway: Readonly<Record<"not_set_up" | "well" | "troubled" | "away", Look>> = {
  not_set_up: { icon: "circle", tone: "neutral" },
  well: { icon: "checkCircle", tone: "success" },
  troubled: { icon: "warning", tone: "warning" },
  away: { icon: "error", tone: "danger" },
};

export const bank = { dispute, statement, entry, confidence, debits, debit, mandate, collection, gateway };
