/** Compares what an element was told with the sessions that accounting tells of; what differs is told once more, and listed. */
import { useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { Dialog } from "../../../ui/Dialog";
import { PlainTable } from "../../../ui/PlainTable";
import { Instant } from "../../../ui/Value";
import { LineLink } from "./LineLink";
import type { Element, Reconciled } from "./queries";

export default function ReconcileDialog({ thing: { id }, onClose }: { thing: Element; onClose: () => void }) {
  const { t } = useI18n();
  const [result, setResult] = useState<Reconciled | null>(null);
  const reconcile = useCommand({
    words: "element_reconcile", touches: ["network"], subject: (element_id: string) => element_id,
    send: (element_id: string, headers) => api.POST("/v1/network-elements/{element_id}/reconcile", { params: { path: { element_id } }, headers }),
    onDone: (body) => { if ("repeated" in body) setResult(body); },
  });
  return (
    <Dialog
      title={t("element.reconcile_title", { id })} onClose={onClose}
      footer={<><button type="button" className="button" onClick={onClose}>{t(result ? "action.close" : "action.cancel")}</button>{!result && <button type="button" className="button primary" disabled={reconcile.isBusy} onClick={() => reconcile.run(id)}>{t(reconcile.isBusy ? "command.processing" : "element.reconcile")}</button>}</>}
    >
      <div className="stack">
        {!result && <p>{t("element.reconcile_hint")}</p>}
        {result && <p role="status"><strong>{t("element.repeated", { count: result.repeated })}</strong> {result.more && t("element.reconcile_more")}</p>}
        {result && <Lines title={t("element.should_be_off")} lines={result.should_be_off} />}
        {result && <Lines title={t("element.should_be_on")} lines={result.should_be_on} />}
        {!reconcile.isBusy && <CommandOutcome command={reconcile} fields="element" />}
      </div>
    </Dialog>
  );
}

function Lines({ title, lines }: { title: string; lines: Reconciled["should_be_on"] }) {
  const { t } = useI18n();
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <PlainTable label={title}>
        <thead><tr><th scope="col">{t("network.resource")}</th><th scope="col">{t("element.session")}</th><th scope="col">{t("element.heard_at")}</th></tr></thead>
        <tbody>
          {lines.map(({ resource_id, session_id, heard_at }) => (
            <tr key={resource_id}>
              <th scope="row"><LineLink resource={resource_id} /></th>
              <td className="break" dir="ltr">{session_id}</td>
              <td><Instant value={heard_at} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </section>
  );
}
