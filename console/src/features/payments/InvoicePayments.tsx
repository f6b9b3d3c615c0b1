/**
 * The payments that were put against one invoice, and how much of each.
 *
 * The API lists payments by account, so the account's are read and those allocated to this invoice shown.
 */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { useRefreshInterval } from "../../lib/queries";
import { Card } from "../../ui/Card";
import { CopyButton } from "../../ui/CopyButton";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { BillingDate, Money } from "../../ui/Value";

type Payment = Answer<"/v1/payments">["items"][number];

/** The most that the API gives in one answer. */
const limit = 500;

function useAccountPayments(account_id: string) {
  return useQuery({
    queryKey: ["payments", "account", account_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/payments", { params: { query: { account_id, limit } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function InvoicePayments({ accountId, invoiceId }: { accountId: string; invoiceId: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useAccountPayments(accountId);
  const rows = data?.items.flatMap((payment) => allocatedTo(payment, invoiceId));
  return (
    <Card title={t("allocations.title")} flush>
      {rows?.length === 0 && <EmptyState icon="circle" title={t("allocations.none")} />}
      {rows && rows.length > 0 && <Allocations rows={rows} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
    </Card>
  );
}

interface Allocation {
  payment: Payment;
  amount: Payment["amount"];
}

function allocatedTo(payment: Payment, invoiceId: string): Allocation[] {
  return payment.allocations.filter(({ invoice_id }) => invoice_id === invoiceId).map(({ amount }) => ({ payment, amount }));
}

function Allocations({ rows }: { rows: readonly Allocation[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("allocations.title")}>
      <thead>
        <tr>
          <th scope="col">{t("payment.id")}</th>
          <th scope="col">{t("payment.received_on")}</th>
          <th scope="col">{t("payment.method")}</th>
          <th scope="col" className="end">{t("payment.amount")}</th>
          <th scope="col" className="end">{t("allocations.here")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ payment, amount }, index) => (
          <tr key={`${payment.id}-${index}`}>
            <th scope="row" className="nowrap"><code>{payment.id}</code><CopyButton text={payment.id} /></th>
            <td><BillingDate value={payment.received_on} /></td>
            <td>{payment.method}</td>
            <td className="end"><Money value={payment.amount} /></td>
            <td className="end"><strong><Money value={amount} /></strong></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
