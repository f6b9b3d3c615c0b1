/** Pauses the cases that are chosen, and says of which it was refused: more than can be answered at once are a job. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { queryString } from "../../../lib/listQuestion";
import { useCommand, type Command, type CommandHeaders } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { JobDialog } from "../../../ui/job/JobDialog";
import type { BulkScope } from "../../../ui/list/spec";
import { touches } from "./queries";

type Few = Body<"/v1/dunning/cases/pause">;
type Many = Body<"/v1/dunning/pause-jobs">;

interface Props {
  scope: BulkScope<unknown>;
  count: number;
  onClose: () => void;
}

/** So many are answered at once. */
const at_once_max = 200;

export function BulkPauseDialog(props: Props) {
  // What is chosen does not change under the form.
  const [{ scope, count }] = useState(props);
  return "ids" in scope && count <= at_once_max ? <PauseFew ids={scope.ids} count={count} onClose={props.onClose} /> : <PauseMany scope={scope} count={count} onClose={props.onClose} />;
}

function PauseFew({ ids, count, onClose }: { ids: readonly string[]; count: number; onClose: () => void }) {
  const pause = useCommand({ words: "dunning_pause_many", touches, send: (body: Few, headers: CommandHeaders) => api.POST("/v1/dunning/cases/pause", { body, headers }) });
  return <Asked command={pause} body="PauseManyBody" count={count} onSend={(said) => pause.run({ ...said, ids: [...ids] } as Few)} onClose={onClose} />;
}

function PauseMany({ scope, count, onClose }: Props) {
  const client = useQueryClient();
  const [job, setJob] = useState<string | null>(null);
  const pause = useCommand({ words: "dunning_pause_job", touches, send: (body: Many, headers: CommandHeaders) => api.POST("/v1/dunning/pause-jobs", { body, headers }), onDone: ({ id }) => setJob(id) });
  const chosen = "ids" in scope ? { ids: [...scope.ids] } : { query: queryString(scope.filter as object) };
  const leave = () => {
    for (const touched of touches) void client.invalidateQueries({ queryKey: [touched] });
    onClose();
  };
  if (job !== null) return <JobDialog id={job} onClose={leave} />;
  // Once it is begun its progress takes the form's place.
  return <Asked command={pause} body="PauseJobBody" count={count} onSend={(said) => pause.run({ ...said, ...chosen } as Many)} onClose={() => { if (pause.phase !== "done") onClose(); }} />;
}

interface Asking<Input> {
  command: Command<Input>;
  body: string;
  count: number;
  onSend: (said: Record<string, unknown>) => void;
  onClose: () => void;
}

function Asked<Input>({ command, body, count, onSend, onClose }: Asking<Input>) {
  const { t } = useI18n();
  return (
    <CommandDrawer title={t("dunning.pause_many")} verb={t("dunning.pause")} body={body} wish={{ only: ["reason", "until"] }} words="dunning_form" command={command} onSend={onSend} onClose={onClose}>
      {() => <p className="small form-note">{t("dunning.chosen", { count })}</p>}
    </CommandDrawer>
  );
}
