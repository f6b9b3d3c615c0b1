/** What a rerating changes, line by line, each with its customer: who pays less, who pays more, and what can't be computed. */
import { Link } from "react-router";
import { isNegative, isZero } from "../../../lib/decimal";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { Facts } from "../../../ui/Facts";
import { CustomerName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { Money, PeriodText } from "../../../ui/Value";
import { ResultsCard, Running, shownOf } from "../correction/ResultsPager";
import { servicePath } from "../subscriptions/queries";
import { useRerated, type Rerated, type Rerating } from "./queries";

const shows = ["losers", "winners", "not_computable"] as const;
/** Corrected lines in both tabs, those that change most in the tab's direction first: the API sorts, it does not part them. */
const asked = { losers: { outcome: ["corrected"], sort: "-difference" }, winners: { outcome: ["corrected"], sort: "difference" }, not_computable: { outcome: ["not_computable"], sort: "account_id" } };

export function ReratingResults({ rerating }: { rerating: Rerating }) {
  const { t } = useI18n();
  const list = useListState();
  const shown = shownOf(list, shows);
  const query = useRerated(rerating.id, rerating.version, { ...asked[shown], page: list.page, size: list.size } as Parameters<typeof useRerated>[2]);
  if (rerating.status === "running") return <Running accounts={rerating.accounts} />;
  return (
    <ResultsCard
      list={list} current={shown} query={query}
      tabs={[{ id: "losers", label: "rerating.losers" }, { id: "winners", label: "rerating.winners" }, { id: "not_computable", label: "rerating.not_computable" }]}
    >
      {shown !== "not_computable" && <div className="pad">{query.data?.totals.map((total) => {
        const money = (amount: string) => ({ amount, currency: total.currency });
        return <Facts key={total.currency} facts={[[t("corrections.charged"), <Money key="charged" value={money(total.charged)} />], [t("rerating.should_be"), <Money key="corrected" value={money(total.corrected)} />], [t("rerating.difference"), <Money key="difference" value={money(total.amount)} />, "sum"]]} />;
      })}</div>}
      <Rows rows={query.data?.items ?? []} isComputed={shown !== "not_computable"} />
    </ResultsCard>
  );
}

function Rows({ rows, isComputed }: { rows: readonly Rerated[]; isComputed: boolean }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <PlainTable label={t("corrections.results")}>
      <thead>
        <tr>
          <th scope="col">{t("corrections.customer")}</th>
          <th scope="col" className="wide-only">{t("corrections.subscription")}</th>
          <th scope="col" className="wide-only">{t("corrections.period")}</th>
          <th scope="col" className="end">{t("corrections.charged")}</th>
          <th scope="col" className="end wide-only">{t("rerating.should_be")}</th>
          <th scope="col" className={isComputed ? "end" : undefined}>{t(isComputed ? "rerating.difference" : "corrections.reason")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={`${row.subscription_id ?? row.account_id} ${row.price_index} ${row.period?.start ?? ""} ${index}`}>
            <th scope="row"><CustomerName id={row.account_id} link /></th>
            <td className="wide-only">{row.subscription_id !== null && <Link to={servicePath(row.subscription_id)} dir="ltr">{row.subscription_id}</Link>}</td>
            <td className="wide-only"><PeriodText value={row.period} /></td>
            <td className="end"><Money value={row.charged} /></td>
            <td className="end wide-only"><Money value={row.corrected} /></td>
            {isComputed ? <td className="end"><strong className="nowrap" dir="ltr">{row.difference && !isNegative(row.difference.amount) && !isZero(row.difference.amount) && "+"}<Money value={row.difference} /></strong>{row.difference && <Direction amount={row.difference.amount} />}</td> : <td>{label(`corrections.reason_${row.reason ?? "none"}`, row.reason ?? "")}</td>}
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

/** In a word, as the sign alone is easily missed. */
function Direction({ amount }: { amount: string }) {
  const { t } = useI18n();
  if (isZero(amount)) return null;
  return <span className="small muted below">{t(isNegative(amount) ? "rerating.pays_less" : "rerating.pays_more")}</span>;
}
