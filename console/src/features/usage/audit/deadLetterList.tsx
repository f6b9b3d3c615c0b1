/** What could not be taken, as data for the list kit: the error, how often it was tried, and what stands behind it. */
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";
import { momentsOf } from "../moments";
import { deadLetterActions, deadLetterPath, type DeadLetter, type DeadLetterPage } from "./deadLetters";

export const deadLetterList: ListSpec<DeadLetter, DeadLetterPage, Question<"/v1/dead-letters">, "dead_letters"> = {
  name: "dead-letters",
  words: "dead_letters",
  icon: "checkCircle",
  read: (query, signal) => answer(api.GET("/v1/dead-letters", { params: { query: momentsOf(query) }, signal })),
  tabs: [
    { id: "open", query: { status: ["open"], sort: "recorded_at" }, counted: true, icon: "checkCircle" },
    { id: "requeued", query: { status: ["requeued"], sort: "-recorded_at" } },
    { id: "discarded", query: { status: ["discarded"], sort: "-recorded_at" } },
    { id: "all", query: { sort: "-recorded_at" } },
  ],
  filters: [
    { kind: "choice", name: "service", label: "dead_letter.service", options: [["usage", "dead_letter.service_usage"], ["rating", "dead_letter.service_rating"], ["invoicing", "dead_letter.service_invoicing"], ["payments", "dead_letter.service_payments"]], many: true },
    { kind: "choice", name: "kind", label: "dead_letter.of_kind", options: [["parked", "dead_letter.kind_parked"], ["command", "dead_letter.kind_command"], ["bytes", "dead_letter.kind_bytes"]], many: true },
    { kind: "dates", from: "from", to: "to", labels: ["events.from", "events.to"] },
    { kind: "linked", name: "account_id", label: "usage.account_is", drop: "usage.drop_account", max: 64, many: true },
  ],
  columns: [
    { id: "id", title: "dead_letter.id", render: ({ id }) => <Link to={deadLetterPath(id)} dir="ltr">{id}</Link> },
    { id: "kind", title: "dead_letter.of_kind", render: ({ kind }) => <Kind kind={kind} /> },
    { id: "type", title: "dead_letter.type", render: ({ type }) => (type ? <span dir="ltr">{type}</span> : <Nothing />) },
    { id: "error", title: "dead_letter.error", render: ({ error }) => <span className="small" dir="ltr">{error}</span> },
    count("attempts", "dead_letter.attempts"),
    { id: "account_id", title: "usage.customer", render: ({ account_id }) => (account_id ? <CustomerName id={account_id} link /> : <Nothing />) },
    { id: "status", title: "dead_letter.status", render: ({ status }) => <StatusTag kind="dead_letter" status={status} /> },
    instant("recorded_at", "dead_letter.recorded_at", { sort: "recorded_at" }),
    count("stands_behind", "dead_letter.stands_behind", { extra: true }),
    instant("tried_at", "dead_letter.tried_at", { extra: true }),
  ],
  totals: [],
  actions: (letter) => <LetterMenu letter={letter} />,
};

function Kind({ kind }: { kind: string }) {
  const label = useLabel();
  return <>{label(`dead_letter.kind_${kind}`, kind)}</>;
}

function LetterMenu({ letter }: { letter: DeadLetter }) {
  const { t } = useI18n();
  return <ActionMenu thing={letter} actions={deadLetterActions} label={t("dead_letter.actions", { name: letter.id })} open={{ to: deadLetterPath(letter.id), icon: "info" }} />;
}
