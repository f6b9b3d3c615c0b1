/** Sources of usage, as data for the list kit: those that are defined, and those that only report. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { Icon } from "../../../ui/Icon";
import { count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { Count, Nothing } from "../../../ui/Value";
import { Clock, Heard, Lasted, Share } from "./Figures";
import { sourcePath } from "./queries";
import "../../../ui/StatusTag.css";
import "../../../ui/Named.css";

export type SourcePage = Answer<"/v1/sources">;
export type Source = SourcePage["items"][number];

/** One of which something was said; another only reported. */
export type DefinedSource = Source & { version: number };

export const sourceActions: Actions<DefinedSource> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "source.change", Dialog: lazy(async () => ({ default: (await import("./dialogs")).ChangeDialog })) },
    delete: { icon: "void", label: "source.delete", Dialog: lazy(async () => ({ default: (await import("./dialogs")).DeleteDialog })) },
  },
};

export const sourceList: ListSpec<Source, SourcePage, Question<"/v1/sources">, "sources"> = {
  name: "sources",
  words: "sources",
  icon: "service",
  read: (query, signal) => answer(api.GET("/v1/sources", { params: { query }, signal })),
  tabs: [
    { id: "all", query: { sort: "id" } },
    { id: "silent", query: { silent: true, sort: "last_seen" }, counted: true, icon: "checkCircle" },
    { id: "undefined", query: { defined: false, sort: "-last_seen" }, counted: true, icon: "checkCircle" },
  ],
  filters: [{ kind: "text", name: "q", label: "sources.search", max: 255 }],
  columns: [
    { id: "id", title: "source.id", sort: "id", render: ({ id, name }) => <span className="named"><Link to={sourcePath(id)} dir={name === null ? "ltr" : "auto"}>{name ?? id}</Link>{name !== null && <span className="small muted named-id" dir="ltr">{id}</span>}</span> },
    { id: "heard", title: "source.heard", render: (source) => <Heard source={source} /> },
    instant("last_seen", "source.last_seen", { sort: "last_seen" }),
    { id: "records_hour", title: "source.records_hour", align: "end", render: ({ health }) => <Count value={health.records_hour} /> },
    { id: "records_day", title: "source.records_day", align: "end", render: ({ health }) => <Count value={health.records_day} /> },
    { id: "gap", title: "source.gap", align: "end", render: ({ health }) => <Lasted seconds={health.longest_silence_s} /> },
    { id: "late_share", title: "source.late_share", align: "end", render: ({ health }) => <Share value={health.late_share} /> },
    { id: "duplicates", title: "source.duplicates", align: "end", render: ({ health }) => <Count value={health.duplicates} /> },
    { id: "clock", title: "source.clock", align: "end", render: ({ health }) => <Clock offset_ms={health.clock_offset_ms} /> },
    { id: "quarantined_share", title: "source.quarantined_share", align: "end", extra: true, render: ({ health }) => <Share value={health.quarantined_share} /> },
    { id: "line", title: "source.line", extra: true, render: ({ line }) => <Line line={line} /> },
    { id: "addresses", title: "source.addresses", extra: true, render: ({ addresses }) => (addresses.length === 0 ? <Nothing /> : <span dir="ltr">{addresses.map((address) => <span key={address} className="below number">{address}</span>)}</span>) },
    { id: "secret", title: "source.secret", render: ({ has_secret, addresses }) => <Secret has={has_secret} wanted={addresses.length > 0} /> },
    { id: "signed", title: "source.signed", extra: true, render: ({ signed }) => <Signed signed={signed} /> },
    { id: "silent_after_s", title: "source.silent_after_s", align: "end", extra: true, render: ({ silent_after_s }) => <Count value={silent_after_s} /> },
    instant("defined_at", "source.defined_at", { sort: "defined_at", extra: true }),
    count("version", "source.version", { extra: true }),
  ],
  totals: [],
  actions: (source) => <SourceMenu source={source} />,
  create: { label: "sources.create", Drawer: lazy(async () => ({ default: (await import("./dialogs")).SourceDrawer })) },
};

export function Line({ line }: { line: string | null }) {
  const label = useLabel();
  return line === null ? <Nothing /> : <>{label(`source_form.line_${line}`, line)}</>;
}

/** The secret itself is never read; without one nothing from these addresses is taken. */
export function Secret({ has, wanted }: { has: boolean; wanted: boolean }) {
  const { t } = useI18n();
  if (!has && !wanted) return <Nothing />;
  return has ? <span className="row nowrap"><Icon name="lock" size={14} /> {t("source.secret_set")}</span> : <span className="status warning"><Icon name="warning" size={14} /> {t("source.secret_missing")}</span>;
}

export function Signed({ signed }: { signed: boolean | null }) {
  const { t } = useI18n();
  return signed === null ? <Nothing /> : <>{t(signed ? "source.signed_yes" : "source.signed_no")}</>;
}

function SourceMenu({ source }: { source: Source }) {
  const { t } = useI18n();
  const { version } = source;
  const name = source.name ?? source.id;
  if (version === null) return <Link className="button quiet icon" to={sourcePath(source.id)} aria-label={t("source.open", { name })}><Icon name="right" /></Link>;
  return <ActionMenu thing={{ ...source, version }} actions={sourceActions} label={t("source.actions", { name })} open={{ to: sourcePath(source.id), icon: "service" }} />;
}
