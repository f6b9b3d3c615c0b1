/** Accounts with a credit limit or a wallet, as data for the list kit: those with the least left first. */
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { instant, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { withIds, type Exposure, type ExposurePage } from "./queries";

export const exposureList: ListSpec<Exposure, ExposurePage, Question<"/v1/exposures">, "exposures"> = {
  name: "exposures",
  words: "exposures",
  icon: "half",
  read: (query, signal) => answer(api.GET("/v1/exposures", { params: { query }, signal })).then(withIds),
  tabs: [
    { id: "all", query: { sort: "available" }, counted: true },
    { id: "over", query: { standing: ["over"], sort: "available" }, counted: true, icon: "checkCircle" },
    { id: "low", query: { standing: ["low"], sort: "available" }, counted: true, icon: "checkCircle" },
    { id: "restricted", query: { restricted: true, sort: "available" }, icon: "checkCircle" },
    { id: "top_up_off", query: { top_up_off: true, sort: "available" }, icon: "checkCircle" },
    { id: "prepaid", query: { mode: ["prepaid"], sort: "available" } },
  ],
  filters: [{ kind: "linked", name: "account_id", label: "exposures.account_is", drop: "exposures.drop_account", max: 64, many: true }],
  columns: [
    { id: "account", title: "limits.customer", sort: "account_id", render: ({ account_id }) => <CustomerName id={account_id} link /> },
    { id: "mode", title: "limits.mode", render: ({ mode }) => <Mode mode={mode} /> },
    { id: "standing", title: "limits.standing", render: ({ standing, restricted }) => <span className="row wrap"><StatusTag kind="standing" status={standing} />{restricted && <StatusTag kind="access" status="blocked" />}</span> },
    money("available", "limits.available", { sort: "available" }),
    money("credit_limit", "limits.credit_limit"),
    money("exposure", "limits.exposure", { sort: "exposure" }),
    money("owed", "limits.owed"),
    money("unbilled", "limits.unbilled"),
    money("credit", "limits.credit", { extra: true }),
    money("earmarked", "limits.earmarked_short", { extra: true }),
    instant("moved_at", "limits.moved_at", { sort: "moved_at", extra: true }),
  ],
  totals: [["exposure", "limits.exposure"], ["amount", "limits.unbilled"]],
  actions: (one) => <ExposureMenu one={one} />,
};

function Mode({ mode }: { mode: Exposure["mode"] }) {
  const { t } = useI18n();
  return <>{t(`limits.mode_${mode}`)}</>;
}

function ExposureMenu({ one }: { one: Exposure }) {
  const { t } = useI18n();
  // What may be done is said by the account, on its page.
  return <ActionMenu thing={{ ...one, allowed_actions: [] }} actions={{ links: [], commands: {} }} label={t("limits.actions", { id: one.id })} open={{ to: limitsPath(one.id), icon: "user" }} />;
}

export function limitsPath(id: string): string {
  return `/customers/${encodeURIComponent(id)}?view=limits`;
}
