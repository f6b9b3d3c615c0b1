/**
 * Imports a file of jurisdictions or of rates: chosen or pasted, looked at against what is there, then stored. Nothing
 * is stored before it was looked at; what the file does not name stays as it is.
 */
import { useState, type ChangeEvent } from "react";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { Dialog } from "../../../ui/Dialog";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { Skeleton } from "../../../ui/States";
import "../../../ui/form/form.css";
import { differences, placeOf } from "./differences";
import { sendTable, shownChanges, useLook, words, type Table, type TableImport } from "./tableImport";
import "./taxTables.css";

/** More than that is not written into the page. */
const shown_characters = 20_000;
const shown_problems = 20;
const headings = { jurisdictions: "id;level;name;parent_id;codes;postal_codes", rates: "id;jurisdiction_id;tax;rate;effective_from;product_tax_class" } as const;

export default function TableImportDrawer({ table, onClose }: { table: Table; onClose: () => void }) {
  const { t } = useI18n();
  const [csv, setCsv] = useState("");
  const [file, setFile] = useState<string | null>(null);
  const look = useLook(table, csv);
  const store = useCommand({
    words: "tax_import", touches: ["tax-jurisdictions", "tax-rates", "pickers"], onDone: onClose,
    send: (text: string, { "Idempotency-Key": key }) => sendTable(table, text, {}, { "Idempotency-Key": key }),
  });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0];
    if (!chosen) return;
    setFile(chosen.name);
    void chosen.text().then(setCsv);
  };
  const isLarge = csv.length > shown_characters;
  const problems = [...(store.fields.size > 0 ? store.fields : look.problems)];
  const changes = look.current?.changes;
  return (
    <Dialog
      title={t(words[table])} onClose={() => store.phase !== "sending" && onClose()} side
      footer={
        <>
          <button type="button" className="button" disabled={store.phase === "sending"} onClick={onClose}>{t("action.cancel")}</button>
          {changes
            ? <button type="button" className="button primary" disabled={store.isBusy || changes.total === 0} onClick={() => store.run(csv)}>{store.isBusy ? t("command.processing") : t("tax_import.store", { count: changes.total })}</button>
            : <button type="button" className="button primary" disabled={csv.trim() === "" || look.isAsking} onClick={() => look.ask(1)}>{t("form.preview")}</button>}
        </>
      }
    >
      <div className="stack">
        <label className="form-field"><span>{t("tax_import.file")}</span><input type="file" accept=".csv,text/csv,text/plain" onChange={choose} />{file && <span className="small muted" dir="auto">{file}</span>}</label>
        <label className="form-field">
          <span>{t("tax_import.paste")}</span>
          <textarea className="field code" rows={6} dir="ltr" spellCheck={false} value={isLarge ? "" : csv} placeholder={isLarge ? t("tax_import.large", { count: csv.length }) : headings[table]} onChange={(event) => { setFile(null); setCsv(event.target.value); }} />
        </label>
        <p className="form-note small">{t("tax_import.hint")}</p>
        <section aria-live="polite" aria-busy={look.isAsking} className="stack" aria-label={t("form.preview")}>
          {look.isAsking && !changes && <Skeleton lines={4} />}
          {look.current && changes && <Changes changes={changes} page={look.current.page} onTurn={look.ask} />}
          {look.refusal !== null && problems.length === 0 && <p className="form-problem" role="alert">{look.refusal}</p>}
          {problems.length > 0 && <Problems problems={problems} />}
        </section>
        {!store.isBusy && store.fields.size === 0 && <CommandOutcome command={store} fields="tax_rate" />}
      </div>
    </Dialog>
  );
}

function Problems({ problems }: { problems: readonly (readonly [string, string])[] }) {
  const { t } = useI18n();
  const at = (pointer: string) => {
    const place = placeOf(pointer);
    return place && <strong>{place.column === null ? t("tax_import.at_line", { line: place.line }) : t("tax_import.at_cell", { line: place.line, column: place.column })}</strong>;
  };
  return (
    <ul className="form-problem" role="alert">
      {problems.slice(0, shown_problems).map(([pointer, detail]) => <li key={pointer}>{at(pointer)} {detail}</li>)}
      {problems.length > shown_problems && <li>{t("tax_import.more_problems", { count: problems.length - shown_problems })}</li>}
    </ul>
  );
}

function Changes({ changes: { added, changed, unchanged, items, total }, page, onTurn }: { changes: TableImport; page: number; onTurn: (page: number) => void }) {
  const { t } = useI18n();
  const label = useLabel();
  const pages = Math.max(1, Math.ceil(total / shownChanges));
  return (
    <>
      <p><strong>{t("tax_import.adds", { count: added })}</strong>, <strong>{t("tax_import.changes", { count: changed })}</strong>, <span className="muted">{t("tax_import.leaves", { count: unchanged })}</span></p>
      {total === 0 ? <p className="muted">{t("tax_import.nothing")}</p> : (
        <PlainTable label={t("tax_import.title")}>
          <thead><tr><th scope="col">{t("tax_rate.id")}</th><th scope="col">{t("tax_import.what")}</th></tr></thead>
          <tbody>
            {items.map((change) => (
              <tr key={change.id}>
                <th scope="row"><code>{change.id}</code><span className="small muted below">{t(change.kind === "added" ? "tax_import.added" : "tax_import.changed")}</span></th>
                <td className="small table-diff">{differences(change).map(({ field, was, is }) => <span key={field} className="below"><span className="muted">{label(`tax_rate.${field}`, label(`jurisdiction.${field}`, field))}</span> {was !== null && <del>{was}</del>} {is !== null && <ins>{is}</ins>}</span>)}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {pages > 1 && (
        <nav className="row" aria-label={t("list.pages")}>
          <span className="grow number muted">{t("list.range", { first: (page - 1) * shownChanges + 1, last: Math.min(total, page * shownChanges), total })}</span>
          <button type="button" className="button icon" aria-label={t("list.previous")} disabled={page <= 1} onClick={() => onTurn(page - 1)}><Icon name="left" /></button>
          <button type="button" className="button icon" aria-label={t("list.next")} disabled={page >= pages} onClick={() => onTurn(page + 1)}><Icon name="right" /></button>
        </nav>
      )}
    </>
  );
}
