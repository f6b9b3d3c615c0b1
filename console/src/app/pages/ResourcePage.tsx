/** `/usage/resources/:id`: a line as the equipment calls it, and whose it was when. */
import { useParams } from "react-router";
import { Assignments } from "../../features/usage/resources/Assignments";
import { useResource } from "../../features/usage/resources/queries";
import { Reassignments } from "../../features/usage/resources/Reassignments";
import { ResourceSide } from "../../features/usage/resources/ResourceSide";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";

export default function ResourcePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      words="resource" id={id} query={useResource(id)} list={{ to: "/usage/resources", title: t("resources.title") }}
      name={(resource) => resource.id}
      head={(resource) => <><h1 className="clip" dir="ltr">{resource.id}</h1><CopyButton text={resource.id} /><Processing subject={resource.id} /></>}
      tabs={[{ id: "assignments", render: ({ id, assignments }) => <div className="stack"><Assignments assignments={assignments} /><Reassignments resource_id={id} /></div> }]}
      side={(resource) => <ResourceSide resource={resource} />}
    />
  );
}
