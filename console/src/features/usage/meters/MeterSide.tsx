/** Beside a meter's page: its definition, and where its usage is. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Instant } from "../../../ui/Value";
import "../records/RecordWay.css";
import { Aggregation, From } from "./meterList";
import type { Meter } from "./queries";

export function MeterSide({ meter }: { meter: Meter }) {
  const { t } = useI18n();
  const asked = `meter=${encodeURIComponent(meter.id)}`;
  return (
    <aside className="stack" aria-label={t("meter.summary")}>
      <Card title={t("meter.facts")}>
        <Facts
          facts={[
            [t("meter.id"), <code key="id" dir="ltr">{meter.id}</code>],
            [t("meter.unit"), meter.unit],
            [t("meter.aggregation"), <Aggregation key="aggregation" of={meter.aggregation} unique_of={meter.unique_of} />],
            [t("meter.from"), <From key="from" builtIn={meter.built_in} />],
            meter.defined_at !== null && [t("meter.defined_at"), <Instant key="defined" value={meter.defined_at} />],
          ]}
        />
        <p className="small muted">{t("meter.for_ever")}</p>
      </Card>
      <Card title={t("meter.look")}>
        <ul className="way-list">
          <li><Link to={`/usage?${asked}`}>{t("meter.usage")}</Link></li>
          <li><Link to={`/usage/quarantine?${asked}`}>{t("meter.parked")}</Link></li>
        </ul>
      </Card>
    </aside>
  );
}
