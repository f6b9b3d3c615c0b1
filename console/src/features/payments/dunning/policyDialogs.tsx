/** What the commands of dunning policies ask. */
import { useState } from "react";
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { Policy } from "./queries";
import { Minimums, StepRows } from "./StepRows";
import { feesOf, firstRow, rowOf, toSteps, type StepRow } from "./steps";

type Written = Body<"/v1/dunning/policies">;

const path = ({ id }: Policy) => ({ path: { policy_id: id } });
const touches = ["dunning-policies", "dunning"];
const reread = (of: Policy) => answer(api.GET("/v1/dunning/policies/{policy_id}", { params: path(of) }));
const omit = { omit: ["steps", "minimums"] };

export function PolicyDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [rows, setRows] = useState<readonly StepRow[]>([firstRow]);
  const [minimums, setMinimums] = useState("");
  const create = useCommand({ words: "dunningpolicy_create", touches, send: (body: Written, headers) => api.POST("/v1/dunning/policies", { body, headers }) });
  return (
    <CommandDrawer
      title={t("dunningpolicies.create")} verb={t("dunningpolicies.create")} body="DunningPolicyBody" wish={omit} words="dunningpolicy_form" changes="dunningpolicy" command={create}
      onSend={(body) => create.run({ ...body, minimums: feesOf(minimums), steps: toSteps(rows) } as unknown as Written)} onClose={onClose}
    >
      {() => <><Minimums value={minimums} onChange={setMinimums} /><StepRows rows={rows} onChange={setRows} /></>}
    </CommandDrawer>
  );
}

export function UpdateDialog({ thing, onClose }: { thing: Policy; onClose: () => void }) {
  const { t } = useI18n();
  // What the form began with: a policy that is read anew meanwhile does not change what is being written.
  const [begun] = useState(thing);
  const [rows, setRows] = useState<readonly StepRow[]>(() => begun.steps.map(rowOf));
  const [minimums, setMinimums] = useState(() => begun.minimums.map(({ amount, currency }) => `${amount} ${currency}`).join(", "));
  const update = useCommand({
    words: "dunningpolicy_update", touches, subject: ({ of: { id } }: { of: Policy; body: Written }) => id, version: ({ of: { version } }) => version, reread: ({ of }) => reread(of),
    send: ({ of, body }, headers) => api.PUT("/v1/dunning/policies/{policy_id}", { params: path(of), body, headers }),
  });
  return (
    <CommandDrawer
      title={t("dunningpolicy.update")} verb={t("dunningpolicy.update")} body="DunningPolicyChange" wish={omit} words="dunningpolicy_form" changes="dunningpolicy" command={update} given={{ name: begun.name }}
      onSend={(body) => update.run({ of: begun, body: { ...body, minimums: feesOf(minimums), steps: toSteps(rows) } as unknown as Written }, begun)} onClose={onClose}
    >
      {() => <><Minimums value={minimums} onChange={setMinimums} /><StepRows rows={rows} onChange={setRows} /></>}
    </CommandDrawer>
  );
}

export const DeleteDialog = confirmDialog<Policy, unknown>({
  words: "dunningpolicy_delete", verb: "dunningpolicy.delete", fields: "dunningpolicy", touches, reread,
  facts: ({ id, name }, t) => [[t("dunningpolicy.name"), name], [t("dunningpolicy.id"), id]],
  send: (of, headers) => api.DELETE("/v1/dunning/policies/{policy_id}", { params: path(of), headers }),
});

export function DefaultDialog({ thing, onClose }: { thing: Policy; onClose: () => void }) {
  const { t } = useI18n();
  const set = useCommand({ words: "dunning_default", touches, send: ({ policy_id }: { policy_id: string | null }, headers) => api.PUT("/v1/dunning/settings", { body: { policy_id }, headers }) });
  const verb = t(thing.is_default ? "dunningpolicy.no_default" : "dunningpolicy.make_default");
  return <ConfirmCommand command={set} words="dunning_default" verb={verb} fields="dunningpolicy" facts={[[t("dunningpolicy.name"), thing.name]]} onConfirm={() => set.run({ policy_id: thing.is_default ? null : thing.id })} onClose={onClose} />;
}
