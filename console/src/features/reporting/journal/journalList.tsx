/** The journal, as data for the list kit: entries by day, each with the accounts it moves amounts between. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { date, instant, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { Nothing } from "../../../ui/Value";
import { documentPath } from "./documentPath";
import { accounts, entryPath, readJournal, type Entry, type JournalPage, type JournalQuestion } from "./queries";

export const journalList: ListSpec<Entry, JournalPage, JournalQuestion, "journal"> = {
  name: "journal",
  words: "journal",
  icon: "invoice",
  read: readJournal,
  tabs: [
    { id: "all", query: { sort: "-booked_on" } },
    { id: "documents", query: { kind: ["invoice", "debit_note", "credit_note", "void"], sort: "-booked_on" } },
    { id: "money", query: { kind: ["payment", "refund", "refund_paid", "refund_failed", "chargeback", "chargeback_reversed", "payment_reversed", "deposit_received", "deposit_returned", "allocation"], sort: "-booked_on" } },
    { id: "earned", query: { kind: ["accrual", "accrual_reversed", "release"], sort: "-booked_on" } },
    { id: "corrections", query: { kind: ["write_off", "recovery", "adjustment", "credit", "credit_taken_back", "credit_expired"], sort: "-booked_on" } },
  ],
  filters: [
    { kind: "dates", from: "from", to: "to", labels: ["journal.from", "journal.to"] },
    { kind: "choice", name: "account", label: "journal.account", options: accounts.map((name) => [name, `journal.account_${name}`] as const) },
    { kind: "text", name: "document_id", label: "journal.document", max: 64 },
    { kind: "entity", name: "legal_entity", label: "journal.legal_entity", operator: "journal.operator" },
    { kind: "linked", name: "plan_id", label: "journal.of_plan", drop: "journal.of_every_plan", max: 64 },
  ],
  columns: [
    { id: "id", title: "journal_entry.id", render: (entry) => <Link to={entryPath(entry.id)} dir="ltr">{entry.id}</Link> },
    date("booked_on", "journal_entry.booked_on", { sort: "booked_on" }),
    { id: "kind", title: "journal_entry.kind", render: ({ kind }) => <KindName kind={kind} /> },
    { id: "document", title: "journal_entry.document", render: (entry) => <Document entry={entry} /> },
    { id: "account_id", title: "journal_entry.customer", render: ({ account_id }) => <Link to={`/customers/${encodeURIComponent(account_id)}`} dir="ltr">{account_id}</Link> },
    { id: "numbers", title: "journal_entry.numbers", render: ({ postings }) => <span dir="ltr">{[...new Set(postings.flatMap(({ debit, credit }) => [debit.number, credit.number]))].join(" · ")}</span> },
    money("amount", "journal_entry.amount"),
    date("posted_on", "journal_entry.posted_on", { extra: true }),
    { id: "legal_entity", title: "journal.legal_entity", extra: true, render: ({ legal_entity }) => (legal_entity ? <span dir="ltr">{legal_entity}</span> : <Nothing />) },
    instant("recorded_at", "journal_entry.recorded_at", { extra: true }),
  ],
  totals: [["amount", "journal.debits"], ["credit", "journal.credits"]],
  actions: (entry) => <Open entry={entry} />,
};

export function KindName({ kind }: { kind: Entry["kind"] }) {
  const { t } = useI18n();
  return t(`journal.kind_${kind}`);
}

export function Document({ entry }: { entry: Entry }) {
  const path = documentPath(entry);
  const name = entry.number || entry.document_id;
  return path ? <Link to={path} dir="ltr">{name}</Link> : <span dir="ltr">{name}</span>;
}

function Open({ entry }: { entry: Entry }) {
  const { t } = useI18n();
  return <Link to={entryPath(entry.id)}>{t("journal_entry.open")}</Link>;
}
