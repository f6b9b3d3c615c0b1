/** `/usage/retractions/:id`: what was taken back, how far it is, and the button that puts it back. */
import { useParams } from "react-router";
import { useMay } from "../../features/identity/session";
import { useRetraction } from "../../features/usage/retractions/queries";
import { RetractionOutcome } from "../../features/usage/retractions/RetractionOutcome";
import { RetractionSide } from "../../features/usage/retractions/RetractionSide";
import { standingOf } from "../../features/usage/retractions/standing";
import { WhatWasTaken } from "../../features/usage/retractions/WhatWasTaken";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function RetractionPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const mayWrite = useMay("write");
  return (
    <DetailPage
      words="retraction" id={id} query={useRetraction(id)} list={{ to: "/usage/retractions", title: t("retractions.title") }}
      name={() => null}
      head={(retraction) => <><h1 className="break"><WhatWasTaken retraction={retraction} /></h1><StatusTag kind="retraction" status={standingOf(retraction)} /><Processing subject={id} /></>}
      tabs={[{ id: "outcome", render: (retraction) => <RetractionOutcome retraction={retraction} /> }]}
      side={(retraction) => <RetractionSide retraction={retraction} mayWrite={mayWrite} />}
    />
  );
}
