/** `/usage/meters/:id`: what a meter counts, and which plans and services use it. */
import { useParams } from "react-router";
import { MeterSide } from "../../features/usage/meters/MeterSide";
import { MeterUsers } from "../../features/usage/meters/MeterUsers";
import { useMeter } from "../../features/usage/meters/queries";
import { useI18n } from "../../lib/i18n";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";

export default function MeterPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      words="meter" id={id} query={useMeter(id)} list={{ to: "/usage/meters", title: t("meters.title") }}
      name={({ name }) => name}
      head={(meter) => <><h1 dir="auto">{meter.name}</h1><CopyButton text={meter.id} /></>}
      tabs={[{ id: "users", render: (meter) => <MeterUsers meter={meter} /> }]}
      side={(meter) => <MeterSide meter={meter} />}
    />
  );
}
