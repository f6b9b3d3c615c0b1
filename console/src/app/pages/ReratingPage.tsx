/** `/reratings/:id`: a rerating, what it changes for whom, and the button that puts it on the accounts. */
import { useParams } from "react-router";
import { useRerating } from "../../features/rating/reratings/queries";
import { ReratingResults } from "../../features/rating/reratings/ReratingResults";
import { ReratingSide } from "../../features/rating/reratings/ReratingSide";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function ReratingPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      words="rerating" id={id} query={useRerating(id)} list={{ to: "/reratings", title: t("reratings.title") }}
      name={({ reason }) => reason}
      head={({ reason, status }) => <><h1 dir="auto">{reason}</h1><CopyButton text={id} /><StatusTag kind="correction" status={status} /><Processing subject={id} /></>}
      tabs={[{ id: "results", render: (rerating) => <ReratingResults rerating={rerating} /> }]}
      side={(rerating) => <ReratingSide rerating={rerating} />}
    />
  );
}
