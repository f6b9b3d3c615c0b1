/** `/services`: what customers have, and the way to the catalogue of what can be sold. */
import { Link } from "react-router";
import { useMay } from "../../features/identity/session";
import { subscriptionList } from "../../features/rating/subscriptions/subscriptionList";
import { useI18n } from "../../lib/i18n";
import { ListPage } from "../../ui/list/ListPage";

export default function ServicesPage() {
  const { t } = useI18n();
  return <ListPage spec={subscriptionList} mayCreate={useMay("write")} aside={<Link className="button" to="/services/catalogue">{t("catalogue.title")}</Link>} />;
}
