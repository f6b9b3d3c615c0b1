/** The document in its other forms: electronic invoices for those who may read personal data, its lines as CSV, all of it as JSON. */
import { useState } from "react";
import { answer, api } from "../../lib/api";
import { refusalOf } from "../../lib/commands";
import { useI18n } from "../../lib/i18n";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import { invoiceFile, type Invoice } from "./queries";
import "./corrections/corrections.css";

type Syntax = "ubl" | "cii";

export function Documents({ invoice, mayReadNames }: { invoice: Pick<Invoice, "id" | "number">; mayReadNames: boolean }) {
  const { t } = useI18n();
  return (
    <Card title={t("invoice.documents")} className="no-print">
      <ul className="document-list">
        {mayReadNames && <li><XmlButton invoice={invoice} syntax="ubl" /></li>}
        {mayReadNames && <li><XmlButton invoice={invoice} syntax="cii" /></li>}
        <li><a className="button" href={invoiceFile(invoice.id, "csv")} download={`${invoice.number ?? invoice.id}.csv`}>{t("invoice.as_csv")}</a></li>
        <li><a className="button" href={invoiceFile(invoice.id, "json")} download={`${invoice.number ?? invoice.id}.json`}>{t("invoice.as_json")}</a></li>
      </ul>
    </Card>
  );
}

/** It may be refused for what is missing of the seller or the customer: the reason is told here, and no page of JSON opens. */
function XmlButton({ invoice: { id, number }, syntax }: { invoice: Pick<Invoice, "id" | "number">; syntax: Syntax }) {
  const { t } = useI18n();
  const [state, setState] = useState<"idle" | "reading" | { refusal: string | null }>("idle");
  const fetchIt = () => {
    setState("reading");
    answer(api.GET("/v1/invoices/{invoice_id}/xml", { params: { path: { invoice_id: id }, query: { syntax } }, parseAs: "text" }))
      .then((text) => { save(String(text), `${number ?? id}-${syntax}.xml`); setState("idle"); })
      .catch((error: unknown) => setState({ refusal: refusalOf(error) }));
  };
  return (
    <>
      <button type="button" className="button" disabled={state === "reading"} onClick={fetchIt}>{t(`invoice.as_${syntax}`)}</button>
      {typeof state === "object" && <p className="small danger-text" role="alert"><Icon name="warning" size={14} /> {state.refusal ?? t("invoice.document_failed")}</p>}
    </>
  );
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/xml" }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
