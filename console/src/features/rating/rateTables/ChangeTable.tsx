/** What an import changes of the rates in force: how many of each kind, and the rates before and after, page by page. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { numberFormat } from "../../../lib/intl";
import { formatPlainPercent } from "./percent";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { Nothing } from "../../../ui/Value";
import { changeKinds, shownChanges, type ChangeKind, type RateChanges } from "./queries";
import { RateText } from "./RateText";
import "./rateTables.css";

interface Props {
  changes: RateChanges;
  currency: string | null;
  page: number;
  kind: ChangeKind | null;
  onTurn: (page: number, kind: ChangeKind | null) => void;
}

export function ChangeTable({ changes: { against, rows, counts, unchanged, items, total }, currency, page, kind, onTurn }: Props) {
  const { t, locale } = useI18n();
  const label = useLabel();
  const pages = Math.max(1, Math.ceil(total / shownChanges));
  return (
    <div className="stack">
      <p>{against === null ? t("ratechanges.first", { count: rows }) : t("ratechanges.against", { n: against, count: rows, unchanged })}</p>
      <div className="row wrap" role="group" aria-label={t("ratechanges.kinds")}>
        <button type="button" className="button" aria-pressed={kind === null} onClick={() => onTurn(1, null)}>{t("ratechanges.every")}</button>
        {changeKinds.map((one) => (
          <button key={one} type="button" className="button" aria-pressed={kind === one} disabled={!counts[one]} onClick={() => onTurn(1, one)}>{label(`ratechanges.${one}`, one)} <span className="number" dir="auto">{numberFormat(locale).format(counts[one] ?? 0)}</span></button>
        ))}
      </div>
      {items.length === 0 ? <p className="muted">{t("ratechanges.none")}</p> : (
        <PlainTable label={t("ratechanges.title")}>
          <thead><tr><th scope="col">{t("rate.prefix")}</th><th scope="col" className="wide-only">{t("ratechanges.kind")}</th><th scope="col">{t("ratechanges.before")}</th><th scope="col">{t("ratechanges.after")}</th><th scope="col" className="end">%</th></tr></thead>
          <tbody>
            {items.map(({ kind: is, prefix, before, after, percent }) => (
              <tr key={`${prefix} ${is}`}>
                <th scope="row" dir="ltr">{prefix} <span className="muted" dir="auto">{after?.name ?? before?.name}</span></th>
                <td className="wide-only">{label(`ratechanges.${is}`, is)}</td>
                <td>{before ? <RateText rate={before} currency={currency} /> : <Nothing />}</td>
                <td>{after ? <RateText rate={after} currency={currency} /> : <Nothing />}</td>
                <td className="end number" dir="ltr">{percent === null ? <Nothing /> : formatPlainPercent(locale, percent)}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {pages > 1 && (
        <nav className="row" aria-label={t("ratechanges.pages")}>
          <span className="grow number muted">{t("list.range", { first: (page - 1) * shownChanges + 1, last: Math.min(total, page * shownChanges), total })}</span>
          <button type="button" className="button icon" aria-label={t("list.previous")} disabled={page <= 1} onClick={() => onTurn(page - 1, kind)}><Icon name="left" /></button>
          <button type="button" className="button icon" aria-label={t("list.next")} disabled={page >= pages} onClick={() => onTurn(page + 1, kind)}><Icon name="right" /></button>
        </nav>
      )}
    </div>
  );
}
