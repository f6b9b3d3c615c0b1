/** What an outage gives back, charge by charge, each with its customer; what gives nothing back says why. */
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { CustomerName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { Money, PeriodText } from "../../../ui/Value";
import { ResultsCard, Running, shownOf } from "../correction/ResultsPager";
import { servicePath } from "../subscriptions/queries";
import { lasted } from "../../../lib/lasted";
import { useCredited, type Credited, type Outage } from "./queries";

const shows = ["credited", "not_credited"] as const;

export function OutageResults({ outage }: { outage: Outage }) {
  const list = useListState();
  const shown = shownOf(list, shows);
  const query = useCredited(outage.id, outage.version, { outcome: [shown], page: list.page, size: list.size, sort: shown === "credited" ? "-credit" : "account_id" });
  if (outage.status === "running") return <Running accounts={outage.accounts} />;
  return (
    <ResultsCard list={list} current={shown} query={query} tabs={[{ id: "credited", label: "outage.results_credited" }, { id: "not_credited", label: "outage.results_not" }]}>
      <Rows rows={query.data?.items ?? []} isCredited={shown === "credited"} />
    </ResultsCard>
  );
}

function Rows({ rows, isCredited }: { rows: readonly Credited[]; isCredited: boolean }) {
  const { t, locale } = useI18n();
  const label = useLabel();
  return (
    <PlainTable label={t("corrections.results")}>
      <thead>
        <tr>
          <th scope="col">{t("corrections.customer")}</th>
          <th scope="col" className="wide-only">{t("corrections.subscription")}</th>
          <th scope="col" className="wide-only">{t("corrections.period")}</th>
          <th scope="col" className="end wide-only">{t("outage.without")}</th>
          <th scope="col" className="end">{t("corrections.charged")}</th>
          <th scope="col" className={isCredited ? "end" : undefined}>{t(isCredited ? "outage.credit" : "corrections.reason")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={`${row.corrects ?? row.account_id} ${index}`}>
            <th scope="row"><CustomerName id={row.account_id} link /></th>
            <td className="wide-only">{row.subscription_id !== null && <Link to={servicePath(row.subscription_id)} dir="ltr">{row.subscription_id}</Link>}</td>
            <td className="wide-only"><PeriodText value={row.period} /></td>
            <td className="end wide-only"><span className="number" dir="auto">{row.seconds > 0 && lasted(locale, row.seconds)}</span></td>
            <td className="end"><Money value={row.charged} /></td>
            {isCredited ? <td className="end"><strong><Money value={row.credit} /></strong></td> : <td>{label(`corrections.reason_${row.reason ?? "none"}`, row.reason ?? "")}</td>}
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
