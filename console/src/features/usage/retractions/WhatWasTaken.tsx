/** What a retraction is about: a file by its name, a batch by its id, a resource that was reassigned, or single records. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { FileName } from "../files/FileName";
import { filePath } from "../files/queries";
import { isFile, useFileName, type Retraction } from "./queries";

interface Props {
  retraction: Pick<Retraction, "batch_id" | "records" | "resource_id">;
  /** A file leads to its page. */
  link?: boolean;
}

export function WhatWasTaken({ retraction: { batch_id, records, resource_id }, link = false }: Props) {
  const { t } = useI18n();
  if (resource_id) return link ? <Link to={`/usage/resources/${encodeURIComponent(resource_id)}`} dir="ltr">{resource_id}</Link> : <span className="break" dir="ltr">{resource_id}</span>;
  if (batch_id === null) return <>{t("retraction.single", { count: records })}</>;
  if (isFile(batch_id)) return <TakenFile id={batch_id} link={link} />;
  return <span>{t("retraction.batch")} <span className="small muted break" dir="ltr">{batch_id}</span></span>;
}

function TakenFile({ id, link }: { id: string; link: boolean }) {
  const name = useFileName(id);
  const shown = <span className="break" dir="auto">{name === undefined ? id : <FileName file={{ name }} />}</span>;
  return link ? <Link to={filePath(id)}>{shown}</Link> : shown;
}
