/** Files that were asked for: how far they are, what they were asked, how long they stay; stopped, or asked anew. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { numberFormat } from "../../../lib/intl";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { Icon } from "../../../ui/Icon";
import { PageTitle } from "../../../ui/PageTitle";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Count, Instant } from "../../../ui/Value";
import { plainly } from "./names";
import { useFiles, type ReportJob } from "./queries";

export function FilesView() {
  const { t } = useI18n();
  const { data, error, refetch } = useFiles();
  return (
    <>
      <PageTitle of={t("reports.files")} />
      <h1>{t("reports.files")}</h1>
      <p className="muted">{t("reports.files_note")}</p>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} height={44} />)}
      {data?.items.length === 0 && <EmptyState icon="search" title={t("reports.no_files")} />}
      {data && data.items.length > 0 && (
        <Card title={t("reports.files")} flush>
          <PlainTable label={t("reports.files")} className="stacked">
            <thead>
              <tr>{(["file", "status", "rows", "asked_at", "expires"] as const).map((word) => <th key={word} scope="col">{t(`reports.file_${word}`)}</th>)}<th scope="col"><span className="visually-hidden">{t("reports.file_actions")}</span></th></tr>
            </thead>
            <tbody>{data.items.map((job) => <File key={job.id} job={job} />)}</tbody>
          </PlainTable>
        </Card>
      )}
    </>
  );
}

function File({ job }: { job: ReportJob }) {
  const { t } = useI18n();
  return (
    <tr>
      <th scope="row">
        {plainly(job.list ?? job.report ?? "")} · {t(`export.format_${job.format}`)}
        {job.query && <span className="small muted below" dir="ltr">{decodeURIComponent(job.query.replaceAll("+", " "))}</span>}
        {job.failures[0] && <span className="small below" dir="auto">{job.failures[0].detail}</span>}
      </th>
      <td data-label={t("reports.file_status")}><StatusTag kind="report_job" status={job.status} />{job.status === "running" && <span className="small muted below">{job.total === null ? t("job.done_of_unknown", { done: job.done }) : t("job.done_of", { done: job.done, total: job.total })}</span>}</td>
      <td data-label={t("reports.file_rows")}><Count value={job.rows} />{job.size_bytes !== null && <span className="small muted below"><Size bytes={job.size_bytes} /></span>}</td>
      <td data-label={t("reports.file_asked_at")}><Instant value={job.created_at} /><span className="small muted below" dir="ltr">{job.owner}</span></td>
      <td data-label={t("reports.file_expires")}><Instant value={job.expires_at} /></td>
      <td><FileActions job={job} /></td>
    </tr>
  );
}

function FileActions({ job: { id, allowed_actions, result_url } }: { job: ReportJob }) {
  const { t } = useI18n();
  const may = (name: string) => allowed_actions.some(({ action, allowed }) => action === name && allowed);
  const params = { path: { job_id: id } };
  const cancel = useCommand({ words: "report_stop", touches: ["report-jobs"], loud: true, send: (_: null) => api.POST("/v1/report-jobs/{job_id}/cancel", { params }) });
  const rerun = useCommand({ words: "export", touches: ["report-jobs"], loud: true, send: (_: null, headers) => api.POST("/v1/report-jobs/{job_id}/rerun", { params, headers }) });
  return (
    <div className="row">
      {result_url && <a className="button" href={result_url} download><Icon name="down" /> {t("job.result")}</a>}
      {may("cancel") && <button type="button" className="button" disabled={cancel.isBusy} onClick={() => cancel.run(null)}>{t("job.cancel")}</button>}
      <button type="button" className="button quiet" disabled={rerun.isBusy || !may("rerun")} onClick={() => rerun.run(null)}><Icon name="refresh" /> {t("reports.rerun")}</button>
    </div>
  );
}

function Size({ bytes }: { bytes: number }) {
  const { locale } = useI18n();
  const [value, unit] = bytes < 1_000_000 ? [Math.ceil(bytes / 1000), "kilobyte"] : [Math.round(bytes / 100_000) / 10, "megabyte"];
  return <span className="number" dir="auto">{numberFormat(locale, { style: "unit", unit: unit as string }).format(value as number)}</span>;
}
