/** On a file's page: when it was taken back, and how much of it counts again. Nothing where it never was. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { PlainTable } from "../../../ui/PlainTable";
import { StatusTag } from "../../../ui/StatusTag";
import { Count, Instant } from "../../../ui/Value";
import { Reason } from "../Reason";
import { retractionPath, useRetractionsOf } from "./queries";
import { standingOf } from "./standing";

export default function TakenBack({ batch_id }: { batch_id: string }) {
  const { t } = useI18n();
  const { data: page } = useRetractionsOf(batch_id);
  if (!page || page.items.length === 0) return null;
  return (
    <Card title={t("retraction.of_file")} flush>
      <PlainTable label={t("retraction.of_file")}>
        <thead>
          <tr><th scope="col">{t("retraction.created_at")}</th><th scope="col">{t("file.status")}</th><th scope="col" className="end">{t("retraction.of_file")}</th></tr>
        </thead>
        <tbody>
          {page.items.map((retraction) => (
            <tr key={retraction.id}>
              <th scope="row"><Link to={retractionPath(retraction.id)}><Instant value={retraction.created_at} /></Link></th>
              <td><StatusTag kind="retraction" status={standingOf(retraction)} /><span className="small muted below"><Reason reason={retraction.reason} detail={null} /></span></td>
              <td className="end"><Count value={retraction.retracted} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}
