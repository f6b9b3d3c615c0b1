/** A customer's balance, line by line: what was charged, what was paid, and where that left them. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { answer, api, type Answer } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { useRefreshInterval } from "../../../lib/queries";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Money } from "../../../ui/Value";

type Page = Answer<"/v1/accounts/{account_id}/statement">;
type Line = Page["items"][number];

const RecordPayment = lazy(() => import("../incoming/RecordPayment"));
const AdjustDrawer = lazy(() => import("./AdjustDrawer"));

/** So many of the latest lines are shown. */
const limit = 200;

export function Statement({ id, currency, mayAdjust }: { id: string; currency: string; mayAdjust: boolean }) {
  const { t } = useI18n();
  const list = useListState();
  const { data, error, refetch } = useQuery({
    queryKey: ["customers", "statement", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/statement", { params: { path: { account_id: id }, query: { sort: "-booked_on", limit } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
  const button = (label: "statement.adjust" | "incoming.record", does: "adjust" | "payment") => (
    <button type="button" className="button" disabled={!mayAdjust} title={mayAdjust ? undefined : t("state.forbidden")} onClick={() => list.set({ [does]: "new" })}>{t(label)}</button>
  );
  return (
    <Card title={t("statement.title")} flush aside={<>{button("incoming.record", "payment")} {button("statement.adjust", "adjust")}</>}>
      {data && <div className="pad"><Balance page={data} /></div>}
      {data?.items.length === 0 && <EmptyState icon="circle" title={t("statement.none")} />}
      {data && data.items.length > 0 && <Lines lines={data.items} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={5} height={36} /></div>}
      {mayAdjust && list.get("adjust") === "new" && <Suspense fallback={null}><AdjustDrawer id={id} currency={currency} onClose={() => list.set({ adjust: null })} /></Suspense>}
      {mayAdjust && list.get("payment") === "new" && <Suspense fallback={null}><RecordPayment account={{ id, currency }} invoice={list.get("invoice")} amount={list.get("amount")} onClose={() => list.set({ payment: null, invoice: null, amount: null })} /></Suspense>}
    </Card>
  );
}

function Balance({ page: { closing, totals } }: { page: Page }) {
  const { t } = useI18n();
  const label = useLabel();
  const sums = totals[0];
  return (
    <Facts
      facts={[
        sums && [t("statement.charged"), <Money key="charged" value={{ amount: sums.charged, currency: sums.currency }} />],
        sums && [t("statement.paid"), <Money key="paid" value={{ amount: sums.paid, currency: sums.currency }} />],
        [label(`statement.${closing.words}`, closing.words), <strong key="balance"><Money value={closing.balance} /></strong>, "sum"],
      ]}
    />
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <PlainTable label={t("statement.title")}>
      <thead><tr><th scope="col">{t("statement.what")}</th><th scope="col">{t("statement.booked_on")}</th><th scope="col" className="end">{t("statement.amount")}</th><th scope="col" className="end">{t("statement.balance")}</th></tr></thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">{label(`statement.kind_${line.kind}`, line.kind)}<span className="small muted below" dir="ltr">{line.number || line.reference}</span></th>
            <td><BillingDate value={line.booked_on} /></td>
            <td className="end"><Money value={line.amount} /></td>
            <td className="end"><strong><Money value={line.balance} /></strong></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
