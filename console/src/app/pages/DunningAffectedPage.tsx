/** `/dunning/affected`: who would be affected today, or by a day to come. */
import { Affected } from "../../features/payments/dunning/Affected";
import { DunningTabs } from "../../features/payments/dunning/DunningTabs";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";

export default function DunningAffectedPage() {
  const { t } = useI18n();
  return <div className="stack"><PageTitle of={t("dunned.title")} /><DunningTabs current="affected" /><h1>{t("dunned.title")}</h1><Affected /></div>;
}
