/** `/outages/:id`: an outage, what it gives back to whom, and the button that puts it on the accounts. */
import { useParams } from "react-router";
import { OutageResults } from "../../features/rating/outages/OutageResults";
import { OutageSide } from "../../features/rating/outages/OutageSide";
import { useOutage } from "../../features/rating/outages/queries";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function OutagePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      words="outage" id={id} query={useOutage(id)} list={{ to: "/outages", title: t("outages.title") }}
      name={({ reason }) => reason}
      head={({ reason, status }) => <><h1 dir="auto">{reason}</h1><CopyButton text={id} /><StatusTag kind="correction" status={status} /><Processing subject={id} /></>}
      tabs={[{ id: "results", render: (outage) => <OutageResults outage={outage} /> }]}
      side={(outage) => <OutageSide outage={outage} />}
    />
  );
}
