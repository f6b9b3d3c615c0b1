/** What was credited to a customer, where anything was: older ones a page at a time. */
import { useState } from "react";
import type { Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { BillingDate, Money } from "../../../ui/Value";
import { useAsked } from "./ask";

type Notes = Answer<"/v1/customer-page/credit-notes">;

const page_size = 6;
const path = (cursor: string) => `/credit-notes?limit=${page_size}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;

export function MyCreditNotes({ token }: { token: string }) {
  const { t } = useI18n();
  const [cursors, setCursors] = useState<readonly string[]>([""]);
  const first = useAsked<Notes>(token, path(""));
  if (!first.data || first.data.total === 0) return null;
  return (
    <section className="card" aria-labelledby="my-credit-notes">
      <header><h2 id="my-credit-notes">{t("mypage.credit_notes")}</h2></header>
      {cursors.map((cursor, n) => (
        <Page key={cursor} token={token} cursor={cursor} onMore={n === cursors.length - 1 ? (next) => setCursors([...cursors, next]) : null} />
      ))}
    </section>
  );
}

function Page({ token, cursor, onMore }: { token: string; cursor: string; onMore: ((next: string) => void) | null }) {
  const { t } = useI18n();
  const { data } = useAsked<Notes>(token, path(cursor), cursor === "");
  const next = data?.next_cursor ?? null;
  return (
    <>
      <ul className="my-invoices">{data?.items.map((note) => (
        <li key={note.id}>
          <div className="my-invoice">
            <span className="my-invoice-name"><strong dir="ltr">{note.number}</strong> <span className="small muted"><BillingDate value={note.issued_on} /></span></span>
            <span className="my-invoice-sum"><Money value={note.total} /></span>
            {note.invoice_number !== null && <span className="muted">{t("mypage.credit_note_of", { number: note.invoice_number })}</span>}
          </div>
        </li>
      ))}</ul>
      {next !== null && onMore && <p className="pad"><button type="button" className="button no-print" onClick={() => onMore(next)}>{t("mypage.more_credit_notes")}</button></p>}
    </>
  );
}
