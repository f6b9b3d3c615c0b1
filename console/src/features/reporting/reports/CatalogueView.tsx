/** Every report there is, with what it tells. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { PageTitle } from "../../../ui/PageTitle";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../../ui/States";
import { plainly } from "./names";
import { useCatalogue } from "./queries";

export function CatalogueView() {
  const { t } = useI18n();
  const { data, error, refetch } = useCatalogue();
  return (
    <>
      <PageTitle of={t("reports.title")} />
      <h1>{t("reports.title")}</h1>
      <Card title={t("reports.catalogue")} flush>
        {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} height={40} />)}
        {data && (
          <PlainTable label={t("reports.catalogue")} className="stacked">
            <thead><tr><th scope="col">{t("reports.name")}</th><th scope="col">{t("reports.tells")}</th></tr></thead>
            <tbody>
              {data.items.map(({ name, definition }) => (
                <tr key={name}>
                  <th scope="row"><Link to={`/reports/${encodeURIComponent(name)}`}>{plainly(name)}</Link></th>
                  <td data-label={t("reports.tells")}><bdi>{definition}</bdi></td>
                </tr>
              ))}
            </tbody>
          </PlainTable>
        )}
      </Card>
    </>
  );
}
