/** What came of it: the difference in revenue, who would pay less or more, how far apart the bills are, what could not be told. */
import type { ReactNode } from "react";
import { isNegative, isZero, permille } from "../../../lib/decimal";
import { useI18n, useLabel } from "../../../lib/i18n";
import { formatDecimal, formatShare, plain } from "../../../lib/money";
import { Card } from "../../../ui/Card";
import { Chart } from "../../../ui/chart/Chart";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState } from "../../../ui/States";
import { Count, Instant, Money, Nothing, PeriodText } from "../../../ui/Value";
import { CustomerLink, CustomerNames } from "../CustomerNames";
import { csvOf } from "./csv";
import type { Compared, WhatIf } from "./queries";

export function WhatIfResult({ result }: { result: WhatIf }) {
  const { t, locale } = useI18n();
  const { totals, periods, accounts, counted, bands, winners, losers, not_computable: unknown } = result;
  const ids = [...losers, ...winners, ...unknown.items].map(({ account_id }) => account_id);
  if (counted.subscriptions === 0) return <EmptyState icon="search" title={t("whatif.nothing")} />;
  return (
    <CustomerNames ids={ids}>
      <div className="whatif-facts">
        {totals.map(({ currency, charged, candidate, difference }) => {
          const share = permille(difference, charged);
          return (
            <Card key={currency} title={t("whatif.revenue")} aside={<Download result={result} />}>
              <Facts
                facts={[
                  [t("whatif.charged"), <Money key="charged" value={{ amount: charged, currency }} />],
                  [t("whatif.candidate_sum"), <Money key="candidate" value={{ amount: candidate, currency }} />],
                  [t("whatif.difference"), <span key="difference"><Signed amount={difference} currency={currency} />{share !== null &&  <span className="muted" dir="ltr">{formatShare(locale, share)}</span>}</span>, "sum"],
                ]}
              />
            </Card>
          );
        })}
        <Card title={t("whatif.who")} flush>
          <PlainTable label={t("whatif.who")}>
            <thead><tr><td /><th scope="col" className="end">{t("whatif.accounts")}</th><th scope="col" className="end">{t("whatif.periods")}</th></tr></thead>
            <tbody>
              {(["losers", "winners", "unchanged"] as const).map((kind) => <tr key={kind}><th scope="row">{t(`whatif.${kind}`)}</th><td className="end"><Count value={accounts[kind]} /></td><td className="end"><Count value={periods[kind]} /></td></tr>)}
              <tr><th scope="row">{t("whatif.unknown")}</th><td className="end"><Nothing /></td><td className="end"><Count value={unknown.periods} /></td></tr>
            </tbody>
          </PlainTable>
        </Card>
      </div>
      <Chart title={t("whatif.bands")} kind="columns" labels={bands.map((band) => bandName(band, t, locale))} series={[{ name: t("whatif.periods"), values: bands.map(({ periods: count }) => String(count)) }]} unit={null} />
      <Compares title={t("whatif.losers_title")} rows={losers} empty={t("whatif.no_losers")} />
      <Compares title={t("whatif.winners_title")} rows={winners} empty={t("whatif.no_winners")} />
      {unknown.periods > 0 && <Unknown unknown={unknown} />}
      <p className="small muted">{t("whatif.counted", { subscriptions: counted.subscriptions, records: counted.records })} <Instant value={result.as_of} /></p>
    </CustomerNames>
  );
}

type Band = WhatIf["bands"][number];

function bandName({ kind, from_percent: from, to_percent: to }: Band, t: ReturnType<typeof useI18n>["t"], locale: string): string {
  if (kind !== "percent") return t(`whatif.band_${kind}`);
  const percent = (text: string) => `${isNegative(text) || isZero(text) ? "" : "+"}${formatDecimal(locale, plain(text))}\u00a0%`;
  if (from !== null && to !== null) return t("whatif.band_between", { from: percent(from), to: percent(to) });
  return from !== null ? t("whatif.band_from", { from: percent(from) }) : t("whatif.band_to", { to: percent(to ?? "0") });
}

/** More is told by its sign as less is. */
function Signed({ amount, currency }: { amount: string; currency: string }) {
  return <span className="nowrap" dir="ltr">{!isNegative(amount) && !isZero(amount) && "+"}<Money value={{ amount, currency }} /></span>;
}

function Compares({ title, rows, empty }: { title: string; rows: readonly Compared[]; empty: string }) {
  const { t } = useI18n();
  return (
    <Card title={title} flush>
      {rows.length === 0 ? <p className="pad muted">{empty}</p> : (
        <PlainTable label={title} className="stacked">
          <thead><tr><th scope="col">{t("whatif.customer")}</th><th scope="col">{t("whatif.period")}</th><th scope="col" className="end">{t("whatif.charged")}</th><th scope="col" className="end">{t("whatif.candidate_sum")}</th><th scope="col" className="end">{t("whatif.difference")}</th></tr></thead>
          <tbody>
            {rows.map(({ account_id, subscription_id, period, charged, candidate, difference }) => (
              <Row key={`${subscription_id} ${period.start}`} account={account_id} subscription={subscription_id}>
                <td data-label={t("whatif.period")}><PeriodText value={period} /></td><td className="end" data-label={t("whatif.charged")}><Money value={charged} /></td><td className="end" data-label={t("whatif.candidate_sum")}><Money value={candidate} /></td><td className="end" data-label={t("whatif.difference")}><Signed {...difference} /></td>
              </Row>
            ))}
          </tbody>
        </PlainTable>
      )}
    </Card>
  );
}

function Row({ account, subscription, children }: { account: string; subscription: string; children: ReactNode }) {
  return <tr><th scope="row"><CustomerLink id={account} /> <span className="small muted" dir="ltr">{subscription}</span></th>{children}</tr>;
}

function Unknown({ unknown: { items, by_reason, charged } }: { unknown: WhatIf["not_computable"] }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <Card title={t("whatif.unknown_title")} flush>
      <div className="pad">
        <p>{t("whatif.unknown_hint")} <Money value={charged} /></p>
        <ul className="muted">{Object.entries(by_reason).map(([reason, count]) => <li key={reason}><Count value={count} />: {label(`whatif.reason_${reason}`, reason)}</li>)}</ul>
      </div>
      <PlainTable label={t("whatif.unknown_title")} className="stacked">
        <thead><tr><th scope="col">{t("whatif.customer")}</th><th scope="col">{t("whatif.period")}</th><th scope="col" className="end">{t("whatif.charged")}</th><th scope="col">{t("whatif.reason")}</th></tr></thead>
        <tbody>
          {items.map(({ account_id, subscription_id, period, charged: cost, reason, meter }) => (
            <Row key={`${subscription_id} ${period.start}`} account={account_id} subscription={subscription_id}>
              <td data-label={t("whatif.period")}><PeriodText value={period} /></td><td className="end" data-label={t("whatif.charged")}><Money value={cost} /></td><td data-label={t("whatif.reason")}>{label(`whatif.reason_${reason}`, reason)}{meter !== null && <> <code>{meter}</code></>}</td>
            </Row>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

/** At most a thousand rows, which are here already: the browser writes the file. */
function Download({ result }: { result: WhatIf }) {
  const { t } = useI18n();
  const save = () => {
    const url = URL.createObjectURL(new Blob([csvOf(result)], { type: "text/csv" }));
    const link = Object.assign(document.createElement("a"), { href: url, download: `what-if-${result.plan_id}-${result.period.start}.csv` });
    link.click();
    URL.revokeObjectURL(url);
  };
  return <button type="button" className="button small no-print" onClick={save}><Icon name="down" /> {t("whatif.export")}</button>;
}
