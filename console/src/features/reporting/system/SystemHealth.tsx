/** Every service as it is seen from outside: whether it does its work, how far behind it is, and what waits there for a person. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { usePulse } from "../../../lib/pulse";
import { isStatus } from "../../../lib/problem";
import { Card } from "../../../ui/Card";
import { Icon } from "../../../ui/Icon";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Count, Instant, Nothing } from "../../../ui/Value";
import { fromPulse, Milliseconds, Seconds, stateOf } from "../HealthGrid";
import { useServicesHealth, type ServiceHealth } from "../queries";
import "./system.css";

export function SystemHealth() {
  const { t } = useI18n();
  const health = useServicesHealth();
  const pulse = usePulse();
  const isOld = health.failureCount > 0;
  const now = pulse.failureCount > 0 ? undefined : pulse.data;
  const services = health.data?.items ?? (isOld && !isStatus(health.error, 403) ? fromPulse(now) : null);
  if (!services) return health.error ? <ErrorState error={health.error} onRetry={() => void health.refetch()} /> : <Skeleton lines={8} height={60} />;
  const states = services.map((service) => stateOf(service, isOld, now));
  // Of an empty set nothing is true: where no service is known, none is well.
  const isWell = states.length > 0 && states.every((state) => state === "up");
  return (
    <>
      <p className={isWell ? "row success-text" : "row danger-text"} role="status">
        <Icon name={isWell ? "checkCircle" : "error"} /> {t(isWell ? "system.well" : "system.not_well")}
        {health.data && <span className="muted small">{t("list.as_of")} <Instant value={new Date(health.dataUpdatedAt).toISOString()} seconds /></span>}
      </p>
      {services.length === 0 && <EmptyState icon="error" title={t("system.none")} />}
      <div className="system-services">{services.map((service, index) => <Service key={service.name} service={service} state={states[index] ?? "unknown"} />)}</div>
    </>
  );
}

function Service({ service, state }: { service: ServiceHealth; state: "up" | "not_ready" | "unknown" }) {
  const { t } = useI18n();
  const { name, detail, lag, projection_lag_ms, stands_still_s, unready_s, last_event_at, oldest_unprocessed_s, p95_ms, dead_letters, parked_inputs, sources_silent } = service;
  return (
    <Card title={name} aside={<StatusTag kind="service" status={state} />} className="system-service">
      <div className="stack">
        {detail && <p className="danger-text break"><bdi>{detail}</bdi></p>}
        <dl className="pairs">
          <Pair name={t("system.lag")} hint={t("system.lag_hint")}><Count value={lag} /></Pair>
          <Pair name={t("system.oldest")} hint={t("system.oldest_hint")}><Seconds value={oldest_unprocessed_s} /></Pair>
          <Pair name={t("system.projection")} hint={t("system.projection_hint")}><Milliseconds value={projection_lag_ms} /></Pair>
          <Pair name={t("system.p95")} hint={t("system.p95_hint")}><Milliseconds value={p95_ms} /></Pair>
          <Pair name={t("system.last_event")}><Instant value={last_event_at} seconds /></Pair>
          {unready_s > 0 && <Pair name={t("system.unready")}><Seconds value={unready_s} /></Pair>}
          {stands_still_s !== null && <Pair name={t("system.stands_still")}><Seconds value={stands_still_s} /></Pair>}
          <Pair name={t("system.dead_letters")}><Waits count={dead_letters} to={`/usage/dead-letters?service=${name}`} /></Pair>
          <Pair name={t("system.parked_inputs")}><Waits count={parked_inputs} to={`/usage/dead-letters?service=${name}&kind=parked`} /></Pair>
          {name === "usage" && <Pair name={t("system.sources_silent")}><Waits count={sources_silent} to="/usage/sources?status=silent" /></Pair>}
        </dl>
      </div>
    </Card>
  );
}

function Pair({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return <div title={hint}><dt>{name}</dt><dd>{children}</dd></div>;
}

/** What waits for a person leads there; what nobody knows is not told as none. */
function Waits({ count, to }: { count: number | null; to: string }) {
  if (count === null) return <Nothing />;
  return count === 0 ? <Count value={0} /> : <Link className="danger-text" to={to}><Count value={count} /></Link>;
}
