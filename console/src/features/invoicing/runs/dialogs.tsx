/** What a billing run's commands ask: a confirmed dry run and a retry open the run that they begin. */
import { useNavigate } from "react-router";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { confirmDialog } from "../../../ui/command/dialogs";
import { BillingDate, Count } from "../../../ui/Value";
import { readRun, runPath, type Run } from "./queries";
import { ScopeText, Sums } from "./RunFacts";

const touches = ["billing-runs", "invoices", "customers"];
const path = ({ id }: Run) => ({ path: { run_id: id } });

interface Props {
  thing: Run;
  onClose: () => void;
}

/** Goes to the run that was begun; its id is in the answer, unless the answer came too late. */
function useOpenRun() {
  const navigate = useNavigate();
  return (body: object) => {
    if ("id" in body && typeof body.id === "string") void navigate(runPath(body.id));
  };
}

/** The number of invoices is typed: a run is not taken back. */
export function ConfirmDialog({ thing: run, onClose }: Props) {
  const { t } = useI18n();
  const open = useOpenRun();
  const confirm = useCommand({
    words: "run_confirm", touches, subject: ({ id }: Run) => id, version: ({ version }) => version, reread: ({ id }) => readRun(id), onDone: open,
    send: (asked, headers) => api.POST("/v1/billing-runs/{run_id}/confirm", { params: path(asked), headers }),
  });
  return (
    <ConfirmCommand
      command={confirm} words="run_confirm" verb={t("run.confirm")} fields="run" typed={String(run.invoices)}
      facts={[
        [t("run.scope"), <ScopeText key="scope" run={run} />],
        [t("run.target_date"), <BillingDate key="date" value={run.target_date} />],
        [t("run.invoices"), <Count key="invoices" value={run.invoices} />],
        [t("run.total"), <Sums key="total" totals={run.totals} />, "sum"],
      ]}
      onConfirm={() => confirm.run(run, run)} onClose={onClose}
    />
  );
}

export function RetryDialog({ thing: run, onClose }: Props) {
  const { t } = useI18n();
  const open = useOpenRun();
  const retry = useCommand({
    words: "run_retry", touches, subject: ({ id }: Run) => id, version: ({ version }) => version, reread: ({ id }) => readRun(id), onDone: open,
    send: (asked, headers) => api.POST("/v1/billing-runs/{run_id}/retry-failed", { params: path(asked), headers }),
  });
  return (
    <ConfirmCommand
      command={retry} words="run_retry" verb={t("run.retry_failed")} fields="run" facts={[[t("run.target_date"), <BillingDate key="date" value={run.target_date} />], [t("run.failed"), <Count key="failed" value={run.failed} />]]}
      onConfirm={() => retry.run(run, run)} onClose={onClose}
    />
  );
}

export const CancelDialog = confirmDialog<Run, unknown>({
  words: "run_cancel", verb: "run.cancel", fields: "run", touches,
  facts: (run, t) => [[t("run.scope"), <ScopeText key="scope" run={run} />], [t("run.invoices"), <Count key="invoices" value={run.invoices} />]],
  send: (run, headers) => api.POST("/v1/billing-runs/{run_id}/cancel", { params: path(run), headers }),
  reread: ({ id }) => readRun(id),
});
