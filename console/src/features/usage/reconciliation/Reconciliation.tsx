/** Where every usage record has gone: what came in against where it counts, whether both agree, and what breaks it. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { answer, api, type Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useRefreshInterval } from "../../../lib/queries";
import { formatDate } from "../../../lib/time";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { CustomerName, MeterName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Count } from "../../../ui/Value";

type Told = Answer<"/v1/proof/conservation">;

const came = ["accepted", "duplicates", "conflicts", "malformed"] as const;
const went = ["billed", "allowance", "unbilled", "parked", "not_billable", "retracted", "in_flight", "unplaced"] as const;

export function Reconciliation() {
  const { t, locale } = useI18n();
  const { data, error, refetch } = useQuery({
    queryKey: ["usage", "conservation"],
    queryFn: ({ signal }) => answer(api.GET("/v1/proof/conservation", { params: { query: { limit: 1 } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} height={40} />;
  return (
    <>
      <Verdict told={data} />
      {data.kept_since && <p className="small muted">{t("reconciliation.since", { day: formatDate(locale, data.kept_since) })}</p>}
      <Card title={t("reconciliation.came")}><Terms told={data} terms={came} whole="records_in" /></Card>
      <Card title={t("reconciliation.went")}><Terms told={data} terms={went} whole="accepted" /></Card>
      <CountedTwice told={data} />
      {data.disagreements_total > 0 && <Disagreements told={data} />}
    </>
  );
}

type Term = (typeof came)[number] | (typeof went)[number] | "records_in";

function Terms({ told, terms, whole }: { told: Told; terms: readonly Term[]; whole: Term }) {
  const { t } = useI18n();
  const line = (term: Term): readonly [string, ReactNode] => [t(`reconciliation.${term}`), <Count key={term} value={told[term]} />];
  return <Facts facts={[...terms.map(line), [...line(whole), "sum"]]} />;
}

function Verdict({ told: { balanced, settled, waiting_for } }: { told: Told }) {
  const { t } = useI18n();
  return (
    <p className={balanced ? "row" : "row danger-text"} role="status">
      <Icon name={balanced ? "checkCircle" : "warning"} /> <strong>{t(balanced ? "reconciliation.balanced" : "reconciliation.unbalanced")}</strong>
      {!settled && <span className="muted">{t("reconciliation.waiting", { services: waiting_for.join(", ") })}</span>}
    </p>
  );
}

/** Records of the last 35 days that count in more than one place; with one of them nothing balances. */
function CountedTwice({ told: { counted_twice: found, counted_twice_total: total } }: { told: Told }) {
  const { t } = useI18n();
  return (
    <Card title={t("reconciliation.counted_twice")} flush={total > 0}>
      {total === 0 && <p className="muted">{t("reconciliation.none_twice")}</p>}
      {total > 0 && (
        <PlainTable label={t("reconciliation.counted_twice")}>
          <thead>
            <tr>
              <th scope="col">{t("reconciliation.record")}</th>
              <th scope="col">{t("reconciliation.source")}</th>
              <th scope="col">{t("reconciliation.day")}</th>
              <th scope="col">{t("reconciliation.places")}</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ source, id, day, records }) => (
              <tr key={`${source} ${id} ${day}`}>
                <th scope="row"><Link className="break" to={`/usage/records/${encodeURIComponent(source)}/${encodeURIComponent(id)}`} dir="ltr">{id}</Link></th>
                <td dir="ltr">{source}</td>
                <td><BillingDate value={day} /></td>
                <td className="break small" dir="ltr">{records.join(", ")}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {total > found.length && <p className="small muted pad">{t("reconciliation.more", { shown: found.length, total })}</p>}
    </Card>
  );
}

function Disagreements({ told: { disagreements, disagreements_total: total } }: { told: Told }) {
  const { t } = useI18n();
  return (
    <Card title={t("reconciliation.disagreements")} flush>
      <PlainTable label={t("reconciliation.disagreements")} className="stacked">
        <thead>
          <tr>
            <th scope="col">{t("reconciliation.account")}</th>
            <th scope="col">{t("reconciliation.meter")}</th>
            <th scope="col" className="end">{t("reconciliation.measured")}</th>
            <th scope="col" className="end">{t("reconciliation.rated")}</th>
            <th scope="col" className="end">{t("reconciliation.charged")}</th>
          </tr>
        </thead>
        <tbody>
          {disagreements.map((one) => (
            <tr key={`${one.subscription_id} ${one.meter} ${one.period_start}`}>
              <th scope="row"><CustomerName id={one.account_id} link /></th>
              <td data-label={t("reconciliation.meter")}><MeterName id={one.meter} /></td>
              <td className="end" data-label={t("reconciliation.measured")}><Count value={one.usage_records} /></td>
              <td className="end" data-label={t("reconciliation.rated")}><Count value={one.rated_records} /></td>
              <td className="end" data-label={t("reconciliation.charged")}><Count value={one.charged_records} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {total > disagreements.length && <p className="small muted pad">{t("reconciliation.more", { shown: disagreements.length, total })}</p>}
    </Card>
  );
}
