/**
 * What can be done with the chosen rows, once there are some: "50 selected · Select all 1,284", and the actions.
 *
 * The work is done by the server, on the ids or on the filter itself, as a job or at once; more than a hundred are only begun
 * when their number has been typed.
 */
import { Suspense, useState } from "react";
import { useI18n } from "../../lib/i18n";
import { useCommand } from "../../lib/useCommand";
import { ConfirmCommand } from "../command/ConfirmCommand";
import { Icon } from "../Icon";
import { JobDialog } from "../job/JobDialog";
import type { Selection } from "./selection";
import type { BulkAction, BulkQuestion, BulkScope } from "./spec";
import "./list.css";

export interface BulkProps<Query> {
  actions: readonly (BulkAction<Query> | BulkQuestion<Query>)[];
  selection: Selection;
  question: Query;
  /** How many the question finds. */
  total: number;
}

export const typed_from = 100;

export default function BulkBar<Query>({ actions, selection, question, total }: BulkProps<Query>) {
  const { t } = useI18n();
  const [asked, setAsked] = useState<BulkAction<Query> | BulkQuestion<Query> | null>(null);
  const [job, setJob] = useState<string | null>(null);
  const count = selection.isAll ? total : selection.ids.size;
  const scope: BulkScope<Query> = selection.isAll ? { filter: question } : { ids: [...selection.ids] };
  return (
    <>
      {count > 0 && (
        <div className="bulk-bar no-print" role="toolbar" aria-label={t("bulk.label")}>
          <strong className="number" aria-live="polite">{t("bulk.selected", { count })}</strong>
          {!selection.isAll && total > count && <button type="button" className="button quiet" onClick={selection.selectAll}>{t("bulk.all", { count: total })}</button>}
          <button type="button" className="button quiet" onClick={selection.clear}>{t("bulk.none")}</button>
          <span className="grow" />
          {actions.map((action) => <button key={action.id} type="button" className="button" onClick={() => setAsked(action)}><Icon name={action.icon} /> {t(action.label)}</button>)}
        </div>
      )}
      {asked && !("Dialog" in asked) && <ConfirmBulk action={asked} count={count} scope={scope} onClose={() => setAsked(null)} onStarted={setJob} />}
      {asked && "Dialog" in asked && <Suspense fallback={null}><asked.Dialog scope={scope} count={count} onClose={() => { setAsked(null); selection.clear(); }} /></Suspense>}
      {job && <JobDialog id={job} onClose={() => { setJob(null); selection.clear(); }} />}
    </>
  );
}

interface ConfirmProps<Query> {
  action: BulkAction<Query>;
  count: number;
  scope: BulkScope<Query>;
  onClose: () => void;
  onStarted: (job: string) => void;
}

function ConfirmBulk<Query>({ action, count, scope, onClose, onStarted }: ConfirmProps<Query>) {
  const { t } = useI18n();
  const command = useCommand({
    words: "bulk", touches: [], send: (input: BulkScope<Query>, headers) => action.start(input, headers), onDone: ({ id }) => onStarted(id),
  });
  return (
    <ConfirmCommand
      command={command} words="bulk" verb={t(action.label)} fields="bulk" onClose={onClose} onConfirm={() => command.run(scope)}
      facts={[[t("bulk.action"), t(action.label)], [t("bulk.count"), <span key="count" className="number">{count}</span>]]}
      {...(count > typed_from ? { typed: String(count) } : {})}
    >
      <p>{t(action.consequence, { count })}</p>
    </ConfirmCommand>
  );
}
