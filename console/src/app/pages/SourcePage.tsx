/** `/usage/sources/:id`: who measures, and how it does. */
import { useParams } from "react-router";
import { useSource } from "../../features/usage/sources/queries";
import { SourceHealth } from "../../features/usage/sources/SourceHealth";
import { SourceSide } from "../../features/usage/sources/SourceSide";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";

export default function SourcePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      words="source" id={id} query={useSource(id)} list={{ to: "/usage/sources", title: t("sources.title") }}
      name={({ name }) => name}
      head={(source) => <><h1 dir="auto">{source.name ?? source.id}</h1>{source.name !== null && <span className="muted" dir="ltr">{source.id}</span>}<CopyButton text={source.id} /><Processing subject={source.id} /></>}
      tabs={[{ id: "health", render: (source) => <SourceHealth source={source} /> }]}
      side={(source) => <SourceSide source={source} />}
    />
  );
}
