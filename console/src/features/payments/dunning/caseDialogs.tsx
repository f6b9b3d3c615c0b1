/** What the commands of a case ask: a promise, a pause, the next step, that the account is left alone. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { Fact } from "../../../ui/Facts";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { CustomerName } from "../../../ui/Named";
import { BillingDate, Money } from "../../../ui/Value";
import { touches, type Case } from "./queries";

interface Asked {
  thing: Case;
  onClose: () => void;
}

const path = ({ id }: Case) => ({ path: { case_id: id } });
const subject = ({ of }: { of: Case }) => of.id;

function useFacts(of: Case): Fact[] {
  const { t } = useI18n();
  return [
    [t("dunning.account"), <CustomerName key="account" id={of.account_id} />],
    [t("dunning.since"), <BillingDate key="since" value={of.since} />],
    [t("dunning.overdue"), <Money key="overdue" value={of.overdue} />, "sum"],
  ];
}

export function PromiseDialog({ thing: of, onClose }: Asked) {
  const { t } = useI18n();
  const promise = useCommand({ words: "dunning_promise", touches, subject, send: ({ body }: { of: Case; body: Body<"/v1/promises"> }, headers) => api.POST("/v1/promises", { body, headers }) });
  return (
    <CommandDrawer
      title={t("dunning.promise")} verb={t("dunning.promise")} body="PromiseBody" wish={{ omit: ["account_id"] }} words="promise_form" command={promise} given={{ "/amount": of.overdue }}
      onSend={(body) => promise.run({ of, body: { ...body, account_id: of.account_id } as Body<"/v1/promises"> }, of)} onClose={onClose}
    />
  );
}

export function PauseDialog({ thing: of, onClose }: Asked) {
  const { t } = useI18n();
  type Said = Body<"/v1/dunning/cases/{case_id}/pause">;
  const pause = useCommand({ words: "dunning_pause", touches, subject, send: ({ of: one, body }: { of: Case; body: Said }, headers) => api.POST("/v1/dunning/cases/{case_id}/pause", { params: path(one), body, headers }) });
  return (
    <CommandDrawer title={t("dunning.pause")} verb={t("dunning.pause")} body="PauseDunningBody" words="dunning_form" command={pause} onSend={(body) => pause.run({ of, body: body as Said }, of)} onClose={onClose}>
      {() => <p className="small form-note">{t("dunning_form.note_pause")}</p>}
    </CommandDrawer>
  );
}

export function ExemptDialog({ thing: of, onClose }: Asked) {
  const { t } = useI18n();
  type Said = Body<"/v1/dunning/cases/{case_id}/exempt">;
  const exempt = useCommand({ words: "dunning_exempt", touches, subject, send: ({ of: one, body }: { of: Case; body: Said }, headers) => api.POST("/v1/dunning/cases/{case_id}/exempt", { params: path(one), body, headers }) });
  return (
    <CommandDrawer title={t("dunning.exempt")} verb={t("dunning.exempt")} body="ExemptBody" words="dunning_form" command={exempt} onSend={(body) => exempt.run({ of, body: body as Said }, of)} onClose={onClose}>
      {() => <p className="small form-note">{t("dunning_form.note_exempt")}</p>}
    </CommandDrawer>
  );
}

export function ResumeDialog({ thing: of, onClose }: Asked) {
  const { t } = useI18n();
  const resume = useCommand({ words: "dunning_resume", touches, subject, send: ({ of: one }: { of: Case }, headers) => api.POST("/v1/dunning/cases/{case_id}/resume", { params: path(one), headers }) });
  return <ConfirmCommand command={resume} words="dunning_resume" verb={t("dunning.resume")} fields="dunning" facts={useFacts(of)} onConfirm={() => resume.run({ of }, of)} onClose={onClose} />;
}

export function AdvanceDialog({ thing: of, onClose }: Asked) {
  const { t } = useI18n();
  const advance = useCommand({ words: "dunning_advance", touches, subject, send: ({ of: one }: { of: Case }, headers) => api.POST("/v1/dunning/cases/{case_id}/advance", { params: path(one), body: { step: one.step }, headers }) });
  const facts = [...useFacts(of), of.next_step_name !== null && ([t("dunning.next_step"), <span key="next" dir="auto">{of.next_step_name}</span>] as const)];
  return <ConfirmCommand command={advance} words="dunning_advance" verb={t("dunning.advance")} fields="dunning" facts={facts} onConfirm={() => advance.run({ of }, of)} onClose={onClose} />;
}
