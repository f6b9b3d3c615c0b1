/** Late-fee policies, as data for the list kit. */
import { lazy } from "react";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { Nothing } from "../../../ui/Value";
import { kindOf, type Policy, type PolicyPage } from "./steps";

const actions: Actions<Policy> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "latepolicy.update", Dialog: lazy(async () => ({ default: (await import("./dialogs")).UpdateDialog })) },
    delete: { icon: "void", label: "latepolicy.delete", Dialog: lazy(async () => ({ default: (await import("./dialogs")).DeleteDialog })) },
  },
};

export const policyList: ListSpec<Policy, PolicyPage, Question<"/v1/late-fee-policies">, "latepolicies"> = {
  name: "late-fee-policies",
  words: "latepolicies",
  icon: "clock",
  read: (query, signal) => answer(api.GET("/v1/late-fee-policies", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "name" } }],
  filters: [],
  columns: [
    { id: "name", title: "latepolicy.name", sort: "name", render: ({ name }) => <span dir="auto">{name}</span> },
    { id: "steps", title: "latepolicy.steps", render: (policy) => <Steps policy={policy} /> },
    count("grace_days", "latepolicy.grace_days"),
    { id: "currency", title: "latepolicy.currency", render: ({ currency }) => currency ?? <Nothing /> },
    count("accounts", "latepolicy.accounts"),
    count("version", "latepolicy.version", { extra: true }),
    code("id", "latepolicy.id"),
    instant("defined_at", "latepolicy.defined_at", { extra: true }),
  ],
  totals: [],
  actions: (policy) => <PolicyMenu policy={policy} />,
  create: { label: "latepolicies.create", Drawer: lazy(async () => ({ default: (await import("./dialogs")).PolicyDrawer })) },
};

function Steps({ policy: { steps } }: { policy: Policy }) {
  const { t } = useI18n();
  return <>{steps.map((step) => <span key={step.after_days} className="below">{t("latepolicy.step", { days: step.after_days, kind: t(`latefee.kind_${kindOf(step)}`) })}</span>)}</>;
}

function PolicyMenu({ policy }: { policy: Policy }) {
  const { t } = useI18n();
  return <ActionMenu thing={policy} actions={actions} label={t("latepolicy.actions", { name: policy.name })} />;
}
