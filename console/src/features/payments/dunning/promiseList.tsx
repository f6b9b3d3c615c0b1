/** Promises to pay, as data for the list kit: those whose day comes first, then what became of the others. */
import { lazy } from "react";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";
import type { PromisePage, PromiseToPay } from "./queries";

const actions: Actions<PromiseToPay> = {
  links: [],
  commands: { cancel: { icon: "void", label: "promise.cancel", Dialog: lazy(async () => ({ default: (await import("./CancelPromiseDialog")).CancelPromiseDialog })) } },
};

export const promiseList: ListSpec<PromiseToPay, PromisePage, Question<"/v1/promises">, "promises"> = {
  name: "promises",
  words: "promises",
  icon: "check",
  read: (query, signal) => answer(api.GET("/v1/promises", { params: { query }, signal })),
  tabs: [
    { id: "open", query: { status: ["open"], sort: "pay_by" }, counted: true },
    { id: "broken", query: { status: ["broken"], sort: "-pay_by" } },
    { id: "kept", query: { status: ["kept"], sort: "-pay_by" } },
    { id: "all", query: { sort: "-pay_by" } },
  ],
  filters: [
    { kind: "dates", from: "from", to: "to", labels: ["promise.from", "promise.to"] },
    { kind: "linked", name: "account_id", label: "promises.account_is", drop: "promises.drop_account", max: 64, many: true },
  ],
  columns: [
    { id: "account", title: "dunning.account", render: ({ account_id }) => <CustomerName id={account_id} link /> },
    { id: "status", title: "promise.status", render: ({ status }) => <StatusTag kind="promise" status={status} /> },
    money("amount", "promise.amount", { sort: "amount" }),
    money("paid", "promise.paid"),
    date("pay_by", "promise.pay_by", { sort: "pay_by" }),
    date("made_on", "promise.made_on", { sort: "made_on" }),
    date("closed_on", "promise.closed_on"),
    { id: "note", title: "promise.note", extra: true, render: ({ note }) => (note ? <span dir="auto">{note}</span> : <Nothing />) },
    code("id", "promise.id", { extra: true }),
  ],
  totals: [["amount", "promise.amount"], ["paid", "promise.paid"]],
  actions: (one) => <PromiseMenu one={one} />,
};

function PromiseMenu({ one }: { one: PromiseToPay }) {
  const { t } = useI18n();
  return <ActionMenu thing={one} actions={actions} label={t("promise.actions", { id: one.account_id })} />;
}
