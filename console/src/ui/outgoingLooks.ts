/** How states of files, and of what leaves the house, look: files of usage and of reports, mails to staff, webhooks. */
import type { Look } from "./StatusTag";

const file: Readonly<Record<"queued" | "running" | "done" | "failed" | "cancelled", Look>> = {
  queued: { icon: "clock", tone: "neutral" },
  running: { icon: "refresh", tone: "info" },
  done: { icon: "checkCircle", tone: "success" },
  failed: { icon: "error", tone: "danger" },
  cancelled: { icon: "void", tone: "neutral" },
};

/** A file of a report, or a run of a schedule; and a mail to staff. */
const report_job: Readonly<Record<"queued" | "running" | "working" | "done" | "failed" | "cancelled", Look>> = { ...file, working: { icon: "refresh", tone: "info" } };
const mail: Readonly<Record<"waiting" | "sending" | "sent" | "bounced" | "failed" | "unknown" | "cancelled", Look>> = {
  waiting: { icon: "clock", tone: "neutral" },
  sending: { icon: "refresh", tone: "info" },
  sent: { icon: "checkCircle", tone: "success" },
  bounced: { icon: "left", tone: "danger" },
  failed: { icon: "error", tone: "danger" },
  unknown: { icon: "warning", tone: "warning" },
  cancelled: { icon: "void", tone: "neutral" },
};

/** Of outgoing webhooks: an endpoint, what is sent to it, and one attempt at that. */
const webhook: Readonly<Record<"enabled" | "resting" | "disabled" | "waiting" | "delivered" | "failed" | "skipped" | "unknown", Look>> = {
  enabled: { icon: "checkCircle", tone: "success" },
  resting: { icon: "pause", tone: "warning" },
  disabled: { icon: "void", tone: "danger" },
  waiting: { icon: "clock", tone: "info" },
  delivered: { icon: "checkCircle", tone: "success" },
  failed: { icon: "error", tone: "danger" },
  skipped: { icon: "right", tone: "neutral" },
  unknown: { icon: "warning", tone: "warning" },
};

export const outgoing = { file, report_job, mail, webhook };
