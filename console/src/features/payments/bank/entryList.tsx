/** The entries of one statement, as data for the list kit: what came in, what it seems to pay, and how sure that is. */
import { Link } from "react-router";
import type { Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";
import { entryActions } from "./actions";
import { readEntries, type Entry, type EntryPage } from "./queries";
import "../../../ui/form/form.css";

/** The statement is part of the question, so that the entries of one are not taken for those of another. */
type EntryQuestion = NonNullable<Question<"/v1/bank-statements/{statement_id}/matches">> & { statement_id: string };
type EntryList = ListSpec<Entry, EntryPage, EntryQuestion, "entries">;

export function entryList(statement_id: string): EntryList {
  return {
    name: "bank_entries",
    words: "entries",
    icon: "invoice",
    read: ({ statement_id: of, ...query }, signal) => readEntries(of, query, signal),
    tabs: [
      { id: "waiting", query: { statement_id, waiting: true, sort: "place" }, counted: true, icon: "checkCircle" },
      { id: "exact", query: { statement_id, status: ["open"], confidence: ["exact"], sort: "place" }, counted: true, icon: "checkCircle" },
      { id: "booked", query: { statement_id, status: ["booked", "booking"], sort: "place" } },
      { id: "ignored", query: { statement_id, status: ["ignored", "outgoing"], sort: "place" } },
      { id: "all", query: { statement_id, sort: "place" } },
    ],
    filters: [{ kind: "dates", from: "from", to: "to", labels: ["entries.from", "entries.to"] }],
    columns: [
      { id: "text", title: "entry.text", render: (entry) => <Written entry={entry} /> },
      money("amount", "entry.amount", { sort: "amount" }),
      { id: "status", title: "entry.status", render: ({ status }) => <StatusTag kind="entry" status={status} /> },
      { id: "confidence", title: "entry.confidence", render: (entry) => <Why entry={entry} /> },
      { id: "whose", title: "entry.whose", render: (entry) => <Whose entry={entry} /> },
      date("booked_on", "entry.booked_on", { sort: "booked_on" }),
    ],
    totals: [["amount", "entries.amount"]],
    actions: (entry) => <EntryMenu entry={entry} />,
  };
}

function Written({ entry: { name, text, creditor_reference } }: { entry: Entry }) {
  return <><span dir="auto">{text || creditor_reference || <Nothing />}</span><span className="small muted below" dir="auto">{name}</span></>;
}

/** How sure it is and why; where it could not be booked, why not. */
function Why({ entry: { status, confidence, candidates, code, detail } }: { entry: Entry }) {
  const label = useLabel();
  if (status !== "open") return detail ? <span className="small" dir="auto">{detail}</span> : <Nothing />;
  const reasons = candidates[0]?.reasons ?? [];
  return (
    <>
      <StatusTag kind="confidence" status={confidence} />
      <span className="small muted below">{reasons.map((reason) => label(`entry.reason_${reason}`, reason)).join(" · ")}</span>
      {code !== null && <span className="small form-problem below" dir="auto">{detail || code}</span>}
    </>
  );
}

function Whose({ entry: { status, account_id, candidates } }: { entry: Entry }) {
  const { t } = useI18n();
  const first = candidates[0];
  const account = status === "open" ? first?.account_id : account_id;
  if (!account) return <Nothing />;
  return (
    <>
      <Link to={`/customers/${encodeURIComponent(account)}`} dir="ltr">{account}</Link>
      {status === "open" && first && <span className="small muted below" dir="ltr">{first.number ?? t("entry.due_first")}{first.also.length > 0 && ` +${String(first.also.length)}`}</span>}
    </>
  );
}

function EntryMenu({ entry }: { entry: Entry }) {
  const { t } = useI18n();
  return <ActionMenu thing={entry} actions={entryActions} label={t("entry.actions")} />;
}
