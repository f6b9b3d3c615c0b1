/** In place of the rows when there are none: nothing matches, with the way back, or nothing lies in this tab. */
import { Link } from "react-router";
import { useI18n, type Key } from "../../lib/i18n";
import { cleared, isNarrowed, type Filter } from "../../lib/listQuestion";
import type { ListState } from "../../lib/listState";
import { formatDate } from "../../lib/time";
import type { IconName } from "../Icon";
import { EmptyState } from "../States";
import type { ListTab, ListWords } from "./spec";

interface Props {
  spec: { words: ListWords; filters: readonly Filter[]; tabs: readonly { id: string }[]; icon: IconName; kept?: { to: string; gone: Key } | undefined };
  list: ListState;
  tab: Pick<ListTab<object>, "id" | "icon">;
  keptSince?: string | null | undefined;
}

export function EmptyList({ spec: { words, filters, tabs, icon, kept }, list, tab, keptSince }: Props) {
  const { t, locale } = useI18n();
  const clear = <button type="button" className="button" onClick={() => list.set(cleared(filters))}>{t(`${words}.clear`)}</button>;
  // What was asked for ends before the first day that is kept: no filter is to blame.
  if (kept && keptSince && (list.get(kept.to) ?? keptSince) < keptSince) {
    return (
      <EmptyState icon="clock" title={t(kept.gone, { day: formatDate(locale, keptSince) })}>
        {clear}
      </EmptyState>
    );
  }
  if (isNarrowed(filters, list)) {
    return (
      <EmptyState icon="search" title={t(`${words}.no_match`)}>
        {clear}
      </EmptyState>
    );
  }
  // The first where the plain list is the whole one, the last where it is what waits for somebody.
  const all = tabs.find(({ id }) => id === "all")?.id ?? tabs.at(-1)?.id;
  return (
    <EmptyState icon={tab.icon ?? icon} title={t(`${words}.empty_${tab.id}` as Key)}>
      {tab.id !== all && <Link to={list.href({ status: all ?? null })}>{t(`${words}.show_all`)}</Link>}
    </EmptyState>
  );
}
