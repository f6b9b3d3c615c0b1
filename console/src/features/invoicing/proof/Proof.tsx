/** What proves that a document is as it was issued: the hash of it, which the PDF carries too, and its place in the chain of its series. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api, type Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { CopyButton } from "../../../ui/CopyButton";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { ErrorState, Skeleton } from "../../../ui/States";
import { creditNotePath } from "../corrections/queries";
import { invoicePath } from "../queries";
import { Difference } from "./Difference";

type Told = Answer<"/v1/invoices/{invoice_id}/proof">;
type Kind = "invoices" | "credit-notes";

/** It is hashed anew when somebody asks. */
export default function Proof({ kind, id }: { kind: Kind; id: string }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={t("proof.title")} className="no-print">
      {isOpen ? <Shown kind={kind} id={id} /> : <button type="button" className="button" onClick={() => setOpen(true)}><Icon name="checkCircle" /> {t("proof.verify")}</button>}
    </Card>
  );
}

function Shown({ kind, id }: { kind: Kind; id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery({ queryKey: [kind, "proof", id], queryFn: ({ signal }) => readProof(kind, id, signal), retry: false });
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={5} height={24} />;
  return (
    <div className="stack tight" aria-live="polite">
      <p className={data.holds ? undefined : "danger-text"}><Icon name={data.holds ? "checkCircle" : "warning"} /> {t(data.holds ? "proof.holds" : "proof.differs")}</p>
      {data.differences.map((one) => <Difference key={one.what} of={one} />)}
      <Facts
        facts={[
          [t("proof.fingerprint"), <span key="fingerprint" className="nowrap"><code dir="ltr">{data.fingerprint}</code> <CopyButton text={data.sha256} /></span>],
          [t("proof.position"), <span key="place" dir="ltr">{data.series_id} · {data.n}</span>],
          [t("proof.previous"), <Previous key="previous" proof={data} />],
        ]}
      />
      <p className="small muted">SHA-256 <code className="break" dir="ltr">{data.sha256}</code></p>
      <p className="small muted">{t("proof.hint")}</p>
    </div>
  );
}

function Previous({ proof: { previous } }: { proof: Told }) {
  const { t } = useI18n();
  if (previous === null) return <span className="muted">{t("proof.first")}</span>;
  return <Link className="number nowrap" to={previous.kind === "credit_note" ? creditNotePath(previous.id) : invoicePath(previous.id)} dir="ltr">{previous.number}</Link>;
}

function readProof(kind: Kind, id: string, signal: AbortSignal): Promise<Told> {
  return kind === "invoices"
    ? answer(api.GET("/v1/invoices/{invoice_id}/proof", { params: { path: { invoice_id: id } }, signal }))
    : answer(api.GET("/v1/credit-notes/{credit_note_id}/proof", { params: { path: { credit_note_id: id } }, signal }));
}
