/** `/settings/tax-quote`: what a sale would be taxed, by which rule and rate, and why. */
import { TaxQuote } from "../../features/invoicing/taxTables/TaxQuote";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";
import { SettingsTabs } from "../SettingsTabs";

export default function TaxQuotePage() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <PageTitle of={t("tax_quote.title")} />
      <SettingsTabs current="tax_quote" />
      <h1>{t("tax_quote.title")}</h1>
      <p className="muted">{t("tax_quote.intro")}</p>
      <TaxQuote />
    </div>
  );
}
