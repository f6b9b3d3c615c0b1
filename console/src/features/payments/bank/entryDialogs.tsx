/** Says of an entry whose money it is, or that it is no payment. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { Money } from "../../../ui/Value";
import type { Entry } from "./queries";

const touches = ["bank_entries", "bank_statements", "payments", "invoices", "customers"];
const place = ({ statement_id, id }: Entry) => ({ path: { statement_id, entry_id: id } });

interface Props {
  thing: Entry;
  onClose: () => void;
}

export function ConfirmDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const confirm = useCommand({ words: "entry_confirm", touches, subject: ({ id }: Entry) => id, send: (entry: Entry, headers) => api.POST("/v1/bank-statements/{statement_id}/entries/{entry_id}/confirm", { params: place(entry), headers }) });
  const first = thing.candidates[0];
  return (
    <ConfirmCommand
      command={confirm} words="entry_confirm" verb={t("entry.confirm")} fields="entry" onConfirm={() => confirm.run(thing)} onClose={onClose}
      facts={[[t("entry.amount"), <Money key="amount" value={thing.amount} />], [t("entry.account"), first?.account_id ?? ""], [t("entry.invoice"), first?.number ?? t("entry.due_first")]]}
    />
  );
}

export function ReopenDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const reopen = useCommand({ words: "entry_reopen", touches, subject: ({ id }: Entry) => id, send: (entry: Entry, headers) => api.POST("/v1/bank-statements/{statement_id}/entries/{entry_id}/reopen", { params: place(entry), headers }) });
  return <ConfirmCommand command={reopen} words="entry_reopen" verb={t("entry.reopen")} fields="entry" facts={[[t("entry.amount"), <Money key="amount" value={thing.amount} />]]} onConfirm={() => reopen.run(thing)} onClose={onClose} />;
}

type PairBody = Body<"/v1/bank-statements/{statement_id}/entries/{entry_id}/pair">;

export function PairDrawer({ thing, onClose }: Props) {
  const { t } = useI18n();
  const pair = useCommand({ words: "entry_pair", touches, subject: () => thing.id, send: (body: PairBody, headers) => api.POST("/v1/bank-statements/{statement_id}/entries/{entry_id}/pair", { params: place(thing), body, headers }) });
  const first = thing.candidates[0];
  return (
    <CommandDrawer title={t("entry.pair")} verb={t("entry.pair")} body="BankEntryPairBody" words="entry_pair_form" command={pair} given={{ account_id: first?.account_id ?? "", invoice_id: first?.number ?? "" }} onSend={(body) => pair.run(body as PairBody)} onClose={onClose}>
      {() => <p className="small form-note"><Money value={thing.amount} /> <span dir="auto">{thing.text}</span></p>}
    </CommandDrawer>
  );
}

type IgnoreBody = Body<"/v1/bank-statements/{statement_id}/entries/{entry_id}/ignore">;

export function IgnoreDrawer({ thing, onClose }: Props) {
  const { t } = useI18n();
  const ignore = useCommand({ words: "entry_ignore", touches, subject: () => thing.id, send: (body: IgnoreBody, headers) => api.POST("/v1/bank-statements/{statement_id}/entries/{entry_id}/ignore", { params: place(thing), body, headers }) });
  return <CommandDrawer title={t("entry.ignore")} verb={t("entry.ignore")} body="BankEntryIgnoreBody" words="entry_ignore_form" command={ignore} onSend={(body) => ignore.run(body as IgnoreBody)} onClose={onClose} />;
}
