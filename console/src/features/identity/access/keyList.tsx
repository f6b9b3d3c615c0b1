/** API keys, as data for the list kit. */
import { lazy } from "react";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { RoleName } from "./userList";

type KeyPage = Answer<"/v1/api-keys">;
export type ApiKey = KeyPage["items"][number];

const actions: Actions<ApiKey> = {
  links: [],
  commands: {
    rotate: { icon: "refresh", label: "key_row.rotate", Dialog: lazy(async () => ({ default: (await import("./keyDialogs")).RotateDialog })) },
    revoke: { icon: "void", label: "key_row.revoke", Dialog: lazy(async () => ({ default: (await import("./keyDialogs")).RevokeDialog })) },
  },
};

export const keyList: ListSpec<ApiKey, KeyPage, Question<"/v1/api-keys">, "keys"> = {
  name: "api-keys",
  words: "keys",
  icon: "lock",
  read: (query, signal) => answer(api.GET("/v1/api-keys", { params: { query }, signal })),
  tabs: [
    { id: "active", query: { status: ["active"], sort: "-created_at" } },
    { id: "over", query: { status: ["expired", "revoked"], sort: "-created_at" } },
    { id: "all", query: { sort: "-created_at" } },
  ],
  filters: [],
  columns: [
    { id: "name", title: "key_row.name", sort: "name", render: ({ name }) => <span dir="auto">{name}</span> },
    { id: "role", title: "key_row.role", render: ({ role }) => <RoleName role={role} /> },
    { id: "scopes", title: "key_row.scopes", render: ({ scopes }) => <Scopes scopes={scopes} /> },
    { id: "status", title: "key_row.status", render: ({ status }) => <StatusTag kind="credential" status={status} /> },
    instant("last_used_at", "key_row.last_used_at", { sort: "last_used_at" }),
    instant("expires_at", "key_row.expires_at", { sort: "expires_at" }),
    instant("created_at", "key_row.created_at", { sort: "created_at" }),
    { id: "created_by", title: "key_row.created_by", extra: true, render: ({ created_by: by }) => <code dir="ltr">{by}</code> },
    code("id", "key_row.id", { extra: true }),
  ],
  totals: [],
  actions: (key) => <KeyMenu of={key} />,
  create: { label: "keys.create", Drawer: lazy(async () => ({ default: (await import("./keyDialogs")).KeyDrawer })) },
};

function KeyMenu({ of }: { of: ApiKey }) {
  const { t } = useI18n();
  return <ActionMenu thing={of} actions={actions} label={t("key_row.actions", { name: of.name })} />;
}

export function Scopes({ scopes }: { scopes: readonly string[] | null }) {
  const { t } = useI18n();
  return scopes ? <code dir="ltr">{scopes.join(" ")}</code> : t("key_row.all_scopes");
}
