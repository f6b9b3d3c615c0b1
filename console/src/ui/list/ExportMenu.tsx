/** Export of what the list shows now: the server makes the file, as a job, and the dialog offers it when it is there. */
import { useState } from "react";
import { useI18n } from "../../lib/i18n";
import { useCommand } from "../../lib/useCommand";
import { Disclosure } from "../Disclosure";
import { Icon } from "../Icon";
import { JobDialog } from "../job/JobDialog";
import type { ListExport } from "./spec";

export interface ExportProps<Query> {
  exported: ListExport<Query>;
  filter: Query;
}

export default function ExportMenu<Query>({ exported: { formats, start }, filter }: ExportProps<Query>) {
  const { t } = useI18n();
  const [job, setJob] = useState<string | null>(null);
  const command = useCommand({
    words: "export", touches: [], loud: true,
    send: (format: string, headers) => start(format, filter, headers), onDone: ({ id }) => setJob(id),
  });
  return (
    <>
      <Disclosure label={t("export.label")} button={<><Icon name="down" /> {t("export.label")}</>} className="button">
        {(close) => formats.map((format) => (
          <button key={format} type="button" className="menu-item" disabled={command.isBusy} onClick={() => { close(); command.run(format); }}>{format.toUpperCase()}</button>
        ))}
      </Disclosure>
      {job && <JobDialog id={job} onClose={() => setJob(null)} />}
    </>
  );
}
