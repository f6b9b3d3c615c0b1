/** What is held about the person of an account: taken along as a file, and erased for good. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { JobProgress } from "../../../ui/job/JobProgress";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Instant } from "../../../ui/Value";
import { EraseDialog } from "./EraseDialog";

type Erasure = Answer<"/v1/accounts/{account_id}/erasure">;

export function PersonalData({ id, mayErase, mayExport }: { id: string; mayErase: boolean; mayExport: boolean }) {
  return (
    <div className="stack">
      {mayExport && <Export id={id} />}
      <Erasing id={id} mayErase={mayErase} />
    </div>
  );
}

function Export({ id }: { id: string }) {
  const { t } = useI18n();
  const path = { account_id: id };
  const { data } = useQuery({ queryKey: ["subject-access", id], queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/subject-access", { params: { path }, signal })) });
  const ask = useCommand({ words: "subject_access", touches: ["subject-access"], loud: true, send: (_: null, headers) => api.POST("/v1/accounts/{account_id}/subject-access", { params: { path }, headers }) });
  return (
    <Card title={t("personal.export")} aside={<button type="button" className="button no-print" disabled={ask.isBusy} onClick={() => ask.run(null)}>{t("personal.ask")}</button>}>
      <div className="stack">
        <p>{t("personal.export_note")}</p>
        {data?.items.map((job) => (
          <section key={job.id} aria-label={t("personal.asked_at")}>
            <p className="small muted"><Instant value={job.created_at} /> <span dir="ltr">{job.owner}</span></p>
            <JobProgress id={job.id} />
          </section>
        ))}
      </div>
    </Card>
  );
}

function Erasing({ id, mayErase }: { id: string; mayErase: boolean }) {
  const { t } = useI18n();
  const [asking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["erasure", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/erasure", { params: { path: { account_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === "erasing" ? 1_000 : false),
  });
  const isErasable = mayErase && data?.status === "none";
  return (
    <Card title={t("personal.erasure")} aside={isErasable && <button type="button" className="button no-print" onClick={() => setAsking(true)}>{t("personal.erase")}</button>}>
      {data ? <Standing erasure={data} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={2} />}
      {asking && <EraseDialog id={id} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function Standing({ erasure }: { erasure: Erasure }) {
  const { t } = useI18n();
  return (
    <div className="stack">
      <p role="status">{t(`personal.status_${erasure.status}`)}</p>
      {erasure.status !== "none" && (
        <Facts
          facts={[
            [t("personal.reason"), erasure.reason && t(`personal.reason.${erasure.reason}`)],
            [t("personal.erased_at"), <Instant key="at" value={erasure.erased_at} />],
            [t("personal.erased_by"), <span key="by" dir="ltr">{erasure.asked_by}</span>],
            erasure.documents_until !== null && [t("personal.documents_until"), <BillingDate key="until" value={erasure.documents_until} />],
          ]}
        />
      )}
    </div>
  );
}
