/** Looks of vouchers and of what puts money into a wallet. */
import type { Look } from "./StatusTag";

const voucher_batch: Readonly<Record<"preparing" | "created" | "activated" | "void" | "expired", Look>> = {
  preparing: { icon: "refresh", tone: "warning" },
  created: { icon: "draft", tone: "neutral" },
  activated: { icon: "checkCircle", tone: "accent" },
  void: { icon: "void", tone: "neutral" },
  expired: { icon: "clock", tone: "neutral" },
};

const voucher: Readonly<Record<"created" | "activated" | "claimed" | "redeemed" | "void" | "expired", Look>> = {
  created: { icon: "draft", tone: "neutral" },
  activated: { icon: "circle", tone: "accent" },
  claimed: { icon: "refresh", tone: "info" },
  redeemed: { icon: "checkCircle", tone: "success" },
  void: { icon: "void", tone: "neutral" },
  expired: { icon: "clock", tone: "neutral" },
};

const redemption: Readonly<Record<"pending" | "redeemed" | "refused", Look>> = {
  pending: { icon: "refresh", tone: "info" },
  redeemed: { icon: "checkCircle", tone: "success" },
  refused: { icon: "error", tone: "warning" },
};

const top_up: Readonly<Record<"waiting" | "calling" | "pending" | "succeeded" | "failed", Look>> = {
  waiting: { icon: "clock", tone: "info" },
  calling: { icon: "refresh", tone: "info" },
  pending: { icon: "clock", tone: "warning" },
  succeeded: { icon: "checkCircle", tone: "success" },
  failed: { icon: "error", tone: "danger" },
};

const top_up_rule: Readonly<Record<"ready" | "running" | "postponed" | "held" | "off", Look>> = {
  ready: { icon: "checkCircle", tone: "success" },
  running: { icon: "refresh", tone: "info" },
  postponed: { icon: "clock", tone: "warning" },
  held: { icon: "pause", tone: "warning" },
  off: { icon: "void", tone: "neutral" },
};

export const vouchers = { voucher_batch, voucher, redemption, top_up, top_up_rule };
