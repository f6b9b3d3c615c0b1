/** Legal entities, as data for the list kit. */
import { lazy } from "react";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { Nothing } from "../../../ui/Value";

type EntityPage = Answer<"/v1/legal-entities">;
export type Entity = EntityPage["items"][number];

const actions: Actions<Entity> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "entity.update", Dialog: lazy(async () => ({ default: (await import("./dialogs")).UpdateDialog })) },
    delete: { icon: "void", label: "entity.delete", Dialog: lazy(async () => ({ default: (await import("./dialogs")).DeleteDialog })) },
  },
};

export const entityList: ListSpec<Entity, EntityPage, Question<"/v1/legal-entities">, "entities"> = {
  name: "legal-entities",
  words: "entities",
  icon: "tag",
  read: (query, signal) => answer(api.GET("/v1/legal-entities", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "name" } }],
  filters: [],
  columns: [
    { id: "name", title: "entity.name", sort: "name", render: ({ name }) => <span dir="auto">{name}</span> },
    { id: "country", title: "entity.country", render: ({ country }) => country },
    { id: "vat_id", title: "entity.vat_id", render: ({ vat_id: id }) => (id ? <code dir="ltr">{id}</code> : <Nothing />) },
    { id: "iban", title: "entity.iban", extra: true, render: ({ iban }) => (iban ? <code dir="ltr">{iban}</code> : <Nothing />) },
    { id: "series", title: "entity.series", render: ({ series }) => <code dir="ltr">{series.invoice}</code> },
    count("accounts", "entity.accounts"),
    count("documents", "entity.documents"),
    count("version", "entity.version", { extra: true }),
    code("id", "entity.id"),
    instant("defined_at", "entity.defined_at", { extra: true }),
  ],
  totals: [],
  actions: (entity) => <EntityMenu entity={entity} />,
  create: { label: "entities.create", Drawer: lazy(async () => ({ default: (await import("./dialogs")).EntityDrawer })) },
};

function EntityMenu({ entity }: { entity: Entity }) {
  const { t } = useI18n();
  return <ActionMenu thing={entity} actions={actions} label={t("entity.actions", { name: entity.name })} />;
}
