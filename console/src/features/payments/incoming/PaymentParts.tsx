/** A payment on its page: what it pays, what went back of it, what a bank took; beside it what may be done and how it stands. */
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { CustomerName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Money } from "../../../ui/Value";
import { paymentActions } from "./paymentList";
import { Refunds } from "./Refunds";
import { useChargebacks, type Chargeback, type Payment } from "./queries";

const ReverseChargebackDialog = lazy(async () => ({ default: (await import("./ReverseChargebackDialog")).ReverseChargebackDialog }));

export function PaymentMain({ payment }: { payment: Payment }) {
  const { t } = useI18n();
  return (
    <div className="stack">
      <Card title={t("incoming.pays")} flush><Pays payment={payment} /></Card>
      <Card title={t("one_payment.refunds")} flush><Refunds id={payment.id} /></Card>
      <Card title={t("one_payment.chargebacks")} flush><Chargebacks payment={payment} /></Card>
    </div>
  );
}

export function PaymentSide({ payment }: { payment: Payment }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <aside className="stack" aria-label={t("one_payment.kind")}>
      <ActionButtons thing={payment} actions={paymentActions} />
      <Card title={t("one_payment.kind")}><Facts
        facts={[
          [t("incoming.customer"), <CustomerName key="account" id={payment.account_id} link />],
          [t("payment.received_on"), <BillingDate key="day" value={payment.received_on} />],
          [t("payment.method"), label(`payment.method_${payment.method}`, payment.method)],
          [t("payment.amount"), <Money key="amount" value={payment.amount} />],
          [t("incoming.allocated"), <Money key="allocated" value={payment.allocated} />],
          [t("incoming.refunded"), <Money key="refunded" value={payment.refunded} />],
          [t("incoming.charged_back"), <Money key="back" value={payment.charged_back} />],
          Number(payment.charged_again.amount) > 0 && [t("one_payment.charged_again"), <Money key="again" value={payment.charged_again} />],
          [t("incoming.unallocated"), <Money key="left" value={payment.unallocated} />, "sum"],
        ]}
      /></Card>
    </aside>
  );
}

function Pays({ payment: { allocations } }: { payment: Payment }) {
  const { t } = useI18n();
  if (allocations.length === 0) return <EmptyState icon="circle" title={t("one_payment.pays_nothing")} />;
  return (
    <PlainTable label={t("incoming.pays")}>
      <thead><tr><th scope="col">{t("incoming.invoice")}</th><th scope="col" className="end">{t("incoming.here")}</th></tr></thead>
      <tbody>
        {allocations.map(({ invoice_id, amount }) => (
          <tr key={invoice_id}><th scope="row"><Link to={`/invoices/${encodeURIComponent(invoice_id)}`} dir="ltr">{invoice_id}</Link></th><td className="end"><Money value={amount} /></td></tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Chargebacks({ payment }: { payment: Payment }) {
  const { t } = useI18n();
  const { data, error, refetch } = useChargebacks(payment.id);
  const [asked, setAsked] = useState<Chargeback | null>(null);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <div className="pad"><Skeleton lines={2} height={36} /></div>;
  if (data.items.length === 0) return <EmptyState icon="circle" title={t("one_payment.no_chargebacks")} />;
  return (
    <>
      <PlainTable label={t("one_payment.chargebacks")}>
        <thead><tr><th scope="col">{t("incoming.reason")}</th><th scope="col">{t("one_payment.on")}</th><th scope="col" className="end">{t("payment.amount")}</th><th scope="col"><span className="visually-hidden">{t("one_payment.won")}</span></th></tr></thead>
        <tbody>
          {data.items.map((one) => (
            <tr key={one.id}>
              <th scope="row"><span dir="auto">{one.reason}</span>{Number(one.paid_back_before.amount) > 0 && <span className="small muted below">{t("one_payment.charged_again")}: <Money value={one.paid_back_before} /></span>}<Fee chargeback={one} /></th>
              <td><BillingDate value={one.received_on} /></td>
              <td className="end"><Money value={one.amount} /></td>
              <td className="end">{one.status === "reversed" ? <BillingDate value={one.reversed_on} /> : <button type="button" className="button" onClick={() => setAsked(one)}>{t("one_payment.won")}</button>}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {asked && <Suspense fallback={null}><ReverseChargebackDialog chargeback={asked} payment={payment} onClose={() => setAsked(null)} /></Suspense>}
    </>
  );
}

/** What was taken of the operator for it, and what of that came back. */
function Fee({ chargeback: { fee, fee_returned } }: { chargeback: Chargeback }) {
  const { t } = useI18n();
  if (Number(fee.amount) === 0) return null;
  return (
    <>
      <span className="small muted below">{t("one_payment.fee")}: <Money value={fee} /></span>
      {Number(fee_returned.amount) > 0 && <span className="small muted below">{t("one_payment.fee_returned")}: <Money value={fee_returned} /></span>}
    </>
  );
}
