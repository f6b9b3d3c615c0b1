/** Refunds of all payments, as data for the list kit: what is still to be paid first. */
import { Link } from "react-router";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { CopyButton } from "../../../ui/CopyButton";
import { code, date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";
import type { Refund } from "./queries";
import { RefundWay } from "./RefundWay";
import { refundActions } from "./refundActions";

type RefundPage = Answer<"/v1/refunds">;

const ways = ["transfer", "gateway", "cash"] as const;

export const refundList: ListSpec<Refund, RefundPage, NonNullable<Question<"/v1/refunds">>, "refunds"> = {
  name: "refunds",
  words: "refunds",
  icon: "left",
  read: (query, signal) => answer(api.GET("/v1/refunds", { params: { query }, signal })),
  tabs: [
    { id: "requested", query: { status: ["requested"], sort: "recorded_at" }, counted: true, icon: "checkCircle" },
    { id: "sent", query: { status: ["sent"], sort: "recorded_at" }, counted: true, icon: "checkCircle" },
    { id: "unknown", query: { status: ["sent"], outcome: ["unknown"], sort: "recorded_at" }, counted: true, icon: "checkCircle" },
    { id: "paid", query: { status: ["paid"], sort: "-recorded_at" } },
    { id: "failed", query: { status: ["failed"], sort: "-recorded_at" }, icon: "checkCircle" },
    { id: "all", query: { sort: "-recorded_at" } },
  ],
  filters: [
    { kind: "choice", name: "way", label: "refunds.way", options: ways.map((way) => [way, `refund.way_${way}`] as const), many: true },
    { kind: "text", name: "gateway", label: "refunds.gateway", max: 64 },
    { kind: "dates", from: "from", to: "to", labels: ["refunds.from", "refunds.to"] },
    { kind: "linked", name: "account_id", label: "refunds.account_is", drop: "refunds.drop_account", max: 64, many: true },
    { kind: "linked", name: "payment_id", label: "refunds.payment_is", drop: "refunds.drop_payment", max: 64, many: true },
  ],
  columns: [
    { id: "payment", title: "refunds.payment", render: ({ payment_id }) => <span className="reveal nowrap"><Link dir="ltr" to={`/payments/${encodeURIComponent(payment_id)}`}>{payment_id}</Link><CopyButton text={payment_id} /></span> },
    { id: "status", title: "incoming.status", render: (refund) => <Standing refund={refund} /> },
    { id: "account", title: "refunds.account", render: ({ account_id }) => <CustomerName id={account_id} link /> },
    { id: "way", title: "refunds.way", render: (refund) => (refund.way ? <RefundWay refund={refund} /> : <Nothing />) },
    { id: "reason", title: "incoming.reason", render: ({ reason }) => <span dir="auto">{reason}</span> },
    date("refunded_on", "refunds.asked_on", { sort: "recorded_at" }),
    date("paid_on", "refunds.paid_on"),
    money("amount", "payment.amount", { sort: "amount" }),
    { id: "method", title: "payment.method", extra: true, render: ({ method }) => <Method method={method} /> },
    { id: "gateway", title: "refunds.gateway", extra: true, render: ({ gateway }) => (gateway ? <span dir="ltr">{gateway}</span> : <Nothing />) },
    { id: "reference", title: "refunds.reference", extra: true, render: ({ reference }) => (reference ? <code>{reference}</code> : <Nothing />) },
    { id: "adjusts", title: "refunds.adjusts", extra: true, render: ({ adjusts }) => <Adjusts adjusts={adjusts} /> },
    { id: "by", title: "refunds.by", extra: true, render: ({ refunded_by }) => (refunded_by ? <span dir="ltr">{refunded_by}</span> : <Nothing />) },
    code("id", "refunds.id", { extra: true }),
  ],
  totals: [["amount", "payment.amount"]],
  actions: (refund) => <Menu refund={refund} />,
};

/** How far it is, and what somebody has to know of it. */
function Standing({ refund: { status, outcome, code: failure, late } }: { refund: Refund }) {
  const { t } = useI18n();
  return (
    <>
      <StatusTag kind="refund" status={status} />
      {failure && <span className="small muted below" dir="ltr">{failure}</span>}
      {status === "sent" && outcome === "unknown" && <span className="small muted below">{t("refunds.unknown")}</span>}
      {late && <span className="small muted below">{t("refunds.late")}</span>}
    </>
  );
}

function Method({ method }: { method: string }) {
  const label = useLabel();
  return label(`payment.method_${method}`, method);
}

function Adjusts({ adjusts }: { adjusts: boolean }) {
  const { t } = useI18n();
  return adjusts ? t("refunds.adjusts_yes") : <Nothing />;
}

function Menu({ refund }: { refund: Refund }) {
  const { t } = useI18n();
  return <ActionMenu thing={refund} actions={refundActions} label={t("refund.actions", { refund: refund.id })} />;
}
