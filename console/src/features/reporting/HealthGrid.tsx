/**
 * Each service: is it ready, how far behind its input and its read tables, when its last event was. Icon and word.
 *
 * Readiness is what the entry says of it now (lib/pulse). Where neither answers, no service is called ready because it
 * was so a while ago: it is unknown, and the figures say since when they stand.
 */
import { Link } from "react-router";
import { useI18n } from "../../lib/i18n";
import { numberFormat } from "../../lib/intl";
import { isStatus } from "../../lib/problem";
import { usePulse, type Pulse } from "../../lib/pulse";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { StatusTag } from "../../ui/StatusTag";
import { Count, Instant, Nothing, ZoneName } from "../../ui/Value";
import { useServicesHealth, type ServiceHealth } from "./queries";
import "./HealthGrid.css";

export function HealthGrid() {
  const { t } = useI18n();
  const health = useServicesHealth();
  const pulse = usePulse();
  const services = health.data?.items ?? (health.failureCount > 0 && !isStatus(health.error, 403) ? fromPulse(pulse.data) : null);
  return (
    <Card title={t("health.title")} aside={<><ZoneName /><Link className="small" to="/health">{t("health.all")}</Link></>} className="health" flush>
      {services && health.failureCount > 0 && (
        <p className="health-stale small"><Icon name="warning" size={14} /> {t("list.stale")} <Instant value={health.dataUpdatedAt > 0 ? new Date(health.dataUpdatedAt).toISOString() : null} seconds /></p>
      )}
      {services?.length === 0 && <EmptyState icon="error" title={t("health.none")} />}
      {services?.length === 0 ? null : services ? <ServiceTable services={services} stateOf={(service) => stateOf(service, health.failureCount > 0, pulse.failureCount > 0 ? undefined : pulse.data)} /> : health.error ? <ErrorState error={health.error} onRetry={() => void health.refetch()} /> : <div className="pad"><Skeleton lines={6} height={36} /></div>}
    </Card>
  );
}

type State = "up" | "not_ready" | "unknown";

/** What the entry says now goes before what was last read; a reading that can't be repeated is worth nothing. */
export function stateOf({ name, ready }: Pick<ServiceHealth, "name" | "ready">, isOld: boolean, pulse: Pulse | undefined): State {
  const now = pulse?.[name];
  if (now === false || (!ready && !isOld)) return "not_ready";
  return isOld && now === undefined ? "unknown" : "up";
}

/** Rows for when nothing could be read of the services but whether they are there. */
export function fromPulse(pulse: Pulse | undefined): ServiceHealth[] | null {
  return pulse ? Object.entries(pulse).map(([name, ready]) => ({ name, ready, lag: null, projection_lag_ms: null, last_event_at: null, detail: null, unready_s: 0, stands_still_s: null, oldest_unprocessed_s: null, p95_ms: null, dead_letters: null, parked_inputs: null, sources_silent: null })) : null;
}

function ServiceTable({ services, stateOf }: { services: readonly ServiceHealth[]; stateOf: (service: ServiceHealth) => State }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("health.title")}>
      <thead>
        <tr>
          <th scope="col">{t("health.service")}</th>
          <th scope="col">{t("health.state")}</th>
          <th scope="col" className="end" title={t("health.lag_hint")}>{t("health.lag")}</th>
          <th scope="col" className="end" title={t("health.oldest_hint")}>{t("health.oldest")}</th>
        </tr>
      </thead>
      <tbody>
        {services.map((service) => (
          <tr key={service.name}>
            <th scope="row">
              {service.name}
              <span className="health-last small muted"><Instant value={service.last_event_at} seconds named={false} /></span>
            </th>
            <td title={service.detail ?? undefined}><StatusTag kind="service" status={stateOf(service)} /></td>
            <td className="end"><Count value={service.lag} /></td>
            <td className="end"><Seconds value={service.oldest_unprocessed_s} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

export function Milliseconds({ value }: { value: number | null | undefined }) {
  return <InUnit value={value} unit="millisecond" />;
}

/** How long something has waited, in the greatest unit that says it: 40 s, 12 min, 3 h. */
export function Seconds({ value }: { value: number | null | undefined }) {
  if (value == null || value < 120) return <InUnit value={value} unit="second" />;
  return value < 7_200 ? <InUnit value={Math.floor(value / 60)} unit="minute" /> : <InUnit value={Math.floor(value / 3_600)} unit="hour" />;
}

function InUnit({ value, unit }: { value: number | null | undefined; unit: "millisecond" | "second" | "minute" | "hour" }) {
  const { locale } = useI18n();
  if (value == null) return <Nothing />;
  return <span className="number" dir="ltr">{numberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value)}</span>;
}
