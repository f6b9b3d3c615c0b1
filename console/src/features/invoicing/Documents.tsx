/** A document in its other forms: electronic ones for those who may read personal data, its lines as CSV, all of it as JSON. */
import { useState } from "react";
import { answer, api } from "../../lib/api";
import { refusalOf } from "../../lib/commands";
import { useI18n } from "../../lib/i18n";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import "./corrections/corrections.css";

type Kind = "invoices" | "credit-notes";
type Syntax = "ubl" | "cii";

interface Props {
  kind: Kind;
  id: string;
  /** What its files are called. */
  number: string | null;
  mayReadNames: boolean;
  /** Whether the PDF stands here, too; where it is the page's first action it does not. */
  pdf?: boolean;
}

export function Documents({ kind, id, number, mayReadNames, pdf = false }: Props) {
  const { t } = useI18n();
  const name = number ?? id;
  const path = `/v1/${kind}/${encodeURIComponent(id)}`;
  return (
    <Card title={t("invoice.documents")} className="no-print">
      <ul className="document-list">
        {pdf && <li><a className="button primary" href={`${path}/pdf`} target="_blank" rel="noreferrer"><Icon name="pdf" /> {t("invoice.pdf")}</a></li>}
        {mayReadNames && <li><XmlButton kind={kind} id={id} name={name} syntax="ubl" /></li>}
        {mayReadNames && <li><XmlButton kind={kind} id={id} name={name} syntax="cii" /></li>}
        <li><a className="button" href={`${path}/csv`} download={`${name}.csv`}>{t("invoice.as_csv")}</a></li>
        <li><a className="button" href={`${path}/json`} download={`${name}.json`}>{t("invoice.as_json")}</a></li>
      </ul>
    </Card>
  );
}

function readXml(kind: Kind, id: string, syntax: Syntax): Promise<unknown> {
  const how = { query: { syntax } };
  return kind === "invoices"
    ? answer(api.GET("/v1/invoices/{invoice_id}/xml", { params: { path: { invoice_id: id }, ...how }, parseAs: "text" }))
    : answer(api.GET("/v1/credit-notes/{credit_note_id}/xml", { params: { path: { credit_note_id: id }, ...how }, parseAs: "text" }));
}

/** It may be refused for what is missing of the seller or the customer: the reason is told here, and no page of JSON opens. */
function XmlButton({ kind, id, name, syntax }: { kind: Kind; id: string; name: string; syntax: Syntax }) {
  const { t } = useI18n();
  const [state, setState] = useState<"idle" | "reading" | { refusal: string | null }>("idle");
  const fetchIt = () => {
    setState("reading");
    readXml(kind, id, syntax)
      .then((text) => { save(String(text), `${name}-${syntax}.xml`); setState("idle"); })
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
