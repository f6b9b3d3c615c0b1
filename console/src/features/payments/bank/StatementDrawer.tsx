/**
 * Sends a bank statement: chosen, looked at, sent. What a file of the bank says itself is not asked; of CSV the reader says
 * whose account it is and which column is what, and sees the first entries as they would be read before anything is taken.
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type ReactNode, type SubmitEvent } from "react";
import { useNavigate } from "react-router";
import { refusalOf } from "../../../lib/commands";
import { useI18n, type Key } from "../../../lib/i18n";
import { ApiProblem } from "../../../lib/problem";
import { toast } from "../../../lib/toast";
import { Dialog } from "../../../ui/Dialog";
import "../../../ui/form/form.css";
import { PlainTable } from "../../../ui/PlainTable";
import { BillingDate, Count, Money } from "../../../ui/Value";
import { previewStatement, sendStatement, statement_bytes_max, statementPath, type Columns, type Preview, type Told } from "./queries";

const roles = ["booked_on", "amount", "text", "name", "iban", "reference"] as const;
const dates = ["YYYY-MM-DD", "DD.MM.YYYY", "DD.MM.YY", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY", "YYYYMMDD"] as const;
const nothing: Told = { bank_account: "", currency: "EUR", columns: null };
const unhindered = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

export default function StatementDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [told, setTold] = useState<Told>(nothing);
  const looking = useMutation({ mutationFn: (asked: { file: File; told: Told }) => previewStatement(asked.file, asked.told, unhindered()) });
  const sending = useSending(onClose);
  const seen = looking.data;
  const isCsv = seen !== undefined && (seen.format === null || seen.format === "csv");
  const isReady = file !== null && seen !== undefined && seen.entries !== null && !looking.isPending && !sending.isPending;

  const take = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setTold(nothing);
    if (chosen.size > 0 && chosen.size <= statement_bytes_max) looking.mutate({ file: chosen, told: nothing });
  };
  const look = () => file && looking.mutate({ file, told });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isReady) sending.mutate({ file, told });
  };
  const tooLarge = file !== null && file.size > statement_bytes_max;
  const problem = tooLarge ? t("statement_send.too_large") : saidOf(looking.error ?? sending.error, t);
  return (
    <Dialog
      title={t("statements.create")} side onClose={() => (sending.isPending ? undefined : onClose())}
      footer={
        <>
          <button type="button" className="button" disabled={sending.isPending} onClick={onClose}>{t("action.cancel")}</button>
          <button type="submit" form={id} className="button primary" disabled={!isReady}>{t(sending.isPending ? "command.processing" : "statement_send.send")}</button>
        </>
      }
    >
      <form id={id} className="stack" noValidate onSubmit={submit}>
        <Field label={t("statement_send.file")}>{(field) => <input id={field} type="file" className="field" disabled={sending.isPending} onChange={(event) => take(event.target.files?.[0])} />}</Field>
        {isCsv && <Mapping headings={seen.headings} told={told} onChange={setTold} onLook={look} isBusy={looking.isPending} />}
        {seen?.entries != null && <Seen seen={seen} />}
        {problem && <p className="form-problem" role="alert">{problem}</p>}
      </form>
    </Dialog>
  );
}

/** Which column is what; the names are those of the file. */
function Mapping({ headings, told, onChange, onLook, isBusy }: { headings: readonly string[]; told: Told; onChange: (told: Told) => void; onLook: () => void; isBusy: boolean }) {
  const { t } = useI18n();
  const columns: Columns = told.columns ?? { date_format: "DD.MM.YYYY", decimal_mark: "," };
  const set = (more: Partial<Columns>) => onChange({ ...told, columns: Object.fromEntries(Object.entries({ ...columns, ...more }).filter(([, value]) => value !== "")) as Columns });
  const isWhole = told.bank_account.trim() !== "" && /^[A-Z]{3}$/.test(told.currency) && columns.booked_on !== undefined && columns.amount !== undefined;
  return (
    <>
      <p className="small form-note">{t("statement_send.csv")}</p>
      <div className="form-fields">
        <Field label={t("statement_send.bank_account")}>{(field) => <input id={field} className="field" dir="ltr" autoComplete="off" value={told.bank_account} onChange={(event) => onChange({ ...told, bank_account: event.target.value })} />}</Field>
        <Field label={t("statement_send.currency")}>{(field) => <input id={field} className="field" dir="ltr" autoComplete="off" maxLength={3} value={told.currency} onChange={(event) => onChange({ ...told, currency: event.target.value.toUpperCase() })} />}</Field>
        {roles.map((role) => (
          <Field key={role} label={t(`statement_send.column_${role}`)}>
            {(field) => (
              <select id={field} className="field" value={columns[role] ?? ""} onChange={(event) => set({ [role]: event.target.value })}>
                <option value="">{t("statement_send.no_column")}</option>
                {headings.map((heading) => <option key={heading} value={heading}>{heading}</option>)}
              </select>
            )}
          </Field>
        ))}
        <Field label={t("statement_send.date_format")}>{(field) => <select id={field} className="field" dir="ltr" value={columns.date_format} onChange={(event) => set({ date_format: event.target.value })}>{dates.map((one) => <option key={one}>{one}</option>)}</select>}</Field>
        <Field label={t("statement_send.decimal_mark")}>{(field) => <select id={field} className="field" dir="ltr" value={columns.decimal_mark} onChange={(event) => set({ decimal_mark: event.target.value })}><option>,</option><option>.</option></select>}</Field>
      </div>
      <button type="button" className="button" disabled={!isWhole || isBusy} onClick={onLook}>{t("statement_send.look")}</button>
    </>
  );
}

function Seen({ seen: { entries, accounts, first } }: { seen: Preview }) {
  const { t } = useI18n();
  return (
    <div className="stack tight">
      <p><Count value={entries} /> {t("statement_send.entries_of")} <span dir="ltr">{accounts.join(", ")}</span></p>
      <PlainTable label={t("statement_send.first")}>
        <thead><tr><th scope="col">{t("entry.booked_on")}</th><th scope="col">{t("entry.text")}</th><th scope="col" className="end">{t("entry.amount")}</th></tr></thead>
        <tbody>
          {first.map((entry, index) => (
            <tr key={index}>
              <td><BillingDate value={entry.booked_on} /></td>
              <td dir="auto">{entry.text}<span className="small muted below" dir="auto">{entry.name}</span></td>
              <td className="end"><Money value={entry.amount} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </div>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return <div className="form-field"><label htmlFor={id}>{label}</label>{children(id)}</div>;
}

/** A statement on its way; sent, it leads to its page. */
function useSending(onClose: () => void) {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ file, told }: { file: File; told: Told }) => sendStatement(file, told, unhindered()),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ["bank_statements"] });
      toast("success", t("statement_send.done"));
      onClose();
      void navigate(statementPath(id));
    },
  });
}

function saidOf(error: Error | null, t: (key: Key, holes?: Record<string, string>) => string): string | null {
  if (error === null) return null;
  const said = error instanceof ApiProblem ? (error.errors[0]?.detail ?? refusalOf(error) ?? error.detail) : null;
  return said ? t("statement_send.refused", { reason: said }) : t("statement_send.failed");
}
