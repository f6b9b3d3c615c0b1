/** `/usage/files/:id`: one file of usage, how far it is, what was counted, and what was refused and why. */
import { useParams } from "react-router";
import { FileName } from "../../features/usage/files/fileList";
import { FileOutcome } from "../../features/usage/files/FileOutcome";
import { FileSide } from "../../features/usage/files/FileSide";
import { useFile } from "../../features/usage/files/queries";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function FilePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      words="file" id={id} query={useFile(id)} list={{ to: "/usage/files", title: t("files.title") }}
      name={({ name }) => name || null}
      head={(file) => <><h1 className="break" dir="auto"><FileName file={file} /></h1><StatusTag kind="file" status={file.status} /><Processing subject={file.id} /></>}
      tabs={[{ id: "outcome", render: (file) => <FileOutcome file={file} /> }]}
      side={(file) => <FileSide file={file} />}
    />
  );
}
