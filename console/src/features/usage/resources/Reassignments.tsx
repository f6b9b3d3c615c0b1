/** When a line turned out to have been somebody else's, and how much of its usage went along. Nothing where it never did. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { PlainTable } from "../../../ui/PlainTable";
import { Count, Instant } from "../../../ui/Value";
import { retractionPath, useReassignmentsOf } from "../retractions/queries";

export function Reassignments({ resource_id }: { resource_id: string }) {
  const { t } = useI18n();
  const { data: page } = useReassignmentsOf(resource_id);
  if (!page || page.items.length === 0) return null;
  return (
    <Card title={t("resource.reassignments")} flush>
      <PlainTable label={t("resource.reassignments")}>
        <thead>
          <tr><th scope="col">{t("resource.reassigned_at")}</th><th scope="col" className="end">{t("resource.reassigned_records")}</th><th scope="col" className="end">{t("resource.reassigned_stayed")}</th><th scope="col">{t("resource.reassigned_by")}</th></tr>
        </thead>
        <tbody>
          {page.items.map((retraction) => (
            <tr key={retraction.id}>
              <th scope="row"><Link to={retractionPath(retraction.id)}><Instant value={retraction.created_at} /></Link>{retraction.note !== null && <span className="small muted below" dir="auto">{retraction.note}</span>}</th>
              <td className="end"><Count value={retraction.moved ?? 0} /></td>
              <td className="end"><Count value={Object.values(retraction.refused).reduce((sum, records) => sum + records, 0)} /></td>
              <td dir="ltr">{retraction.actor}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {page.total > page.items.length && <p className="small muted">{t("who_had.more", { shown: page.items.length, total: page.total })}</p>}
    </Card>
  );
}
