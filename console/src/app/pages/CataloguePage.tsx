/** `/services/catalogue`: the services that plans sell. */
import { Link } from "react-router";
import { useMay } from "../../features/identity/session";
import { catalogueList } from "../../features/rating/catalogue/catalogueList";
import { useI18n } from "../../lib/i18n";
import { ListPage } from "../../ui/list/ListPage";

export default function CataloguePage() {
  const { t } = useI18n();
  return <ListPage spec={catalogueList} mayCreate={useMay("write")} aside={<Link className="button" to="/services">{t("services.title")}</Link>} />;
}
