/** The bandwidth profiles that plans give, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { Count, Nothing } from "../../../ui/Value";
import { Bandwidth } from "./Bandwidth";

export type ProfilePage = Answer<"/v1/bandwidth-profiles">;
export type Profile = ProfilePage["items"][number];

const actions: Actions<Profile> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "profile.update", Dialog: lazy(async () => ({ default: (await import("./dialogs")).UpdateDialog })) },
    delete: { icon: "void", label: "profile.delete", Dialog: lazy(async () => ({ default: (await import("./dialogs")).DeleteDialog })) },
  },
};

/** The plans that give it. */
const plansPath = (id: string) => `/plans?status=all&bandwidth_profile_id=${encodeURIComponent(id)}`;

export const profileList: ListSpec<Profile, ProfilePage, Question<"/v1/bandwidth-profiles">, "profiles"> = {
  name: "bandwidth-profiles",
  words: "profiles",
  icon: "service",
  read: (query, signal) => answer(api.GET("/v1/bandwidth-profiles", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "name" } }],
  filters: [{ kind: "text", name: "q", label: "profiles.search", max: 200 }],
  columns: [
    { id: "name", title: "profile.name", sort: "name", render: ({ id, name }) => <Link to={plansPath(id)} dir="auto">{name}</Link> },
    { id: "down_kbps", title: "profile.down", align: "end", render: ({ down_kbps }) => <Bandwidth kbps={down_kbps} /> },
    { id: "up_kbps", title: "profile.up", align: "end", render: ({ up_kbps }) => <Bandwidth kbps={up_kbps} /> },
    { id: "burst", title: "profile.burst", render: (profile) => <Burst profile={profile} /> },
    { id: "plans", title: "profile.plans", align: "end", render: ({ id, plans }) => <Link to={plansPath(id)}><Count value={plans} /></Link> },
    { id: "description", title: "profile.description", extra: true, render: ({ description }) => description ?? <Nothing /> },
    code("id", "profile.id"),
    instant("defined_at", "profile.defined_at", { extra: true }),
  ],
  totals: [],
  actions: (profile) => <ProfileMenu profile={profile} />,
  create: { label: "profiles.create", Drawer: lazy(async () => ({ default: (await import("./dialogs")).ProfileDrawer })) },
};

function Burst({ profile: { burst_down_kbps: down, burst_up_kbps: up, burst_s } }: { profile: Profile }) {
  const { t } = useI18n();
  if (down === null && up === null) return <Nothing />;
  return (
    <span className="number">
      <Bandwidth kbps={down} /> / <Bandwidth kbps={up} />{burst_s !== null && <>, {t("profile.for_seconds", { count: burst_s })}</>}
    </span>
  );
}

function ProfileMenu({ profile }: { profile: Profile }) {
  const { t } = useI18n();
  return <ActionMenu thing={profile} actions={actions} label={t("profile.actions", { name: profile.name })} />;
}
