/** What goes back of a payment: how far each refund is, and what a person says of it. */
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Money } from "../../../ui/Value";
import { useRefunds } from "./queries";
import { RefundWay } from "./RefundWay";
import { refundActions } from "./refundActions";

export function Refunds({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useRefunds(id);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <div className="pad"><Skeleton lines={2} height={36} /></div>;
  if (data.items.length === 0) return <EmptyState icon="circle" title={t("one_payment.no_refunds")} />;
  return (
    <PlainTable label={t("one_payment.refunds")}>
      <thead><tr><th scope="col">{t("incoming.reason")}</th><th scope="col">{t("incoming.status")}</th><th scope="col">{t("one_payment.on")}</th><th scope="col" className="end">{t("payment.amount")}</th><th scope="col"><span className="visually-hidden">{t("refund.menu")}</span></th></tr></thead>
      <tbody>
        {data.items.map((one) => (
          <tr key={one.id}>
            <th scope="row"><span dir="auto">{one.reason}</span><span className="small muted below"><RefundWay refund={one} /></span></th>
            <td><StatusTag kind="refund" status={one.status} />{one.code && <span className="small muted below" dir="ltr">{one.code}</span>}</td>
            <td><BillingDate value={one.paid_on ?? one.refunded_on} /></td>
            <td className="end"><Money value={one.amount} /></td>
            <td className="end"><ActionMenu thing={one} actions={refundActions} label={t("refund.actions", { refund: one.id })} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
