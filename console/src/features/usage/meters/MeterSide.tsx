/** Beside a meter's page: its definition, and where its usage is. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { Instant } from "../../../ui/Value";
import "../records/RecordWay.css";
import { meterActions } from "./actions";
import { Aggregation, From } from "./meterList";
import type { Meter } from "./queries";

export function MeterSide({ meter }: { meter: Meter }) {
  const { t } = useI18n();
  const asked = `meter=${encodeURIComponent(meter.id)}`;
  return (
    <aside className="stack" aria-label={t("meter.summary")}>
      <ActionButtons thing={meter} actions={meterActions} />
      <Card title={t("meter.facts")}>
        <Facts
          facts={[
            [t("meter.id"), <code key="id" dir="ltr">{meter.id}</code>],
            [t("meter.unit"), meter.unit],
            [t("meter.aggregation"), <Aggregation key="aggregation" of={meter.aggregation} unique_of={meter.unique_of} />],
            [t("meter.from"), <From key="from" builtIn={meter.built_in} />],
            [t("meter.personal"), <Personal key="personal" of={meter.personal} />],
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

/** Attributes that are sealed, with how much of each stays readable. */
function Personal({ of }: { of: Meter["personal"] }) {
  const { t } = useI18n();
  if (of.length === 0) return <>{t("meter.personal_none")}</>;
  return (
    <ul className="way-list">
      {of.map(({ attribute, keep }) => (
        <li key={attribute}><code dir="ltr">{attribute}</code> <span className="small muted">{keep ? t("meter.personal_keeps", { count: keep }) : t("meter.personal_whole")}</span></li>
      ))}
    </ul>
  );
}
