/** Turns automatic runs of a cycle on, sets them otherwise, or turns them off. */
import { api, type Body } from "../../../../lib/api";
import { useI18n } from "../../../../lib/i18n";
import type { Value } from "../../../../lib/form/values";
import { useCommand } from "../../../../lib/useCommand";
import { ConfirmCommand } from "../../../../ui/command/ConfirmCommand";
import { CommandDrawer } from "../../../../ui/form/CommandDrawer";
import { Instant } from "../../../../ui/Value";
import type { paths } from "../../../../api/schema";
import { readAutomaticRuns, type AutomaticRuns, type CycleRuns } from "./queries";

type RunsBody = paths["/v1/automatic-runs/{cycle_id}"]["put"]["requestBody"]["content"]["application/json"];

const touches = ["automatic-runs"];
const path = (cycle_id: string) => ({ path: { cycle_id } });

export function SetDrawer({ cycle: { id, name, runs }, onClose }: { cycle: CycleRuns; onClose: () => void }) {
  const { t } = useI18n();
  const set = useCommand({
    words: "automatic_set", touches, subject: () => id, ...(runs ? { version: () => runs.version } : {}), reread: () => readAutomaticRuns(id),
    send: (body: RunsBody, headers) => api.PUT("/v1/automatic-runs/{cycle_id}", { params: path(id), body, headers }),
  });
  return (
    <CommandDrawer
      title={t("automatic.of_cycle", { name })} verb={t(runs ? "automatic.save" : "automatic.turn_on")} body="AutomaticRunsBody" words="automatic_form" changes="automatic" command={set} given={givenOf(runs)}
      onSend={(body) => set.run(body as RunsBody, runs ?? {})} onClose={onClose}
    >
      {() => <p className="small form-note">{t("automatic_form.hint")}</p>}
    </CommandDrawer>
  );
}

function givenOf(runs: AutomaticRuns | null): Record<string, Value> {
  if (runs === null) return {};
  const { zero_invoices, minimum } = (runs.policy ?? {}) as NonNullable<Partial<Body<"/v1/billing-runs">["policy"]>>;
  return {
    delay_hours: String(runs.delay_hours),
    ...(zero_invoices ? { "/policy/zero_invoices": zero_invoices } : {}),
    ...(minimum && minimum.length > 0 ? { "/policy/minimum": minimum.map(({ amount, currency }) => ({ amount, currency })) } : {}),
  };
}

export function StopDialog({ cycle: { id, name }, runs, onClose }: { cycle: CycleRuns; runs: AutomaticRuns; onClose: () => void }) {
  const { t } = useI18n();
  const stop = useCommand({
    words: "automatic_stop", touches, subject: () => id, version: ({ version }: AutomaticRuns) => version, reread: () => readAutomaticRuns(id),
    send: (_: AutomaticRuns, headers) => api.DELETE("/v1/automatic-runs/{cycle_id}", { params: path(id), headers }),
  });
  return (
    <ConfirmCommand
      command={stop} words="automatic_stop" verb={t("automatic.turn_off")} fields="automatic" facts={[[t("automatic.cycle"), name], [t("automatic.due_at"), <Instant key="next" value={runs.due_at} />]]}
      onConfirm={() => stop.run(runs, runs)} onClose={onClose}
    />
  );
}
