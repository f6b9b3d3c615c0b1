/**
 * A status as icon, word and colour: the one map for the whole console.
 *
 *     <StatusTag kind="payment" status="partially_paid" />
 *
 * The maps are total: a status added to the list without its look is a type error. A status that only a newer server
 * knows is shown by its own name.
 */
import { useLabel } from "../lib/i18n";
import { Icon, type IconName } from "./Icon";
import { bank } from "./bankLooks";
import { debts } from "./debtLooks";
import { outgoing } from "./outgoingLooks";
import { vouchers } from "./voucherLooks";
import "./StatusTag.css";

export type Tone = "neutral" | "accent" | "info" | "success" | "warning" | "danger";

export interface Look {
  icon: IconName;
  tone: Tone;
}

const invoice: Readonly<Record<"draft" | "locked" | "issued" | "void" | "carried_forward" | "passed_on" | "credited", Look>> = {
  draft: { icon: "draft", tone: "neutral" },
  locked: { icon: "lock", tone: "info" },
  issued: { icon: "sent", tone: "accent" },
  void: { icon: "void", tone: "neutral" },
  carried_forward: { icon: "right", tone: "neutral" },
  passed_on: { icon: "right", tone: "neutral" },
  credited: { icon: "left", tone: "neutral" },
};

const payment: Readonly<Record<"unpaid" | "partially_paid" | "paid" | "overdue" | "credited" | "written_off", Look>> = {
  unpaid: { icon: "circle", tone: "neutral" },
  partially_paid: { icon: "half", tone: "info" },
  paid: { icon: "checkCircle", tone: "success" },
  overdue: { icon: "warning", tone: "danger" },
  credited: { icon: "left", tone: "neutral" },
  written_off: { icon: "void", tone: "warning" },
};

/** Money that came in, or did not. */
const received: Readonly<Record<"pending" | "authorised" | "succeeded" | "failed" | "cancelled" | "partially_refunded" | "refunded" | "charged_back" | "reversed", Look>> = {
  pending: { icon: "clock", tone: "info" },
  authorised: { icon: "half", tone: "info" },
  succeeded: { icon: "checkCircle", tone: "success" },
  failed: { icon: "error", tone: "danger" },
  cancelled: { icon: "void", tone: "neutral" },
  partially_refunded: { icon: "left", tone: "neutral" },
  refunded: { icon: "left", tone: "neutral" },
  charged_back: { icon: "warning", tone: "danger" },
  reversed: { icon: "void", tone: "warning" },
};

/** Money on its way back to a customer. */
const refund: Readonly<Record<"requested" | "sent" | "paid" | "failed", Look>> = {
  requested: { icon: "clock", tone: "warning" },
  sent: { icon: "sent", tone: "info" },
  paid: { icon: "checkCircle", tone: "success" },
  failed: { icon: "error", tone: "danger" },
};

const service: Readonly<Record<"up" | "not_ready" | "unknown", Look>> = {
  up: { icon: "checkCircle", tone: "success" },
  not_ready: { icon: "error", tone: "danger" },
  unknown: { icon: "warning", tone: "warning" },
};

const plan: Readonly<Record<"draft" | "in_force" | "scheduled" | "superseded" | "retired" | "discarded", Look>> = {
  draft: { icon: "draft", tone: "neutral" },
  in_force: { icon: "checkCircle", tone: "success" },
  superseded: { icon: "right", tone: "neutral" },
  scheduled: { icon: "clock", tone: "info" },
  retired: { icon: "void", tone: "neutral" },
  discarded: { icon: "void", tone: "neutral" },
};

const subscription: Readonly<Record<"pending" | "active" | "suspended" | "paused" | "ended" | "terminated", Look>> = {
  pending: { icon: "clock", tone: "info" },
  active: { icon: "checkCircle", tone: "success" },
  suspended: { icon: "lock", tone: "warning" },
  paused: { icon: "pause", tone: "info" },
  ended: { icon: "void", tone: "neutral" },
  terminated: { icon: "void", tone: "neutral" },
};

const account: Readonly<Record<"active" | "on_hold" | "closed", Look>> = {
  active: { icon: "checkCircle", tone: "success" },
  on_hold: { icon: "pause", tone: "warning" },
  closed: { icon: "void", tone: "neutral" },
};

const migration: Readonly<Record<"scheduling" | "scheduled" | "done" | "cancelling" | "cancelled", Look>> = {
  scheduling: { icon: "refresh", tone: "info" },
  scheduled: { icon: "clock", tone: "info" },
  done: { icon: "checkCircle", tone: "success" },
  cancelling: { icon: "refresh", tone: "warning" },
  cancelled: { icon: "void", tone: "neutral" },
};

const charge: Readonly<Record<"pending" | "billed" | "cancelled", Look>> = {
  pending: { icon: "clock", tone: "info" },
  billed: { icon: "checkCircle", tone: "success" },
  cancelled: { icon: "void", tone: "neutral" },
};

const topped: Readonly<Record<"active" | "used_up" | "expired" | "cancelled", Look>> = {
  active: { icon: "checkCircle", tone: "success" },
  used_up: { icon: "half", tone: "neutral" },
  expired: { icon: "clock", tone: "neutral" },
  cancelled: { icon: "void", tone: "neutral" },
};

const correction: Readonly<Record<"running" | "previewed" | "completed", Look>> = {
  running: { icon: "clock", tone: "info" },
  previewed: { icon: "draft", tone: "warning" },
  completed: { icon: "checkCircle", tone: "success" },
};

/** A billing run: a dry run that is through waits for a person. */
const run: Readonly<Record<"running" | "previewed" | "completed" | "cancelled", Look>> = {
  running: { icon: "clock", tone: "info" },
  previewed: { icon: "draft", tone: "warning" },
  completed: { icon: "checkCircle", tone: "success" },
  cancelled: { icon: "void", tone: "neutral" },
};

const usage: Readonly<Record<"accepted" | "rated" | "billed" | "late_settled" | "not_billable" | "duplicate" | "conflict" | "quarantined" | "retracted" | "corrected", Look>> = {
  accepted: { icon: "clock", tone: "info" },
  rated: { icon: "half", tone: "accent" },
  billed: { icon: "checkCircle", tone: "success" },
  late_settled: { icon: "checkCircle", tone: "success" },
  not_billable: { icon: "void", tone: "neutral" },
  duplicate: { icon: "copy", tone: "neutral" },
  conflict: { icon: "error", tone: "danger" },
  quarantined: { icon: "warning", tone: "warning" },
  retracted: { icon: "void", tone: "neutral" },
  corrected: { icon: "void", tone: "neutral" },
};

/** Usage that was taken back, as a whole. */
const retraction: Readonly<Record<"running" | "taken_back" | "partly" | "put_back" | "nothing", Look>> = {
  running: { icon: "clock", tone: "info" },
  taken_back: { icon: "void", tone: "neutral" },
  partly: { icon: "half", tone: "warning" },
  put_back: { icon: "checkCircle", tone: "success" },
  nothing: { icon: "info", tone: "neutral" },
};

const session: Readonly<Record<"open" | "closed" | "estimated", Look>> = {
  open: { icon: "half", tone: "info" },
  closed: { icon: "checkCircle", tone: "success" },
  estimated: { icon: "warning", tone: "warning" },
};

const dead_letter: Readonly<Record<"open" | "requeued" | "discarded", Look>> = {
  open: { icon: "error", tone: "danger" },
  requeued: { icon: "checkCircle", tone: "success" },
  discarded: { icon: "void", tone: "neutral" },
};

/** What a line is to have. */
const access: Readonly<Record<"open" | "throttled" | "blocked", Look>> = {
  open: { icon: "checkCircle", tone: "success" },
  throttled: { icon: "half", tone: "warning" },
  blocked: { icon: "lock", tone: "danger" },
};

/** Whether the network was told so. */
const network: Readonly<Record<"pending" | "sent" | "acknowledged" | "refused" | "timed_out" | "superseded", Look>> = {
  pending: { icon: "clock", tone: "neutral" },
  sent: { icon: "sent", tone: "info" },
  acknowledged: { icon: "checkCircle", tone: "success" },
  refused: { icon: "error", tone: "danger" },
  timed_out: { icon: "warning", tone: "warning" },
  superseded: { icon: "right", tone: "neutral" },
};

/** A document on its way: what is unknown, or came back, needs a person. */
const delivery: Readonly<Record<"waiting" | "sending" | "sent" | "bounced" | "failed" | "unknown" | "cancelled", Look>> = {
  waiting: { icon: "clock", tone: "neutral" },
  sending: { icon: "refresh", tone: "info" },
  sent: { icon: "checkCircle", tone: "success" },
  bounced: { icon: "error", tone: "danger" },
  failed: { icon: "error", tone: "danger" },
  unknown: { icon: "warning", tone: "warning" },
  cancelled: { icon: "void", tone: "neutral" },
};

/** Whether somebody, or a key, comes in. */
const credential: Readonly<Record<"active" | "invited" | "deactivated" | "expired" | "revoked", Look>> = {
  active: { icon: "checkCircle", tone: "success" },
  invited: { icon: "clock", tone: "info" },
  deactivated: { icon: "void", tone: "neutral" },
  expired: { icon: "clock", tone: "neutral" },
  revoked: { icon: "void", tone: "neutral" },
};

const looks = { invoice, payment, received, refund, service, plan, subscription, account, migration, charge, topped, correction, run, usage, retraction, session, dead_letter, access, credential, network, delivery, ...bank, ...debts, ...outgoing, ...vouchers } satisfies Readonly<Record<string, Readonly<Record<string, Look>>>>;

export function StatusTag({ kind, status }: { kind: keyof typeof looks; status: string }) {
  const label = useLabel();
  const known: Readonly<Record<string, Look>> = looks[kind];
  const look = known[status] ?? { icon: "info", tone: "neutral" };
  return (
    <span className={`status ${look.tone}`}>
      <Icon name={look.icon} size={14} />
      {label(`status.${kind}.${status}`, status)}
    </span>
  );
}
