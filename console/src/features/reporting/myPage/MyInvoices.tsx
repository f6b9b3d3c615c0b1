/** The invoices of a customer: those still to be paid first in view, older ones a page at a time. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ApiProblem } from "../../../lib/problem";
import { Icon } from "../../../ui/Icon";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Money } from "../../../ui/Value";
import { documentOf, LinkOver, paymentPath, useAsked } from "./ask";
import { MyInvoice } from "./MyInvoice";

type Invoices = Answer<"/v1/customer-page/invoices">;
type Invoice = Invoices["items"][number];

const page_size = 6;

export function MyInvoices({ token }: { token: string }) {
  const { t } = useI18n();
  const [cursors, setCursors] = useState<readonly string[]>([""]);
  return (
    <section className="card" aria-labelledby="my-invoices">
      <header><h2 id="my-invoices" tabIndex={-1}>{t("mypage.invoices")}</h2></header>
      {cursors.map((cursor, n) => (
        <Page key={cursor} token={token} cursor={cursor} onMore={n === cursors.length - 1 ? (next) => setCursors([...cursors, next]) : null} />
      ))}
    </section>
  );
}

function Page({ token, cursor, onMore }: { token: string; cursor: string; onMore: ((next: string) => void) | null }) {
  const { t } = useI18n();
  const { data, error, refetch } = useAsked<Invoices>(token, `/invoices?limit=${page_size}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, cursor === "");
  if (!data) return <div className="pad">{error && !(error instanceof LinkOver) ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} />}</div>;
  const next = data.next_cursor;
  return (
    <>
      {data.total === 0 && <p className="pad muted">{t("mypage.no_invoices")}</p>}
      <ul className="my-invoices">{data.items.map((one) => <Row key={one.id} token={token} invoice={one} />)}</ul>
      {next !== null && onMore && <p className="pad"><button type="button" className="button no-print" onClick={() => onMore(next)}>{t("mypage.more")}</button></p>}
    </>
  );
}

function Row({ token, invoice }: { token: string; invoice: Invoice }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const pay = useMutation({ mutationFn: () => paymentPath(token, invoice.id), onSuccess: (path) => location.assign(path) });
  const file = useMutation({ mutationFn: () => documentOf(token, invoice.id), onSuccess: (blob) => save(blob, `${invoice.number}.pdf`) });
  const failed = pay.error ?? file.error;
  return (
    <li aria-label={t("mypage.invoice", { number: invoice.number })}>
      <div className="my-invoice">
        <span className="my-invoice-name"><strong dir="ltr">{invoice.number}</strong> <span className="small muted"><BillingDate value={invoice.issued_on} /></span></span>
        <span className="my-invoice-sum"><Money value={invoice.total} /></span>
        <Standing invoice={invoice} />
      </div>
      <div className="row wrap no-print">
        {isPayable(invoice) && <button type="button" className="button primary" disabled={pay.isPending || pay.isSuccess} onClick={() => pay.mutate()}>{t("mypage.pay")} <span className="visually-hidden" dir="ltr">{invoice.number}</span></button>}
        <button type="button" className="button" disabled={file.isPending} onClick={() => file.mutate()}><Icon name="pdf" /> {t("mypage.pdf")} <span className="visually-hidden" dir="ltr">{invoice.number}</span></button>
        <button type="button" className="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{t("mypage.details")} <span className="visually-hidden" dir="ltr">{invoice.number}</span></button>
      </div>
      {failed && <p role="alert" className="danger-text">{failed instanceof LinkOver ? t("mypage.over") : failed instanceof ApiProblem ? (failed.detail ?? failed.title) : t("state.unreachable")}</p>}
      {isOpen && <MyInvoice token={token} id={invoice.id} />}
    </li>
  );
}

function Standing({ invoice }: { invoice: Invoice }) {
  const { t } = useI18n();
  if (invoice.status === "void") return <span className="muted">{t("mypage.void")}</span>;
  if (!isPayable(invoice)) return <span className={invoice.payment_status === "paid" ? "success-text" : "muted"}>{t(`mypage.status_${invoice.payment_status}`)}</span>;
  const due = <><Money value={invoice.due} /> {t("mypage.due")} <BillingDate value={invoice.due_on} /></>;
  return invoice.days_overdue > 0 ? <span className="danger-text">{due} · {t("mypage.days_overdue", { count: invoice.days_overdue })}</span> : <span>{due}</span>;
}

function isPayable({ due, status }: Invoice): boolean {
  return status === "issued" && !due.amount.startsWith("-") && /[1-9]/.test(due.amount);
}

/** As a file of the browser's: an address of the document could be opened by nobody but who has the link. */
function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
