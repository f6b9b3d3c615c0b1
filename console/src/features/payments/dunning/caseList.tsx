/** The list of cases, as data for the list kit: those that need somebody first, the longest overdue on top. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { code, count, date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";
import { caseActions } from "./actions";
import { accesses, casePath, type Case, type CasePage } from "./queries";

export const caseList: ListSpec<Case, CasePage, Question<"/v1/dunning/cases">, "cases"> = {
  name: "dunning",
  words: "cases",
  icon: "clock",
  read: (query, signal) => answer(api.GET("/v1/dunning/cases", { params: { query }, signal })),
  tabs: [
    { id: "open", query: { status: ["open"], sort: "since" }, counted: true, icon: "checkCircle" },
    { id: "promised", query: { status: ["promised"], sort: "since" }, counted: true },
    { id: "paused", query: { status: ["paused"], sort: "since" }, counted: true },
    { id: "cleared", query: { status: ["cleared"], sort: "-opened_on" } },
    { id: "all", query: { sort: "-opened_on" } },
  ],
  filters: [
    { kind: "choice", name: "access", label: "dunning.access", options: accesses.map((access) => [access, `status.access.${access}`] as const), many: true },
    { kind: "dates", from: "since_from", to: "since_to", labels: ["dunning.since_from", "dunning.since_to"] },
    { kind: "linked", name: "account_id", label: "cases.account_is", drop: "cases.drop_account", max: 64, many: true },
    { kind: "linked", name: "policy_id", label: "cases.policy_is", drop: "cases.drop_policy", max: 64, many: true },
  ],
  columns: [
    { id: "account", title: "dunning.account", render: ({ id, account_id }) => <Link to={casePath(id)}><CustomerName id={account_id} /></Link> },
    { id: "status", title: "dunning.status", render: ({ status }) => <StatusTag kind="dunning" status={status} /> },
    money("overdue", "dunning.overdue", { sort: "overdue" }),
    count("days_overdue", "dunning.days_overdue", { sort: "since" }),
    { id: "step", title: "dunning.step", sort: "step", render: (one) => <StepOf one={one} /> },
    { id: "access", title: "dunning.access", render: ({ access }) => <StatusTag kind="access" status={access} /> },
    { id: "next", title: "dunning.next_step", render: ({ next_step_name }) => (next_step_name === null ? <Nothing /> : <span dir="auto">{next_step_name}</span>) },
    date("look_on", "dunning.look_on", { sort: "look_on" }),
    date("paused_until", "dunning.paused_until", { extra: true }),
    date("opened_on", "dunning.opened_on", { sort: "opened_on", extra: true }),
    code("policy_id", "dunning.policy", { extra: true }),
    code("id", "dunning.id", { extra: true }),
  ],
  totals: [["amount", "dunning.overdue"]],
  actions: (one) => <CaseMenu one={one} />,
  bulk: [{ id: "pause", label: "dunning.pause_many", icon: "pause", Dialog: lazy(async () => ({ default: (await import("./BulkPauseDialog")).BulkPauseDialog })) }],
};

function StepOf({ one }: { one: Case }) {
  const { t } = useI18n();
  if (one.step_name === null) return <span className="muted">{t("dunning.no_step")}</span>;
  return <><span dir="auto">{one.step_name}</span> <span className="small muted">{t("dunning.step_of", { step: one.step, steps: one.steps })}</span></>;
}

function CaseMenu({ one }: { one: Case }) {
  const { t } = useI18n();
  return <ActionMenu thing={one} actions={caseActions} label={t("dunning.actions", { id: one.account_id })} open={{ to: casePath(one.id), icon: "clock" }} />;
}
