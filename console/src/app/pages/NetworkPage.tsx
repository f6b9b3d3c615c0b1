/** `/usage/network`: lines that may have something else than they should, and all that the network was told. */
import { Link } from "react-router";
import { intentList } from "../../features/usage/network/intentList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { useI18n } from "../../lib/i18n";
import { ListPage } from "../../ui/list/ListPage";

export default function NetworkPage() {
  const { t } = useI18n();
  return <div className="stack"><UsageTabs current="network" /><ListPage spec={intentList} aside={<Link className="button" to="/usage/network/elements">{t("elements.title")}</Link>} /></div>;
}
