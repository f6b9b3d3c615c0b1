/** Beside the list: a cycle, its next periods, the customers it bills, and what may be done with it; `children` is what others know of it. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { isStatus } from "../../../lib/problem";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Dialog } from "../../../ui/Dialog";
import { Facts } from "../../../ui/Facts";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Count, Instant } from "../../../ui/Value";
import { cycleActions } from "./actions";
import { customersPath } from "./cycleList";
import { FrequencyText, MonthEnd } from "./Frequency";
import { NextPeriods, PeriodCalendar } from "./NextPeriods";
import { useClosing, useCycle, useNextPeriods, type Cycle } from "./queries";

export default function CyclePanel({ id, onClose, children }: { id: string; onClose: () => void; children?: ReactNode }) {
  const { t } = useI18n();
  const { data: cycle, error, refetch } = useCycle(id);
  return (
    <Dialog title={cycle?.name ?? id} onClose={onClose} side>
      {cycle ? <><Panel cycle={cycle} />{children}</>
        : isStatus(error, 404) ? <EmptyState icon="search" title={t("cycle.not_found", { id })} />
        : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} height={32} />}
    </Dialog>
  );
}

function Panel({ cycle }: { cycle: Cycle }) {
  const { t } = useI18n();
  const periods = useNextPeriods(cycle.id);
  return (
    <div className="stack">
      <ActionButtons thing={cycle} actions={cycleActions} />
      <Facts
        facts={[
          [t("cycle.frequency"), <FrequencyText key="frequency" cycle={cycle} />],
          [t("cycle.time_zone"), <span key="zone" dir="ltr">{cycle.time_zone}</span>],
          [t("cycle.customers"), <Link key="customers" to={customersPath(cycle.id)}><Count value={cycle.accounts} /></Link>],
          [t("cycle.next_close"), <BillingDate key="close" value={cycle.next_close} />],
          [t("cycle.defined_at"), <Instant key="defined" value={cycle.defined_at} />],
          [t("cycle.id"), <code key="id">{cycle.id}</code>],
        ]}
      />
      <section className="stack" aria-labelledby="cycle-periods">
        <h3 id="cycle-periods">{t("cycle.next_periods")}</h3>
        {typeof cycle.frequency === "string" && <MonthEnd day={cycle.anchor_day} />}
        {periods.data ? <><NextPeriods periods={periods.data} /><PeriodCalendar periods={periods.data} /></>
          : periods.error ? <ErrorState error={periods.error} onRetry={() => void periods.refetch()} /> : <Skeleton lines={6} />}
      </section>
      <Closing id={cycle.id} />
    </div>
  );
}

/** What its customers' periods wait for, each kind of reason with some of those that it holds up. */
function Closing({ id }: { id: string }) {
  const { t } = useI18n();
  const label = useLabel();
  const { data, error, refetch } = useClosing(id);
  return (
    <section className="stack" aria-labelledby="cycle-closing">
      <h3 id="cycle-closing">{t("closing.title")}</h3>
      {data?.items.length === 0 && <p className="muted">{t("closing.none")}</p>}
      <ul className="stack">
        {data?.items.map(({ reason, accounts, detail, next_at, examples }) => (
          <li key={reason}>
            <strong>{label(`closing.${reason}`, reason)}</strong> <span className="muted">{t("closing.accounts", { count: accounts })}</span>
            <p className="small muted"><bdi>{detail}</bdi></p>
            {next_at && <p className="small">{t("closing.next")} <Instant value={next_at} /></p>}
            <p className="small">{examples.map((account) => <Link key={account} className="example" to={`/customers/${encodeURIComponent(account)}`}>{account}</Link>)}</p>
          </li>
        ))}
      </ul>
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={3} />}
    </section>
  );
}
