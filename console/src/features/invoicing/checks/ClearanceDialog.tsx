/** Notes what a tax authority has said of an issued invoice; only what can follow what it said before is offered. */
import { useState } from "react";
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { Correctable } from "../actions";
import { touches, useFacts } from "./approvals";

type Report = Body<"/v1/invoices/{invoice_id}/clearance">;
type Status = Report["status"];

interface Reporting {
  id: string;
  version: number;
  body: Report;
}

export default function ClearanceDialog({ thing: invoice, onClose }: { thing: Correctable; onClose: () => void }) {
  const { t } = useI18n();
  const { clearance } = invoice;
  const next: readonly Status[] = clearance.status === "submitted" ? ["cleared", "rejected"] : ["submitted"];
  const [status, setStatus] = useState<Status>(next[0]!);
  const [authority, setAuthority] = useState(clearance.authority ?? "");
  const [reference, setReference] = useState("");
  const [reason, setReason] = useState("");
  const command = useCommand({
    words: "invoice_clearance", touches, subject: ({ id }: Reporting) => id, version: ({ version }) => version,
    send: ({ id, body }, headers) => api.POST("/v1/invoices/{invoice_id}/clearance", { params: { path: { invoice_id: id } }, body, headers }),
    reread: ({ id }) => answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id: id } } })),
  });
  const told = [["authority", authority], ["reference", reference], ["reason", reason]].map(([name = "", text = ""]) => [name, text.trim()] as const);
  const said = Object.fromEntries(told.filter(([, text]) => text !== ""));
  // A cleared invoice has its number there, and a rejection its reason.
  const isReady = authority.trim() !== "" && (status !== "cleared" || reference.trim() !== "") && (status !== "rejected" || reason.trim() !== "");
  return (
    <ConfirmCommand
      command={command} words="invoice_clearance" verb={t("invoice.report_clearance")} fields="invoice" facts={useFacts(invoice)} ready={isReady} onClose={onClose}
      onConfirm={() => command.run({ id: invoice.id, version: invoice.version, body: { status, ...said } as Report }, invoice)}
    >
      <label className="command-reason">
        <span>{t("checks.said")}</span>
        <select className="field" value={status} onChange={(event) => setStatus(event.target.value as Status)}>
          {next.map((one) => <option key={one} value={one}>{t(`clearance_status.${one}`)}</option>)}
        </select>
      </label>
      <Text label={t("checks.authority")} max={80} value={authority} onChange={setAuthority} />
      {status !== "rejected" && <Text label={t("checks.reference")} max={200} value={reference} onChange={setReference} />}
      {status === "rejected" && <Text label={t("checks.reason")} max={500} value={reason} onChange={setReason} />}
    </ConfirmCommand>
  );
}

function Text({ label, max, value, onChange }: { label: string; max: number; value: string; onChange: (value: string) => void }) {
  return (
    <label className="command-reason">
      <span>{label}</span>
      <input className="field" maxLength={max} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
