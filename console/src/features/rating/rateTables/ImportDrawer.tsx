/**
 * Imports a file of rates: chosen or pasted, looked at against the rates in force, then kept as a draft or published
 * with its day. Nothing is stored before it was looked at.
 */
import { useState, type ChangeEvent } from "react";
import { answer, api } from "../../../lib/api";
import { fieldErrorsOf, refusalOf } from "../../../lib/commands";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { Dialog } from "../../../ui/Dialog";
import { Skeleton } from "../../../ui/States";
import "../../../ui/form/form.css";
import { ChangeTable } from "./ChangeTable";
import { shownChanges, type ChangeKind, type RateChanges, type RateTable } from "./queries";
import "./rateTables.css";

interface Looked {
  of: string;
  changes: RateChanges;
  page: number;
  kind: ChangeKind | null;
}

export default function ImportDrawer({ thing: table, onClose }: { thing: RateTable; onClose: () => void }) {
  const { t } = useI18n();
  const [csv, setCsv] = useState("");
  const [file, setFile] = useState<string | null>(null);
  const [day, setDay] = useState("");
  const look = useLook(table.id, csv);
  const store = useCommand({
    words: "ratetable_import", touches: ["rate-tables"], subject: () => table.id, onDone: onClose,
    send: (input: { csv: string; day: string }, { "Idempotency-Key": key }) =>
      api.POST("/v1/rate-tables/{table_id}/versions", { params: { path: { table_id: table.id }, query: input.day ? { effective_from: input.day } : {} }, body: { csv: input.csv }, headers: { "Idempotency-Key": key } }),
  });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0];
    if (!chosen) return;
    setFile(chosen.name);
    void chosen.text().then(setCsv);
  };
  const isLooked = look.current !== null;
  const problems = [...(store.fields.size > 0 ? store.fields : look.problems)];
  return (
    <Dialog
      title={t("ratetable.import_into", { name: table.name })} onClose={() => store.phase !== "sending" && onClose()} side
      footer={
        <>
          <button type="button" className="button" disabled={store.phase === "sending"} onClick={onClose}>{t("action.cancel")}</button>
          {isLooked ? <button type="button" className="button primary" disabled={store.isBusy} onClick={() => store.run({ csv, day })}>{t(store.isBusy ? "ratetable.importing" : day ? "ratetable.import_publish" : "ratetable.import_draft")}</button>
            : <button type="button" className="button primary" disabled={csv.trim() === "" || look.isAsking} onClick={() => look.ask(1, null)}>{t(look.isAsking ? "ratetable.looking" : "form.preview")}</button>}
        </>
      }
    >
      <div className="stack">
        <label className="import-drop">
          <span>{t("ratetable.file")}</span>
          <input type="file" accept=".csv,text/csv,text/plain" onChange={choose} />
          {file && <span className="small muted" dir="auto">{file}</span>}
        </label>
        <label className="form-field">
          <span>{t("ratetable.paste")}</span>
          <textarea className="field code" rows={6} dir="ltr" spellCheck={false} value={csv.length > shown_characters ? "" : csv} placeholder={csv.length > shown_characters ? t("ratetable.large", { count: csv.length }) : "prefix,name,unit_price,per_s"} onChange={(event) => { setFile(null); setCsv(event.target.value); }} />
        </label>
        <p className="form-note small">{t("ratetable.csv_hint")}</p>
        <label className="form-field">
          <span>{t("ratetable.effective_from")} <span className="small muted">{t("ratetable.draft_if_empty")}</span></span>
          <input className="field" type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        </label>
        {store.isBusy && <><progress aria-label={t("ratetable.importing")} className="import-progress" /><p role="status" className="small muted">{t("ratetable.importing_hint")}</p></>}
        <section aria-live="polite" aria-busy={look.isAsking} className="stack" aria-label={t("form.preview")}>
          {look.isAsking && !look.current && <Skeleton lines={4} />}
          {look.current && <ChangeTable changes={look.current.changes} currency={table.currency} page={look.current.page} kind={look.current.kind} onTurn={look.ask} />}
          {look.refusal && problems.length === 0 && <p className="form-problem" role="alert">{look.refusal}</p>}
          {problems.length > 0 && (
            <ul className="form-problem" role="alert">
              {problems.slice(0, 20).map(([pointer, detail]) => <li key={pointer}><Place pointer={pointer} /> {detail}</li>)}
              {problems.length > 20 && <li>{t("ratetable.more_problems", { count: problems.length - 20 })}</li>}
            </ul>
          )}
        </section>
        {!store.isBusy && store.fields.size === 0 && <CommandOutcome command={store} fields="ratetable" />}
      </div>
    </Dialog>
  );
}

/** More than that is not written into the page. */
const shown_characters = 20_000;

/** `/lines/18/unit_price` is line 18 of the file, column unit_price. */
function Place({ pointer }: { pointer: string }) {
  const { t } = useI18n();
  const [, root, line, column] = pointer.split("/");
  if (root !== "lines" || !line) return null;
  return <strong>{column ? t("ratetable.at_cell", { line, column }) : t("ratetable.at_line", { line })}</strong>;
}

/** What storing this text would change; asked anew when the text is another. */
function useLook(table_id: string, csv: string) {
  const [looked, setLooked] = useState<Looked | null>(null);
  const [error, setError] = useState<{ of: string; error: unknown } | null>(null);
  const [isAsking, setAsking] = useState(false);
  const ask = (page: number, kind: ChangeKind | null) => {
    setAsking(true);
    const query = { preview: true, page, limit: shownChanges, ...(kind ? { kind } : {}) };
    void answer(api.POST("/v1/rate-tables/{table_id}/versions", { params: { path: { table_id }, query }, body: { csv } }))
      .then((changes) => { setLooked({ of: csv, changes: changes as RateChanges, page, kind }); setError(null); }, (failure: unknown) => setError({ of: csv, error: failure }))
      .finally(() => setAsking(false));
  };
  const failed = error?.of === csv ? error.error : null;
  return {
    ask, isAsking,
    current: looked?.of === csv && !failed ? looked : null,
    problems: fieldErrorsOf(failed),
    refusal: failed === null ? null : (refusalOf(failed) ?? (failed instanceof Error ? failed.message : String(failed))),
  };
}
