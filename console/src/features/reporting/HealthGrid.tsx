/** Each service: is it ready, how far behind its input and its read tables, when its last event was. Icon and word. */
import { useI18n } from "../../lib/i18n";
import { Card } from "../../ui/Card";
import { PlainTable } from "../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../ui/States";
import { StatusTag } from "../../ui/StatusTag";
import { Instant, Nothing } from "../../ui/Value";
import { useServicesHealth, type ServiceHealth } from "./queries";
import "./HealthGrid.css";

export function HealthGrid() {
  const { t } = useI18n();
  const { data, error, refetch } = useServicesHealth();
  return (
    <Card title={t("health.title")} className="health" flush>
      {data ? <ServiceTable services={data.items} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <div className="pad"><Skeleton lines={6} height={36} /></div>}
    </Card>
  );
}

function ServiceTable({ services }: { services: readonly ServiceHealth[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("health.title")}>
      <thead>
        <tr>
          <th scope="col">{t("health.service")}</th>
          <th scope="col">{t("health.state")}</th>
          <th scope="col" className="end" title={t("health.lag_hint")}>{t("health.lag")}</th>
          <th scope="col" className="end" title={t("health.delay_hint")}>{t("health.delay")}</th>
        </tr>
      </thead>
      <tbody>
        {services.map((service) => (
          <tr key={service.name}>
            <th scope="row">
              {service.name}
              <span className="health-last small muted"><Instant value={service.last_event_at} seconds /></span>
            </th>
            <td title={service.detail ?? undefined}><StatusTag kind="service" status={service.ready ? "up" : "not_ready"} /></td>
            <td className="end"><Count value={service.lag} /></td>
            <td className="end"><Delay value={service.projection_lag_ms} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Count({ value }: { value: number | null | undefined }) {
  const { locale } = useI18n();
  return value == null ? <Nothing /> : <span className="number">{new Intl.NumberFormat(locale).format(value)}</span>;
}

function Delay({ value }: { value: number | null | undefined }) {
  const { locale } = useI18n();
  if (value == null) return <Nothing />;
  const format = new Intl.NumberFormat(locale, { style: "unit", unit: "millisecond" });
  return <span className="number" dir="ltr">{format.format(value)}</span>;
}
