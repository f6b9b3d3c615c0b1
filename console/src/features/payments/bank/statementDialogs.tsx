/** Books what is matched exactly, and looks again at what is open. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { Count } from "../../../ui/Value";
import type { Statement } from "./queries";

const touches = ["bank_statements", "bank_entries", "payments", "invoices", "customers"];

interface Props {
  thing: Statement;
  onClose: () => void;
}

export function ProcessDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const process = useCommand({
    words: "statement_process", touches, subject: (id: string) => id,
    send: (statement_id: string, headers) => api.POST("/v1/bank-statements/{statement_id}/process", { params: { path: { statement_id } }, headers }),
  });
  return <ConfirmCommand command={process} words="statement_process" verb={t("bank_statement.process")} fields="bank_statement" facts={facts(thing, t("bank_statement.exact"), thing.counts.exact)} onConfirm={() => process.run(thing.id)} onClose={onClose} />;
}

export function MatchDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const match = useCommand({
    words: "statement_match", touches, subject: (id: string) => id,
    send: (statement_id: string, headers) => api.POST("/v1/bank-statements/{statement_id}/match", { params: { path: { statement_id } }, headers }),
  });
  const open = thing.counts.exact + thing.counts.probable + thing.counts.unmatched;
  return <ConfirmCommand command={match} words="statement_match" verb={t("bank_statement.match")} fields="bank_statement" facts={facts(thing, t("bank_statement.open"), open)} onConfirm={() => match.run(thing.id)} onClose={onClose} />;
}

function facts({ id, name }: Statement, label: string, count: number) {
  return [[label, <Count key="count" value={count} />], ["", <span key="name" dir="auto">{name || id}</span>]] as const;
}
