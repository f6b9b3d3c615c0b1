/** Pauses the cases that are chosen, and says of how many it was refused. */
import { useState } from "react";
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { BulkScope } from "../../../ui/list/spec";
import { touches } from "./queries";

type Said = Body<"/v1/dunning/cases/pause">;

export function BulkPauseDialog({ scope, count, onClose }: { scope: BulkScope<unknown>; count: number; onClose: () => void }) {
  const { t } = useI18n();
  const [ids] = useState(() => ("ids" in scope ? scope.ids : []));
  const pause = useCommand({ words: "dunning_pause_many", touches, send: (body: Said, headers) => api.POST("/v1/dunning/cases/pause", { body, headers }) });
  return (
    <CommandDrawer title={t("dunning.pause_many")} verb={t("dunning.pause")} body="PauseManyBody" wish={{ omit: ["ids"] }} words="dunning_form" command={pause} onSend={(body) => pause.run({ ...body, ids: [...ids] } as Said)} onClose={onClose}>
      {() => <p className="small form-note">{t("dunning.chosen", { count })}</p>}
    </CommandDrawer>
  );
}
