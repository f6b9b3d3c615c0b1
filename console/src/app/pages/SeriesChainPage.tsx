/** `/settings/numbering/:id`: the chain of a series, document by document, and whether it holds. */
import { Link, useParams } from "react-router";
import { ChainVerdict, SeriesLinks } from "../../features/invoicing/numbering/SeriesChain";
import { useI18n } from "../../lib/i18n";
import { SettingsTabs } from "../SettingsTabs";

export default function SeriesChainPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <div className="stack">
      <SettingsTabs current="numbering" />
      <p><Link to="/settings/numbering">{t("chain.back")}</Link></p>
      <h1>{t("chain.of", { series: id })}</h1>
      <ChainVerdict key={id} series={id} />
      <SeriesLinks series={id} />
    </div>
  );
}
