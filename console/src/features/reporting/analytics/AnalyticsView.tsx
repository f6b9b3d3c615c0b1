/** All of the figures and charts, for what the reader has asked; one currency at a time, for currencies are never added. */
import { useI18n } from "../../../lib/i18n";
import { PageTitle } from "../../../ui/PageTitle";
import { Instant } from "../../../ui/Value";
import { AskBar } from "./AskBar";
import { Aging, Collections, Events, Funnel, Methods, Movement, UsageVolume } from "./cards";
import { Kpis } from "./Kpis";
import { useReport } from "./queries";
import { Revenue } from "./Revenue";
import { currenciesOf } from "./table";
import { TopCustomers, TopPlans } from "./TopTables";
import { useAsked } from "./useAsked";
import "./analytics.css";

export function AnalyticsView() {
  const { t } = useI18n();
  const asked = useAsked();
  const kpis = useReport("kpis", asked.range);
  const currencies = currenciesOf(kpis.data?.items ?? []);
  // Until they are known nothing is asked in a currency; an installation that has invoiced nothing yet has none.
  const currency = asked.currency ?? currencies[0] ?? (kpis.data ? "EUR" : null);
  return (
    <>
      <PageTitle of={t("nav.analytics")} />
      <div className="row wrap">
        <h1 className="grow">{t("nav.analytics")}</h1>
        {kpis.data && <span className="muted small">{t("list.as_of")} <Instant value={kpis.data.as_of} seconds /></span>}
      </div>
      <AskBar asked={asked} currencies={currencies} currency={currency} />
      <Kpis reading={kpis} currency={currency} />
      {currency && (
        <div className="analytics-charts">
          <div className="whole"><Revenue asked={asked} currency={currency} /></div>
          <Aging currency={currency} />
          <Methods asked={asked} currency={currency} />
          <Collections asked={asked} currency={currency} />
          <Movement asked={asked} currency={currency} />
          <UsageVolume asked={asked} />
          <Events asked={asked} />
          <div className="whole"><Funnel asked={asked} currency={currency} /></div>
          <TopCustomers asked={asked} currency={currency} />
          <TopPlans asked={asked} currency={currency} />
        </div>
      )}
    </>
  );
}
