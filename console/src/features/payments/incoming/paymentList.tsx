/** The list of payments, as data for the list kit: what needs somebody first. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { CopyButton } from "../../../ui/CopyButton";
import { count, date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";
import type { Payment, PaymentPage } from "./queries";

const dialogs = () => import("./paymentDialogs");
const waits = ({ status }: Payment) => status === "pending" || status === "authorised";
const isHere = (payment: Payment) => !waits(payment) && payment.status !== "failed" && payment.status !== "cancelled";

export const paymentActions: Actions<Payment> = {
  links: [],
  commands: {
    succeed: { icon: "checkCircle", label: "incoming.succeed", when: waits, Dialog: lazy(async () => ({ default: (await dialogs()).SucceedDialog })) },
    fail: { icon: "error", label: "incoming.fail", when: waits, Dialog: lazy(async () => ({ default: (await dialogs()).FailDialog })) },
    cancel: { icon: "void", label: "incoming.cancel", when: waits, Dialog: lazy(async () => ({ default: (await dialogs()).CancelDialog })) },
    allocate: { icon: "swap", label: "incoming.allocate", when: isHere, Dialog: lazy(() => import("./AllocateDialog")) },
    refund: { icon: "left", label: "incoming.refund", when: isHere, Dialog: lazy(async () => ({ default: (await dialogs()).RefundDialog })) },
    record_chargeback: { icon: "warning", label: "incoming.chargeback", when: isHere, Dialog: lazy(async () => ({ default: (await dialogs()).ChargebackDialog })) },
    reverse: { icon: "void", label: "incoming.reverse", when: isHere, Dialog: lazy(async () => ({ default: (await dialogs()).ReverseDialog })) },
  },
};

const methods = ["card", "bank_transfer", "direct_debit", "cash", "cheque", "other"] as const;

export const paymentList: ListSpec<Payment, PaymentPage, Question<"/v1/payments">, "incoming"> = {
  name: "payments",
  words: "incoming",
  icon: "checkCircle",
  read: (query, signal) => answer(api.GET("/v1/payments", { params: { query }, signal })),
  tabs: [
    { id: "attention", query: { needs_attention: true, sort: "received_on" }, counted: true, icon: "checkCircle" },
    { id: "pending", query: { status: ["pending", "authorised"], sort: "received_on" }, counted: true, icon: "checkCircle" },
    { id: "succeeded", query: { status: ["succeeded"], sort: "-received_on" } },
    { id: "refunded", query: { status: ["partially_refunded", "refunded", "charged_back", "reversed"], sort: "-received_on" } },
    { id: "all", query: { sort: "-received_on" } },
  ],
  filters: [
    { kind: "text", name: "q", label: "incoming.search", max: 255 },
    { kind: "choice", name: "method", label: "payment.method", options: methods.map((method) => [method, `payment.method_${method}`] as const), many: true },
    { kind: "dates", from: "from", to: "to", labels: ["incoming.from", "incoming.to"] },
    { kind: "linked", name: "account_id", label: "incoming.account_is", drop: "incoming.drop_account", max: 64, many: true },
  ],
  columns: [
    { id: "reference", title: "incoming.reference", render: ({ id, external_key }) => <Reference id={id} text={external_key ?? id} /> },
    { id: "status", title: "incoming.status", render: ({ status }) => <StatusTag kind="received" status={status} /> },
    date("received_on", "payment.received_on", { sort: "received_on" }),
    { id: "account", title: "incoming.customer", render: ({ account_id }) => <CustomerName id={account_id} link /> },
    { id: "method", title: "payment.method", render: ({ method }) => <Method method={method} /> },
    money("amount", "payment.amount", { sort: "amount" }),
    money("allocated", "incoming.allocated"),
    money("unallocated", "incoming.unallocated"),
    money("refunded", "incoming.refunded", { extra: true }),
    money("charged_back", "incoming.charged_back", { extra: true }),
    { id: "reason", title: "incoming.reason", extra: true, render: ({ failure_code, reason }) => <span dir="auto">{(failure_code ?? reason) || <Nothing />}</span> },
    { id: "id", title: "payment.id", extra: true, render: ({ id }) => <code>{id}</code> },
    count("version", "incoming.version", { extra: true }),
  ],
  totals: [["amount", "incoming.total"], ["unallocated", "incoming.unallocated"]],
  create: { label: "incoming.record", Drawer: lazy(() => import("./RecordPayment")) },
  actions: (payment) => <Menu payment={payment} />,
};

function Reference({ id, text }: { id: string; text: string }) {
  return <span className="reveal nowrap"><Link className="number" dir="auto" to={`/payments/${encodeURIComponent(id)}`}>{text}</Link><CopyButton text={text} /></span>;
}

function Method({ method }: { method: string }) {
  const label = useLabel();
  return label(`payment.method_${method}`, method);
}

function Menu({ payment }: { payment: Payment }) {
  const { t } = useI18n();
  return <ActionMenu thing={payment} actions={paymentActions} label={t("incoming.actions", { payment: payment.external_key ?? payment.id })} />;
}
