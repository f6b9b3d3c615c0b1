/** What the commands of late-fee policies ask. */
import { useState } from "react";
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { StepRows } from "./StepRows";
import { firstRow, rowOf, toSteps, type Policy, type StepRow } from "./steps";

type Written = Body<"/v1/late-fee-policies">;

const path = ({ id }: Policy) => ({ path: { policy_id: id } });
const touches = ["late-fee-policies"];
const reread = (of: Policy) => answer(api.GET("/v1/late-fee-policies/{policy_id}", { params: path(of) }));

export function PolicyDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [rows, setRows] = useState<readonly StepRow[]>([firstRow]);
  const create = useCommand({ words: "latepolicy_create", touches, send: (body: Written, headers) => api.POST("/v1/late-fee-policies", { body, headers }) });
  return (
    <CommandDrawer
      title={t("latepolicies.create")} verb={t("latepolicies.create")} body="LateFeePolicyBody" wish={{ omit: ["steps"] }} words="latepolicy_form" changes="latepolicy" command={create}
      onSend={(body) => create.run({ ...body, steps: toSteps(rows) } as unknown as Written)} onClose={onClose}
    >
      {() => <StepRows rows={rows} onChange={setRows} />}
    </CommandDrawer>
  );
}

export function UpdateDialog({ thing, onClose }: { thing: Policy; onClose: () => void }) {
  const { t } = useI18n();
  // What the form began with: a policy that is read anew meanwhile does not change what is being written.
  const [begun] = useState(thing);
  const [rows, setRows] = useState<readonly StepRow[]>(() => begun.steps.map(rowOf));
  const update = useCommand({
    words: "latepolicy_update", touches, subject: ({ of: { id } }: { of: Policy; body: Written }) => id, version: ({ of: { version } }) => version, reread: ({ of }) => reread(of),
    send: ({ of, body }, headers) => api.PUT("/v1/late-fee-policies/{policy_id}", { params: path(of), body, headers }),
  });
  const { name, currency, grace_days, minimum_overdue, cap, tax_class, fee_on_fees } = begun;
  return (
    <CommandDrawer
      title={t("latepolicy.update")} verb={t("latepolicy.update")} body="LateFeePolicyChange" wish={{ omit: ["steps"] }} words="latepolicy_form" changes="latepolicy" command={update}
      given={{ name, currency: currency ?? "", grace_days: String(grace_days), minimum_overdue: minimum_overdue ?? "", "/cap/amount": cap?.amount ?? "", "/cap/percent": cap?.percent ?? "", tax_class: tax_class ?? "", fee_on_fees: String(fee_on_fees) }}
      onSend={(body) => update.run({ of: begun, body: { ...body, steps: toSteps(rows) } as unknown as Written }, begun)} onClose={onClose}
    >
      {() => <StepRows rows={rows} onChange={setRows} />}
    </CommandDrawer>
  );
}

export const DeleteDialog = confirmDialog<Policy, unknown>({
  words: "latepolicy_delete", verb: "latepolicy.delete", fields: "latepolicy", touches, reread,
  facts: ({ id, name }, t) => [[t("latepolicy.name"), name], [t("latepolicy.id"), id]],
  send: (of, headers) => api.DELETE("/v1/late-fee-policies/{policy_id}", { params: path(of), headers }),
});
