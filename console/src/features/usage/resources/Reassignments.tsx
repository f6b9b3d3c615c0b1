/** When a line turned out to have been somebody else's, and how much of its usage went along. Nothing where it never did. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { PlainTable } from "../../../ui/PlainTable";
import { StatusTag } from "../../../ui/StatusTag";
import { Count, Instant } from "../../../ui/Value";
import { retractionPath, useReassignmentsOf } from "../retractions/queries";
import { standingOf } from "../retractions/standing";

export function Reassignments({ resource_id }: { resource_id: string }) {
  const { t } = useI18n();
  const { data: page } = useReassignmentsOf(resource_id);
  if (!page || page.items.length === 0) return null;
  return (
    <Card title={t("resource.reassignments")} flush>
      <PlainTable label={t("resource.reassignments")}>
        <thead>
          <tr><th scope="col">{t("retraction.created_at")}</th><th scope="col">{t("retraction.status")}</th><th scope="col" className="end">{t("retraction.moved")}</th><th scope="col">{t("retraction.actor")}</th></tr>
        </thead>
        <tbody>
          {page.items.map((retraction) => (
            <tr key={retraction.id}>
              <th scope="row"><Link to={retractionPath(retraction.id)}><Instant value={retraction.created_at} /></Link>{retraction.note !== null && <span className="small muted below" dir="auto">{retraction.note}</span>}</th>
              <td><StatusTag kind="retraction" status={standingOf(retraction)} /></td>
              <td className="end"><Count value={retraction.moved ?? 0} /></td>
              <td dir="ltr">{retraction.actor}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {page.total > page.items.length && <p className="small muted">{t("who_had.more", { shown: page.items.length, total: page.total })}</p>}
    </Card>
  );
}
