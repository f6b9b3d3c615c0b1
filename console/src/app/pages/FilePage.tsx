/** `/usage/files/:id`: one file of usage, how far it is, what was counted, and what was refused and why. */
import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { useMay } from "../../features/identity/session";
import { FileName } from "../../features/usage/files/FileName";
import { FileOutcome } from "../../features/usage/files/FileOutcome";
import { FileSide } from "../../features/usage/files/FileSide";
import { useFile } from "../../features/usage/files/queries";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

// Few files were ever taken back.
const TakenBack = lazy(() => import("../../features/usage/retractions/TakenBack"));

export default function FilePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const mayWrite = useMay("write");
  return (
    <DetailPage
      words="file" id={id} query={useFile(id)} list={{ to: "/usage/files", title: t("files.title") }}
      name={({ name }) => name || null}
      head={(file) => <><h1 className="break" dir="auto"><FileName file={file} /></h1><StatusTag kind="file" status={file.status} /><Processing subject={file.id} /></>}
      tabs={[{ id: "outcome", render: (file) => <><FileOutcome file={file} /><Suspense fallback={null}><TakenBack batch_id={file.id} /></Suspense></> }]}
      side={(file) => <FileSide file={file} mayWrite={mayWrite} />}
    />
  );
}
