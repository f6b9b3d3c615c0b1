/** People who may sign in, as data for the list kit. */
import { lazy } from "react";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";

type UserPage = Answer<"/v1/users">;
export type User = UserPage["items"][number];

const actions: Actions<User> = {
  links: [],
  commands: {
    give_role: { icon: "user", label: "user_row.give_role", Dialog: lazy(async () => ({ default: (await import("./userDialogs")).RoleDialog })) },
    hold_to_entities: { icon: "invoice", label: "user_row.hold_to_entities", when: ({ role }) => role !== "admin", Dialog: lazy(async () => ({ default: (await import("./userDialogs")).EntitiesDialog })) },
    password_link: { icon: "external", label: "user_row.password_link", Dialog: lazy(async () => ({ default: (await import("./userDialogs")).LinkDialog })) },
    end_sessions: { icon: "signOut", label: "user_row.end_sessions", Dialog: lazy(async () => ({ default: (await import("./userDialogs")).EndSessionsDialog })) },
    remove_second_factor: { icon: "lock", label: "user_row.remove_second_factor", when: ({ second_factor: on }) => on, Dialog: lazy(async () => ({ default: (await import("./userDialogs")).RemoveFactorDialog })) },
    unlink_provider: { icon: "external", label: "user_row.unlink_provider", when: ({ provider }) => provider, Dialog: lazy(async () => ({ default: (await import("./userDialogs")).UnlinkDialog })) },
    deactivate: { icon: "void", label: "user_row.deactivate", when: ({ status }) => status !== "deactivated", Dialog: lazy(async () => ({ default: (await import("./userDialogs")).DeactivateDialog })) },
    reactivate: { icon: "refresh", label: "user_row.reactivate", when: ({ status }) => status === "deactivated", Dialog: lazy(async () => ({ default: (await import("./userDialogs")).ReactivateDialog })) },
  },
};

export const userList: ListSpec<User, UserPage, Question<"/v1/users">, "users"> = {
  name: "users",
  words: "users",
  icon: "people",
  read: (query, signal) => answer(api.GET("/v1/users", { params: { query }, signal })),
  tabs: [
    { id: "active", query: { status: ["active", "invited"], sort: "email" } },
    { id: "deactivated", query: { status: ["deactivated"], sort: "email" } },
    { id: "all", query: { sort: "email" } },
  ],
  filters: [],
  columns: [
    { id: "email", title: "user_row.email", sort: "email", render: ({ email }) => <span dir="ltr">{email}</span> },
    { id: "role", title: "user_row.role", render: ({ role }) => <RoleName role={role} /> },
    { id: "status", title: "user_row.status", render: ({ status }) => <StatusTag kind="credential" status={status} /> },
    { id: "second_factor", title: "user_row.second_factor", render: ({ second_factor: on }) => (on ? <Yes /> : <Nothing />) },
    { id: "legal_entities", title: "user_row.legal_entities", extra: true, render: ({ legal_entities: held }) => (held ? <code dir="ltr">{held.join(" ")}</code> : <Nothing />) },
    instant("last_sign_in_at", "user_row.last_sign_in_at", { sort: "last_sign_in_at" }),
    instant("created_at", "user_row.created_at", { sort: "created_at", extra: true }),
    code("id", "user_row.id", { extra: true }),
  ],
  totals: [],
  actions: (user) => <UserMenu user={user} />,
  create: { label: "users.create", Drawer: lazy(async () => ({ default: (await import("./userDialogs")).UserDrawer })) },
};

function UserMenu({ user }: { user: User }) {
  const { t } = useI18n();
  return <ActionMenu thing={user} actions={actions} label={t("user_row.actions", { name: user.email })} />;
}

/** A fixed role by its word, one that was made by its name. */
export function RoleName({ role }: { role: string }) {
  return useLabel()(`role.${role}`, role);
}

function Yes() {
  return useI18n().t("user_row.yes");
}
