/** The contract of a subscription: its term, its notice, and what leaving today would cost, with the formula. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import type { MoneyValue } from "../../../lib/money";
import { isAbsent } from "../../../lib/problem";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Money } from "../../../ui/Value";

export function Contract({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery({
    queryKey: ["subscriptions", "contract", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/subscriptions/{subscription_id}/contract", { params: { path: { subscription_id: id } }, signal })),
  });
  // A version of the service that knows no contracts has none.
  if (isAbsent(error)) return null;
  const leaving = data?.cost_of_leaving_today;
  return (
    <Card title={t("contract.title")}>
      {data && data.start === null && <p className="muted">{t("contract.none")}</p>}
      {data && data.start !== null && (
        <>
          <Facts
            facts={[
              [t("contract.start"), <BillingDate key="start" value={data.start} />],
              [t("contract.end"), <BillingDate key="end" value={data.end} />],
              data.early_termination && [t("contract.early"), <Early key="early" of={data.early_termination} />],
              data.notice && [t("contract.notice"), <BillingDate key="notice" value={data.notice.on} />],
              leaving && [t("contract.leaving"), <Money key="leaving" value={leaving.amount} />, "sum"],
            ]}
          />
          {leaving && <p className="small muted"><bdi>{leaving.formula}</bdi></p>}
        </>
      )}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={3} />}
    </Card>
  );
}

/** What the contract says that leaving early costs: a share of what remains, or an amount. */
function Early({ of: { percent, amount } }: { of: { percent: string | null; amount: MoneyValue | null } }) {
  const { t } = useI18n();
  return percent === null ? <Money value={amount} /> : <>{t("contract.early_percent", { percent })}</>;
}
