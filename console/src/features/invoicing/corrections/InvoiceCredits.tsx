/** What was credited of an invoice, note by note, and what credit notes of other invoices paid of it. */
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Money } from "../../../ui/Value";
import type { InvoiceDetail } from "../queries";
import { leftOf } from "./left";
import { creditNotePath, useCreditNotesOf, type CreditNote } from "./queries";

export default function InvoiceCredits({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const { data, error, refetch } = useCreditNotesOf(invoice.id);
  return (
    <>
      <Card title={t("credits.title")} flush>
        {data?.items.length === 0 && <EmptyState icon="circle" title={t("credits.none_of")} />}
        {data && data.items.length > 0 && <Notes notes={data.items} />}
        {data && data.items.length > 0 && <div className="pad"><Facts facts={[[t("credit.left"), <Money key="left" value={leftOf(invoice, data).total} />, "sum"]]} /></div>}
        {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
      </Card>
      {invoice.credits.length > 0 && (
        <Card title={t("credits.paid_by")}>
          <Facts facts={invoice.credits.map(({ credit_note_id: id, number, amount }) => [number ?? t("credits.granted"), number === null ? <Money key={id} value={amount} /> : <Link key={id} to={creditNotePath(id)}><Money value={amount} /></Link>] as const)} />
        </Card>
      )}
    </>
  );
}

function Notes({ notes }: { notes: readonly CreditNote[] }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <PlainTable label={t("credits.title")} className="stacked">
      <thead>
        <tr>
          <th scope="col">{t("credit.number")}</th>
          <th scope="col">{t("credit.status")}</th>
          <th scope="col">{t("credit.reason")}</th>
          <th scope="col">{t("credit.issued_on")}</th>
          <th scope="col" className="end">{t("credit.total")}</th>
        </tr>
      </thead>
      <tbody>
        {notes.map(({ id, number, status, reason, issued_on, total }) => (
          <tr key={id}>
            <th scope="row"><Link className="number" to={creditNotePath(id)} dir="ltr">{number ?? id}</Link></th>
            <td data-label={t("credit.status")}><StatusTag kind="invoice" status={status} /></td>
            <td data-label={t("credit.reason")}>{label(`credit_reason.${reason}`, reason)}</td>
            <td data-label={t("credit.issued_on")}><BillingDate value={issued_on} /></td>
            <td className="end" data-label={t("credit.total")}><Money value={total} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
