/** `/usage/network/elements`: who is told how much lines may do; with `?create=1` the form over the list. */
import { Link } from "react-router";
import { useMay } from "../../features/identity/session";
import { elementList } from "../../features/usage/network/elementList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { useI18n } from "../../lib/i18n";
import { ListPage } from "../../ui/list/ListPage";

export default function NetworkElementsPage() {
  const { t } = useI18n();
  return <div className="stack"><UsageTabs current="network" /><ListPage spec={elementList} mayCreate={useMay("manage_access")} aside={<Link className="button" to="/usage/network">{t("network.title")}</Link>} /></div>;
}
