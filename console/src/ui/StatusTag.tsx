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
import "./StatusTag.css";

export type Tone = "neutral" | "accent" | "info" | "success" | "warning" | "danger";

interface Look {
  icon: IconName;
  tone: Tone;
}

const invoice: Readonly<Record<"draft" | "locked" | "issued" | "void" | "carried_forward", Look>> = {
  draft: { icon: "draft", tone: "neutral" },
  locked: { icon: "lock", tone: "info" },
  issued: { icon: "sent", tone: "accent" },
  void: { icon: "void", tone: "neutral" },
  carried_forward: { icon: "right", tone: "neutral" },
};

const payment: Readonly<Record<"unpaid" | "partially_paid" | "paid" | "overdue", Look>> = {
  unpaid: { icon: "circle", tone: "neutral" },
  partially_paid: { icon: "half", tone: "info" },
  paid: { icon: "checkCircle", tone: "success" },
  overdue: { icon: "warning", tone: "danger" },
};

const service: Readonly<Record<"up" | "not_ready" | "unknown", Look>> = {
  up: { icon: "checkCircle", tone: "success" },
  not_ready: { icon: "error", tone: "danger" },
  unknown: { icon: "warning", tone: "warning" },
};

const looks: Readonly<Record<"invoice" | "payment" | "service", Readonly<Record<string, Look>>>> = { invoice, payment, service };

export function StatusTag({ kind, status }: { kind: keyof typeof looks; status: string }) {
  const label = useLabel();
  const look = looks[kind][status] ?? { icon: "info", tone: "neutral" };
  return (
    <span className={`status ${look.tone}`}>
      <Icon name={look.icon} size={14} />
      {label(`status.${kind}.${status}`, status)}
    </span>
  );
}
