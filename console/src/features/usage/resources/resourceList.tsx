/** Resources, the names of lines on the equipment, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { Count } from "../../../ui/Value";
import { resourceActions } from "./actions";
import { Holder } from "./HeldBy";
import { resourcePath, type Resource, type ResourcePage } from "./queries";

export const resourceList: ListSpec<Resource, ResourcePage, Question<"/v1/resources">, "resources"> = {
  name: "resources",
  words: "resources",
  icon: "tag",
  read: (query, signal) => answer(api.GET("/v1/resources", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "id" } }],
  filters: [
    { kind: "text", name: "prefix", label: "resources.search", max: 255 },
    { kind: "linked", name: "id", label: "resources.is", drop: "resources.drop_id", max: 255, many: true },
    { kind: "linked", name: "account_id", label: "usage.account_is", drop: "usage.drop_account", max: 64 },
    { kind: "linked", name: "subscription_id", label: "usage.subscription_is", drop: "usage.drop_subscription", max: 64 },
  ],
  columns: [
    { id: "id", title: "resource.id", sort: "id", render: ({ id }) => <Link to={resourcePath(id)} dir="ltr">{id}</Link> },
    { id: "holder", title: "resource.holder", render: ({ assignments }) => <Holder assignments={assignments} /> },
    { id: "assignments", title: "resource.assignments", align: "end", render: ({ assignments }) => <Count value={assignments.length} /> },
    instant("registered_at", "resource.registered_at", { sort: "registered_at" }),
    count("version", "resource.version", { extra: true }),
  ],
  totals: [],
  actions: (resource) => <ResourceMenu resource={resource} />,
  create: { label: "resources.create", Drawer: lazy(() => import("./ResourceDrawer")) },
};

function ResourceMenu({ resource }: { resource: Resource }) {
  const { t } = useI18n();
  return <ActionMenu thing={resource} actions={resourceActions} label={t("resource.actions", { name: resource.id })} open={{ to: resourcePath(resource.id), icon: "tag" }} />;
}
