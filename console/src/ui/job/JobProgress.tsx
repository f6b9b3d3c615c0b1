/** How far a job of the server is: a bar, what failed and why, its result when it has one, and a way to stop it. */
import { useState } from "react";
import { useI18n, useLabel } from "../../lib/i18n";
import { hasEnded, isCancellable, useCancelJob, useJob, type Job } from "../../lib/jobs";
import { Icon } from "../Icon";
import { PlainTable } from "../PlainTable";
import { ErrorState, Skeleton } from "../States";
import "./job.css";

export function JobProgress({ id }: { id: string }) {
  const { data: job, error, refetch } = useJob(id);
  if (!job) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={2} height={32} />;
  return <JobShown job={job} />;
}

/** The failures that are told one by one at first; the others on demand, as far as the server tells them. */
const shown_first = 20;

function JobShown({ job }: { job: Job }) {
  const { t } = useI18n();
  const label = useLabel();
  const cancel = useCancelJob(job.id);
  const ended = hasEnded(job);
  return (
    <div className="job stack" aria-busy={!ended}>
      <p role="status">
        <strong>{label(`job.status_${job.status}`, job.status)}</strong>{" "}
        <span className="number muted">{job.total === null ? t("job.done_of_unknown", { done: job.done }) : t("job.done_of", { done: job.done, total: job.total })}</span>
      </p>
      {!ended && <progress aria-label={t("job.progress")} {...(job.total ? { value: job.done + job.failed, max: job.total } : {})} />}
      {job.failed > 0 && <Failures job={job} />}
      <div className="row">
        {job.status === "done" && job.result_url && <a className="button primary" href={job.result_url} download><Icon name="down" /> {t("job.result")}</a>}
        {isCancellable(job) && <button type="button" className="button" disabled={cancel.isPending} onClick={() => cancel.mutate()}>{t("job.cancel")}</button>}
      </div>
    </div>
  );
}

function Failures({ job: { failed, failures } }: { job: Job }) {
  const { t } = useI18n();
  const [isAll, setAll] = useState(false);
  return (
    <section>
      <h3>{t("job.failures", { count: failed })}</h3>
      <PlainTable label={t("job.failures", { count: failed })}>
        <tbody>
          {(isAll ? failures : failures.slice(0, shown_first)).map(({ id, code, detail }, index) => (
            <tr key={`${id}-${index}`}><th scope="row" dir="ltr">{id}</th><td>{detail ?? code}</td></tr>
          ))}
        </tbody>
      </PlainTable>
      {!isAll && failures.length > shown_first && <button type="button" className="button" onClick={() => setAll(true)}>{t("job.all_failures", { count: failures.length })}</button>}
    </section>
  );
}
