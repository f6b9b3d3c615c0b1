/** What a migration would mean for each customer: the next bill as it would be without it, with it, and the difference. */
import { sum } from "../../../lib/decimal";
import { useI18n } from "../../../lib/i18n";
import type { MoneyValue } from "../../../lib/money";
import { PlainTable } from "../../../ui/PlainTable";
import { Money, PeriodText } from "../../../ui/Value";
import { CustomerLink, CustomerNames } from "../CustomerNames";
import type { MigrationPreview } from "./queries";

export function MovesTable({ preview: { items, total } }: { preview: MigrationPreview }) {
  const { t } = useI18n();
  if (total === 0) return <p>{t("migration.nobody")}</p>;
  const refused = items.filter((item) => item.refused !== null).length;
  return (
    <CustomerNames ids={items.map(({ account_id }) => account_id)}>
      <p>{t("migration.would_move", { count: total })}{items.length < total && <> {t("migration.first_of_them", { count: items.length })}</>}</p>
      {refused > 0 && <p className="form-problem">{t("migration.refused", { count: refused })}</p>}
      <PlainTable label={t("migration.next_bills")}>
        <thead>
          <tr><th scope="col">{t("migration.customer")}</th><th scope="col">{t("migration.period")}</th><th scope="col" className="end">{t("migration.before")}</th><th scope="col" className="end">{t("migration.after")}</th><th scope="col" className="end">{t("migration.difference")}</th></tr>
        </thead>
        <tbody>
          {items.map(({ subscription_id, account_id, period, without_change, with_change, difference: by, refused: why }) => (
            <tr key={subscription_id}>
              <th scope="row"><CustomerLink id={account_id} /> <span className="small muted" dir="ltr">{subscription_id}</span></th>
              {why ? <td colSpan={4} className="form-problem"><bdi>{why.detail}</bdi></td> : (
                <><td><PeriodText value={period} /></td><td className="end"><Money value={without_change} /></td><td className="end"><Money value={with_change} /></td><td className="end"><Money value={by} /></td></>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          {differencesOf(items).map((value) => (
            <tr key={value.currency}><th scope="row" colSpan={4}>{t("migration.sum_of_shown")}</th><td className="end"><strong><Money value={value} /></strong></td></tr>
          ))}
        </tfoot>
      </PlainTable>
    </CustomerNames>
  );
}

/** Of what is shown, one for each currency. Bills are not added: two services of a customer stand on the same one. */
function differencesOf(items: MigrationPreview["items"]): MoneyValue[] {
  const told = items.flatMap(({ difference }) => (difference ? [difference] : []));
  const currencies = [...new Set(told.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => ({ currency, amount: sum(told.filter((one) => one.currency === currency).map(({ amount }) => amount)) }));
}
