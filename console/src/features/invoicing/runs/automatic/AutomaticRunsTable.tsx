/** Each billing cycle: whether it is run by itself, how long after a period's end, when next, and over what. */
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../../lib/i18n";
import { useListState } from "../../../../lib/listState";
import { AccountZone } from "../../../../lib/zone";
import { Card } from "../../../../ui/Card";
import { Icon } from "../../../../ui/Icon";
import { PlainTable } from "../../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../../ui/States";
import { Pager } from "../../../../ui/table/Pager";
import { BillingDate, Instant, Nothing } from "../../../../ui/Value";
import { runPath } from "../queries";
import { useCycleRuns, type CycleRuns } from "./queries";

const SetDrawer = lazy(async () => ({ default: (await import("./dialogs")).SetDrawer }));
const StopDialog = lazy(async () => ({ default: (await import("./dialogs")).StopDialog }));

type Asked = { what: "set" | "stop"; cycle: CycleRuns } | null;

export function AutomaticRunsTable({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useI18n();
  const list = useListState();
  const { data, error, refetch } = useCycleRuns(list.page, list.size);
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  return (
    <Card title={t("automatic.cycles")} flush>
      {data?.total === 0 && <EmptyState icon="calendar" title={t("automatic.no_cycles")}><Link to="/cycles?create=1">{t("automatic.make_cycle")}</Link></EmptyState>}
      {data && data.total > 0 && (
        <PlainTable label={t("automatic.cycles")} className="stacked">
          <thead>
            <tr>
              <th scope="col">{t("automatic.cycle")}</th><th scope="col">{t("automatic.state")}</th><th scope="col">{t("automatic.delay_hours")}</th>
              <th scope="col">{t("automatic.due_at")}</th><th scope="col">{t("automatic.last_run_id")}</th><th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
            </tr>
          </thead>
          <tbody>{data.items.map((cycle) => <Row key={cycle.id} cycle={cycle} mayWrite={mayWrite} onAsk={setAsked} />)}</tbody>
        </PlainTable>
      )}
      {data && data.total > list.size && <Pager list={list} total={data.total} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={4} height={44} /></div>}
      <Suspense fallback={null}>
        {asked?.what === "set" && <SetDrawer cycle={asked.cycle} onClose={close} />}
        {asked?.what === "stop" && asked.cycle.runs && <StopDialog cycle={asked.cycle} runs={asked.cycle.runs} onClose={close} />}
      </Suspense>
    </Card>
  );
}

function Row({ cycle, mayWrite, onAsk }: { cycle: CycleRuns; mayWrite: boolean; onAsk: (asked: Asked) => void }) {
  const { t } = useI18n();
  const { id, name, time_zone, runs } = cycle;
  return (
    <tr>
      <th scope="row"><Link to={`/cycles?cycle=${encodeURIComponent(id)}`} dir="auto">{name}</Link><span className="small muted below" dir="ltr">{time_zone}</span></th>
      <td data-label={t("automatic.state")}>{runs ? <span className="row success-text"><Icon name="checkCircle" size={14} /> {t("automatic.on")}</span> : <span className="row muted"><Icon name="circle" size={14} /> {t("automatic.off")}</span>}</td>
      <td data-label={t("automatic.delay_hours")}>{runs ? t("automatic.hours", { count: runs.delay_hours }) : <Nothing />}</td>
      <td data-label={t("automatic.due_at")}>{runs ? <AccountZone value={time_zone}><Instant value={runs.due_at} /><span className="small muted below">{t("automatic.period_end")} <BillingDate value={runs.period_end} /></span></AccountZone> : <Nothing />}</td>
      <td data-label={t("automatic.last_run_id")}>{runs?.last_run_id ? <Link to={runPath(runs.last_run_id)}>{t("automatic.open_last")}</Link> : <Nothing />}</td>
      <td className="end stacked-actions">
        {mayWrite && (
          <span className="row wrap end-row">
            <button type="button" className="button" onClick={() => onAsk({ what: "set", cycle })}>{t(runs ? "automatic.change" : "automatic.turn_on")} <span className="visually-hidden">{name}</span></button>
            {runs && <button type="button" className="button" onClick={() => onAsk({ what: "stop", cycle })}>{t("automatic.turn_off")} <span className="visually-hidden">{name}</span></button>}
          </span>
        )}
      </td>
    </tr>
  );
}
