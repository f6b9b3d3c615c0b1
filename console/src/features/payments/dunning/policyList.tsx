/** Dunning policies, as data for the list kit: each drawn as a line of days. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { Count, Money, Nothing } from "../../../ui/Value";
import { PolicyLine } from "./PolicyLine";
import type { Policy, PolicyPage } from "./queries";

const actions: Actions<Policy> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "dunningpolicy.update", Dialog: lazy(async () => ({ default: (await import("./policyDialogs")).UpdateDialog })) },
    set_default: { icon: "check", label: "dunningpolicy.default", Dialog: lazy(async () => ({ default: (await import("./policyDialogs")).DefaultDialog })) },
    delete: { icon: "void", label: "dunningpolicy.delete", Dialog: lazy(async () => ({ default: (await import("./policyDialogs")).DeleteDialog })) },
  },
};

export const policyList: ListSpec<Policy, PolicyPage, Question<"/v1/dunning/policies">, "dunningpolicies"> = {
  name: "dunning-policies",
  words: "dunningpolicies",
  icon: "clock",
  read: (query, signal) => answer(api.GET("/v1/dunning/policies", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "name" } }],
  filters: [],
  columns: [
    { id: "name", title: "dunningpolicy.name", sort: "name", render: (policy) => <Name policy={policy} /> },
    { id: "steps", title: "dunningpolicy.steps", render: (policy) => <PolicyLine policy={policy} /> },
    { id: "minimums", title: "dunningpolicy.minimums", render: ({ minimums }) => (minimums.length === 0 ? <Nothing /> : minimums.map((least) => <span key={least.currency} className="below"><Money value={least} /></span>)) },
    count("accounts", "dunningpolicy.accounts"),
    { id: "open_cases", title: "dunningpolicy.open_cases", align: "end", render: ({ id, open_cases }) => <Link to={`/dunning?policy_id=${encodeURIComponent(id)}`}><Count value={open_cases} /></Link> },
    count("version", "dunningpolicy.version", { extra: true }),
    code("id", "dunningpolicy.id", { extra: true }),
    instant("defined_at", "dunningpolicy.defined_at", { extra: true }),
  ],
  totals: [],
  actions: (policy) => <PolicyMenu policy={policy} />,
  create: { label: "dunningpolicies.create", Drawer: lazy(async () => ({ default: (await import("./policyDialogs")).PolicyDrawer })) },
};

function Name({ policy: { name, is_default } }: { policy: Policy }) {
  const { t } = useI18n();
  return <><span dir="auto">{name}</span>{is_default && <span className="small muted below">{t("dunningpolicy.is_default")}</span>}</>;
}

function PolicyMenu({ policy }: { policy: Policy }) {
  const { t } = useI18n();
  return <ActionMenu thing={policy} actions={actions} label={t("dunningpolicy.actions", { name: policy.name })} />;
}
