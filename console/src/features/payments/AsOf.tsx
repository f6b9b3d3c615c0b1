/** What was open of an invoice, or of a customer, on a day that somebody picks: by the dates of the money, as it is known now. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { isStatus } from "../../lib/problem";
import { Card } from "../../ui/Card";
import { DateField } from "../../ui/DateField";
import { Facts, type Fact } from "../../ui/Facts";
import { ErrorState, Skeleton } from "../../ui/States";
import { Money } from "../../ui/Value";

interface Props {
  /** An invoice's id, or an account's. */
  id: string;
  of: "invoice" | "account";
}

export default function AsOf({ id, of }: Props) {
  const { t } = useI18n();
  const [day, setDay] = useState("");
  return (
    <Card title={t("then.title")}>
      <DateField label={t("then.as_of")} value={day} onChange={setDay} />
      {day && (of === "invoice" ? <Invoice id={id} day={day} /> : <Balance id={id} day={day} />)}
    </Card>
  );
}

function Invoice({ id: invoice_id, day }: { id: string; day: string }) {
  const { t } = useI18n();
  const query = useQuery({
    queryKey: ["invoices", invoice_id, "as_of", day],
    queryFn: ({ signal }) => answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id }, query: { as_of: day } }, signal })),
    retry: false,
  });
  if (isStatus(query.error, 409)) return <p className="muted">{t("then.nothing")}</p>;
  return (
    <Shown query={query} facts={({ total, paid, due }) => [
      [t("invoice.total"), <Money key="total" value={total} />],
      [t("invoice.paid"), <Money key="paid" value={paid} />],
      [t("invoice.amount_due"), <Money key="due" value={due} />, "sum"],
    ]} />
  );
}

function Balance({ id: account_id, day }: { id: string; day: string }) {
  const { t } = useI18n();
  const query = useQuery({
    queryKey: ["accounts", account_id, "balance", day],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/balance", { params: { path: { account_id }, query: { as_of: day } }, signal })),
    retry: false,
  });
  return (
    <Shown query={query} facts={({ open, credit, balance }) => [
      [t("then.open"), <Money key="open" value={open} />],
      [t("then.credit"), <Money key="credit" value={credit} />],
      [t("then.balance"), <Money key="balance" value={balance} />, "sum"],
    ]} />
  );
}

interface Query<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

function Shown<T>({ query: { data, error, refetch }, facts }: { query: Query<T>; facts: (data: T) => readonly Fact[] }) {
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={3} height={24} />;
  return <Facts facts={facts(data)} />;
}
