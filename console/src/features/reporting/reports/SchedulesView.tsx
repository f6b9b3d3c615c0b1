/** Reports that are made and mailed at regular times: when next, what came of the last, and the mails of each run. */
import { lazy, Suspense, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { Icon } from "../../../ui/Icon";
import { PageTitle } from "../../../ui/PageTitle";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Instant } from "../../../ui/Value";
import { plainly } from "./names";
import { useRuns, useSchedules, type Schedule } from "./queries";

const ScheduleDrawer = lazy(async () => ({ default: (await import("./ScheduleDrawer")).ScheduleDrawer }));

export function SchedulesView() {
  const { t } = useI18n();
  const { data, error, refetch } = useSchedules();
  const [query, setQuery] = useSearchParams();
  const changed = data?.items.find(({ id }) => id === query.get("change"));
  const chosen = data?.items.find(({ id }) => id === query.get("schedule"));
  return (
    <>
      <PageTitle of={t("reports.schedules")} />
      <div className="row">
        <h1 className="grow">{t("reports.schedules")}</h1>
        <button type="button" className="button primary no-print" onClick={() => setQuery({ create: "1" })}><Icon name="plus" /> {t("schedules.create")}</button>
      </div>
      {data?.items.some(({ sends_mail }) => !sends_mail) && <p className="muted"><Icon name="warning" /> {t("schedules.no_mail_server")}</p>}
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} height={44} />)}
      {data?.items.length === 0 && <EmptyState icon="clock" title={t("schedules.empty")} />}
      {data && data.items.length > 0 && <Schedules items={data.items} shown={chosen?.id} />}
      {chosen && <Runs schedule={chosen} />}
      {query.get("create") && <Suspense fallback={null}><ScheduleDrawer onClose={() => setQuery({})} /></Suspense>}
      {changed && <Suspense fallback={null}><ScheduleDrawer schedule={changed} onClose={() => setQuery({})} /></Suspense>}
    </>
  );
}

function Schedules({ items, shown }: { items: readonly Schedule[]; shown: string | undefined }) {
  const { t } = useI18n();
  return (
    <Card title={t("reports.schedules")} flush>
      <PlainTable label={t("reports.schedules")} className="stacked">
        <thead><tr>{(["name", "asks", "when", "next", "last"] as const).map((word) => <th key={word} scope="col">{t(`schedules.${word}`)}</th>)}<th scope="col"><span className="visually-hidden">{t("reports.file_actions")}</span></th></tr></thead>
        <tbody>
          {items.map((schedule) => (
            <tr key={schedule.id} aria-current={schedule.id === shown ? "true" : undefined}>
              <th scope="row"><Link to={`/reports/schedules?schedule=${encodeURIComponent(schedule.id)}`} dir="auto">{schedule.name}</Link></th>
              <td data-label={t("schedules.asks")}>{plainly(schedule.report ?? schedule.list ?? "")} · {t(`export.format_${schedule.format}`)}</td>
              <td data-label={t("schedules.when")}>{t(`schedules.every_${schedule.frequency}`)} {schedule.at}<span className="small muted below" dir="ltr">{schedule.time_zone}</span></td>
              <td data-label={t("schedules.next")}>{schedule.next_run_at ? <Instant value={schedule.next_run_at} /> : <span>{t("schedules.paused")}{schedule.paused_reason === "owner_gone" && <span className="small muted below">{t("schedules.owner_gone")}</span>}</span>}</td>
              <td data-label={t("schedules.last")}><Instant value={schedule.last_run_at} />{schedule.last_status && <span className="below"><StatusTag kind="report_job" status={schedule.last_status} /></span>}</td>
              <td className="stacked-actions"><ScheduleActions schedule={schedule} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

function ScheduleActions({ schedule: { id, allowed_actions, name } }: { schedule: Schedule }) {
  const { t } = useI18n();
  const [isAsking, setAsking] = useState(false);
  const may = (wanted: string) => allowed_actions.some(({ action, allowed }) => action === wanted && allowed);
  const params = { path: { schedule_id: id } };
  const touches = ["report-schedules", "report-jobs"];
  const run = useCommand({ words: "schedule_run", touches, loud: true, send: (_: null, headers) => api.POST("/v1/report-schedules/{schedule_id}/run", { params, headers }) });
  const hold = useCommand({ words: "schedule_change", touches, loud: true, send: (_: null) => api.POST("/v1/report-schedules/{schedule_id}/pause", { params }) });
  const resume = useCommand({ words: "schedule_change", touches, loud: true, send: (_: null) => api.POST("/v1/report-schedules/{schedule_id}/resume", { params }) });
  const remove = useCommand({ words: "schedule_delete", touches, send: (_: null) => api.DELETE("/v1/report-schedules/{schedule_id}", { params }) });
  return (
    <div className="row wrap">
      <button type="button" className="button" disabled={run.isBusy || !may("run")} onClick={() => run.run(null)}><Icon name="play" /> {t("schedules.run")}</button>
      {may("pause") && <button type="button" className="button quiet" disabled={hold.isBusy} onClick={() => hold.run(null)}>{t("schedules.pause")}</button>}
      {may("resume") && <button type="button" className="button quiet" disabled={resume.isBusy} onClick={() => resume.run(null)}>{t("schedules.resume")}</button>}
      {may("change") && <Link className="button quiet" to={`/reports/schedules?change=${encodeURIComponent(id)}`}>{t("schedules.change")}</Link>}
      <button type="button" className="button quiet" onClick={() => setAsking(true)}>{t("schedules.delete")}</button>
      {isAsking && <ConfirmCommand command={remove} words="schedule_delete" verb={t("schedules.delete")} fields="schedules" facts={[[t("schedules.name"), name]]} onConfirm={() => remove.run(null)} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Runs({ schedule: { id, name } }: { schedule: Schedule }) {
  const { t } = useI18n();
  const { data, error, refetch } = useRuns(id);
  return (
    <Card title={t("schedules.runs_of", { name })} flush>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={3} height={40} />)}
      {data?.items.length === 0 && <EmptyState icon="clock" title={t("schedules.no_runs")} />}
      {data && data.items.length > 0 && (
        <PlainTable label={t("schedules.runs_of", { name })}>
          <thead><tr><th scope="col">{t("schedules.due")}</th><th scope="col">{t("reports.file_status")}</th><th scope="col">{t("schedules.mails")}</th></tr></thead>
          <tbody>
            {data.items.map(({ due_at, job_id, status, detail, mails }) => (
              <tr key={job_id}>
                <th scope="row"><Instant value={due_at} /></th>
                <td><StatusTag kind="report_job" status={status} />{detail && <span className="small below" dir="auto">{detail}</span>}</td>
                <td><ul className="plain">{mails.map((mail) => <li key={mail.id}><span dir="ltr">{mail.address}</span> <StatusTag kind="mail" status={mail.status} />{mail.reason && mail.status !== "sent" && <span className="small muted"> {mail.reason}</span>}</li>)}</ul></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </Card>
  );
}
