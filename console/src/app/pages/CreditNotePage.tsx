/** `/invoices/credit-notes/:id`: one credit note, the lines that it credits, and the invoice that it corrects. */
import { useParams } from "react-router";
import { useMay } from "../../features/identity/session";
import { useCreditNote } from "../../features/invoicing/corrections/queries";
import { CreditNoteLines, CreditNoteSide } from "../../features/invoicing/credits/CreditNoteParts";
import { useI18n } from "../../lib/i18n";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function CreditNotePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const [mayReadNames, maySend] = [useMay("personal_data"), useMay("write")];
  return (
    <DetailPage
      words="credit" id={id} query={useCreditNote(id)} list={{ to: "/invoices/credit-notes", title: t("credits.title") }}
      name={({ number }) => number}
      head={({ number, status }) => <><h1 className="number" dir="ltr">{number ?? id}</h1><CopyButton text={number ?? id} /><StatusTag kind="invoice" status={status} /></>}
      tabs={[{ id: "lines", render: (note) => <CreditNoteLines note={note} /> }]}
      side={(note) => <CreditNoteSide note={note} mayReadNames={mayReadNames} maySend={maySend} />}
    />
  );
}
