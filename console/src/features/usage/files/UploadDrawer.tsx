/**
 * Sends a file of usage: chosen or dropped, with whose it is and what kind; how much has gone is shown, and it can be
 * stopped. Sent, its page opens, which tells how far the server is. The same file sent twice is the first one.
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState, type ReactNode, type SubmitEvent } from "react";
import { useNavigate } from "react-router";
import { refusalOf } from "../../../lib/commands";
import { useI18n } from "../../../lib/i18n";
import { numberFormat } from "../../../lib/intl";
import { ApiProblem } from "../../../lib/problem";
import { toast } from "../../../lib/toast";
import { Dialog } from "../../../ui/Dialog";
import "../../../ui/form/form.css";
import { Progress } from "../../../ui/Progress";
import { DropZone } from "./DropZone";
import { formats, guessed } from "./formats";
import { file_bytes_max, filePath, sendFile, useSourceIds, type FileFormat } from "./queries";
import "./files.css";

export default function UploadDrawer({ onClose }: { onClose: () => void }) {
  const { t, locale } = useI18n();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [source, setSource] = useState("");
  const [format, setFormat] = useState<FileFormat>("csv");
  const [zone, setZone] = useState("");
  const [isTried, setTried] = useState(false);
  const sending = useSending(onClose);
  const { data: sources = [] } = useSourceIds();
  const fault = file === null ? t("upload.no_file") : file.size === 0 ? t("upload.empty") : file.size > file_bytes_max ? t("upload.too_large") : null;
  const sourceFault = source.trim() === "" ? t("form.missing") : null;

  const take = (chosen: File) => {
    setFile(chosen);
    setFormat((before) => guessed(chosen.name) ?? before);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (file && !fault && !sourceFault && !sending.isPending) sending.start(file, { source: source.trim(), format, time_zone: zone });
  };
  return (
    <Dialog
      title={t("files.create")} side onClose={() => (sending.isPending ? undefined : onClose())}
      footer={
        <>
          <button type="button" className="button" onClick={sending.isPending ? sending.stop : onClose}>{t(sending.isPending ? "upload.stop" : "action.cancel")}</button>
          <button type="submit" form={id} className="button primary" disabled={sending.isPending}>{t(sending.isPending ? "command.processing" : "upload.send")}</button>
        </>
      }
    >
      <form id={id} className="stack" noValidate onSubmit={submit}>
        <DropZone file={file} problem={isTried ? fault : null} disabled={sending.isPending} onTake={take} />
        <div className="form-fields">
          <Field label={t("upload.source")} problem={isTried ? sourceFault : null} hint={t("upload.source_hint")}>
            {(field) => <><input {...field} className="field" dir="ltr" autoComplete="off" list={`${id}-sources`} value={source} onChange={(event) => setSource(event.target.value)} /><datalist id={`${id}-sources`}>{sources.map((one) => <option key={one} value={one} />)}</datalist></>}
          </Field>
          <Field label={t("file.format")} problem={null}>
            {(field) => <select {...field} className="field" value={format} onChange={(event) => setFormat(event.target.value as FileFormat)}>{Object.entries(formats).map(([one, word]) => <option key={one} value={one}>{t(word)}</option>)}</select>}
          </Field>
          <Field label={`${t("upload.zone")} ${t("form.optional")}`} problem={null} hint={t("upload.zone_hint")}>
            {(field) => <><input {...field} className="field" dir="ltr" autoComplete="off" list={`${id}-zones`} value={zone} onChange={(event) => setZone(event.target.value)} /><datalist id={`${id}-zones`}>{Intl.supportedValuesOf("timeZone").map((one) => <option key={one} value={one} />)}</datalist></>}
          </Field>
        </div>
        {format === "csv" && <p className="small form-note">{t("upload.csv_hint")}</p>}
        {sending.isPending && (
          <div className="stack tight" role="status">
            <Progress label={t("upload.progress")} share={String(sending.share)} />
            <span className="small muted">{sending.share < 1 ? t("upload.sent", { share: numberFormat(locale, { style: "percent" }).format(sending.share) }) : t("upload.kept")}</span>
          </div>
        )}
        {sending.problem && <p className="form-problem" role="alert">{sending.problem}</p>}
      </form>
    </Dialog>
  );
}

function Field({ label, hint, problem, children }: { label: string; hint?: string; problem: string | null; children: (field: { id: string; "aria-invalid": boolean; "aria-describedby": string }) => ReactNode }) {
  const id = useId();
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-invalid": problem !== null, "aria-describedby": `${id}-more` })}
      <span id={`${id}-more`} className="small">{problem ? <span className="form-problem" role="alert">{problem}</span> : <span className="muted">{hint}</span>}</span>
    </div>
  );
}

/** One file on its way; sent, it leads to its page. */
function useSending(onClose: () => void) {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [share, setShare] = useState(0);
  const control = useRef<AbortController>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ file, told }: { file: File; told: Parameters<typeof sendFile>[1] }) => {
      control.current = new AbortController();
      setShare(0);
      return sendFile(file, told, { signal: control.current.signal, onProgress: setShare });
    },
    onSuccess: async (job) => {
      await client.invalidateQueries({ queryKey: ["files"] });
      toast("success", t(job.status === "queued" ? "upload.done" : "upload.known"));
      onClose();
      void navigate(filePath(job.id));
    },
  });
  const isStopped = error instanceof DOMException && error.name === "AbortError";
  const said = error instanceof ApiProblem ? (error.errors[0]?.detail ?? refusalOf(error) ?? error.detail) : null;
  return {
    isPending, share,
    problem: error === null ? null : isStopped ? t("upload.stopped") : said ? t("upload.refused", { reason: said }) : t("upload.failed"),
    start: (file: File, told: Parameters<typeof sendFile>[1]) => mutate({ file, told }),
    stop: () => control.current?.abort(),
  };
}
