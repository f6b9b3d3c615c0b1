/** Export of what the list shows now: the server makes the file, as a job, and the dialog offers it when it is there. */
import { useState } from "react";
import { api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import type { NewExport } from "../../lib/jobs";
import { queryString } from "../../lib/listQuestion";
import { useCommand } from "../../lib/useCommand";
import { Disclosure } from "../Disclosure";
import { Icon } from "../Icon";
import { JobDialog } from "../job/JobDialog";
import type { ListExport } from "./spec";

/** `filter`: what the list was asked, page and all. */
export default function ExportMenu({ exported: { formats, ...of }, filter }: { exported: ListExport; filter: object }) {
  const { t, language } = useI18n();
  const [job, setJob] = useState<string | null>(null);
  const command = useCommand({
    words: "export", touches: [], loud: true,
    send: (body: NewExport, headers) => api.POST("/v1/report-jobs", { body, headers }), onDone: ({ id }) => setJob(id),
  });
  return (
    <>
      <Disclosure label={t("export.label")} button={<><Icon name="down" /> {t("export.label")}</>} className="button">
        {(close) => formats.map((format) => (
          <button key={format} type="button" className="menu-item" disabled={command.isBusy} onClick={() => { close(); command.run({ ...of, query: queryString(filter), format, language: language.tag }); }}>{t(`export.format_${format}`)}</button>
        ))}
      </Disclosure>
      {job && <JobDialog id={job} onClose={() => setJob(null)} />}
    </>
  );
}
