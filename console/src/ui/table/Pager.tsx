/** Turns the pages of a list: where one is, the way back and on, how many rows a page has. Pages are numbered, not endless. */
import { useI18n } from "../../lib/i18n";
import { pageSizes, type ListState } from "../../lib/listState";
import { Icon } from "../Icon";
import "./DataTable.css";

export function Pager({ list, total }: { list: ListState; total: number }) {
  const { t } = useI18n();
  const pages = Math.max(1, Math.ceil(total / list.size));
  const first = (list.page - 1) * list.size + 1;
  const last = Math.min(total, list.page * list.size);
  const turn = (page: number) => list.set({ page: String(page) });
  return (
    <nav className="pager no-print" aria-label={t("list.pages")}>
      <label className="row muted">
        {t("list.size")}
        <select className="field" value={list.size} onChange={(event) => list.set({ size: event.target.value })}>
          {pageSizes.map((size) => <option key={size} value={size}>{size}</option>)}
        </select>
      </label>
      <span className="grow" />
      <span className="number muted">{t("list.range", { first: Math.min(first, total), last, total })}</span>
      <button type="button" className="button icon" aria-label={t("list.previous")} disabled={list.page <= 1} onClick={() => turn(list.page - 1)}>
        <Icon name="left" />
      </button>
      <button type="button" className="button icon" aria-label={t("list.next")} disabled={list.page >= pages} onClick={() => turn(list.page + 1)}>
        <Icon name="right" />
      </button>
    </nav>
  );
}
