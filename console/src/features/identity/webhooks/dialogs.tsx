/** What the commands about webhooks ask; a secret is shown once. */
import { useState } from "react";
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { FormDialog, Once } from "../access/parts";
import { EventPicker } from "./EventPicker";
import { useEventTypes, type Endpoint } from "./queries";

const touches = ["webhook-endpoints", "webhook-deliveries"];
const path = ({ id }: { id: string }) => ({ path: { endpoint_id: id } });
const reread = (of: Endpoint) => answer(api.GET("/v1/webhook-endpoints/{endpoint_id}", { params: path(of) }));

interface Asked {
  thing: Endpoint;
  onClose: () => void;
}

interface Written {
  url: string;
  description: string;
  events: string[];
}

const written = (form: FormData): Written => ({ url: String(form.get("url")).trim(), description: String(form.get("description")), events: form.getAll("events").map(String) });

function Fields({ of }: { of?: Endpoint }) {
  const { t } = useI18n();
  return (
    <>
      <label className="command-reason"><span>{t("webhook.url")}</span><input className="field" type="url" name="url" required maxLength={2000} defaultValue={of?.url ?? ""} placeholder="https://" dir="ltr" autoComplete="off" /></label>
      <label className="command-reason"><span>{t("webhook.description")}</span><input className="field" name="description" maxLength={200} defaultValue={of?.description ?? ""} autoComplete="off" /></label>
      <EventPicker value={of?.events ?? []} />
    </>
  );
}

export function CreateDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [secret, setSecret] = useState<string | null>(null);
  const create = useCommand({ words: "webhook_create", touches, onDone: (made: { secret: string } | undefined) => made && setSecret(made.secret), send: (body: Body<"/v1/webhook-endpoints">, headers) => api.POST("/v1/webhook-endpoints", { body, headers }) });
  if (secret) return <Once title={t("webhook_secret.title")} hint={t("webhook_secret.hint")} secret={secret} onClose={onClose} />;
  return (
    <FormDialog side title={t("webhooks.create")} verb={t("webhooks.create")} isBusy={create.isBusy} onClose={onClose} onSend={(form) => create.run(written(form))}>
      <Fields />
      <p className="small muted">{t("webhook_create.note")}</p>
      <CommandOutcome command={create} fields="webhook" />
    </FormDialog>
  );
}

export function ChangeDrawer({ thing, onClose }: Asked) {
  const { t } = useI18n();
  const change = useCommand({
    words: "webhook_change", touches, onDone: onClose, version: () => thing.version, reread: () => reread(thing), subject: () => thing.id,
    send: (body: Written, headers) => api.PATCH("/v1/webhook-endpoints/{endpoint_id}", { params: path(thing), body, headers }),
  });
  return (
    <FormDialog side title={t("webhook.update")} verb={t("webhook.update")} isBusy={change.isBusy} onClose={onClose} onSend={(form) => change.run(written(form), thing)}>
      <Fields of={thing} />
      <CommandOutcome command={change} fields="webhook" />
    </FormDialog>
  );
}

export function RotateDialog({ thing, onClose }: Asked) {
  const { t } = useI18n();
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = useCommand({ words: "webhook_rotate", touches, onDone: (made: { secret: string } | undefined) => made && setSecret(made.secret), send: (overlap_hours: number) => api.POST("/v1/webhook-endpoints/{endpoint_id}/rotate", { params: path(thing), body: { overlap_hours } }) });
  if (secret) return <Once title={t("webhook_secret.title")} hint={t("webhook_secret.hint")} secret={secret} onClose={onClose} />;
  return (
    <FormDialog title={t("webhook.rotate")} verb={t("webhook.rotate")} isBusy={rotate.isBusy} onClose={onClose} onSend={(form) => rotate.run(Number(form.get("hours")))}>
      <label className="command-reason"><span>{t("webhook_rotate.hours")}</span><input className="field" type="number" name="hours" min={0} max={168} defaultValue={24} required /></label>
      <CommandOutcome command={rotate} fields="webhook" />
    </FormDialog>
  );
}

export function SampleDialog({ thing, onClose }: Asked) {
  const { t } = useI18n();
  const { data } = useEventTypes();
  const send = useCommand({ words: "webhook_test", touches, onDone: onClose, send: (type: string, headers) => api.POST("/v1/webhook-endpoints/{endpoint_id}/test", { params: path(thing), body: { type: type || null }, headers }) });
  return (
    <FormDialog title={t("webhook.test")} verb={t("webhook.test")} isBusy={send.isBusy} onClose={onClose} onSend={(form) => send.run(String(form.get("type")))}>
      <label className="command-reason">
        <span>{t("webhook_test.type")}</span>
        <select className="field" name="type" defaultValue="">
          <option value="">{t("webhook_test.plain")}</option>
          {data?.items.map(({ type }) => <option key={type} value={type}>{type}</option>)}
        </select>
      </label>
      <p className="small muted">{t("webhook_test.note")}</p>
      <CommandOutcome command={send} fields="webhook" />
    </FormDialog>
  );
}

export function EnableDialog({ thing, onClose }: Asked) {
  const { t } = useI18n();
  const enable = useCommand({ words: "webhook_enable", touches, onDone: onClose, subject: () => thing.id, send: (skip_missed: boolean) => api.POST("/v1/webhook-endpoints/{endpoint_id}/enable", { params: path(thing), body: { skip_missed } }) });
  return (
    <FormDialog title={t("webhook.enable")} verb={t("webhook.enable")} isBusy={enable.isBusy} onClose={onClose} onSend={(form) => enable.run(form.get("missed") === "skip")}>
      <label className="event-choice"><input type="radio" name="missed" value="send" defaultChecked /><span>{t("webhook_enable.send_missed")}</span></label>
      <label className="event-choice"><input type="radio" name="missed" value="skip" /><span>{t("webhook_enable.skip_missed")}</span></label>
      <CommandOutcome command={enable} fields="webhook" />
    </FormDialog>
  );
}

export function DisableDialog({ thing, onClose }: Asked) {
  const { t } = useI18n();
  const disable = useCommand({ words: "webhook_disable", touches, subject: ({ id }: Endpoint) => id, send: (of: Endpoint) => api.POST("/v1/webhook-endpoints/{endpoint_id}/disable", { params: path(of) }) });
  return <ConfirmCommand command={disable} words="webhook_disable" verb={t("webhook.disable")} fields="webhook" facts={[[t("webhook.url"), thing.url]]} onConfirm={() => disable.run(thing)} onClose={onClose} />;
}

export function DeleteDialog({ thing, onClose }: Asked) {
  const { t } = useI18n();
  const remove = useCommand({ words: "webhook_delete", touches, subject: ({ id }: Endpoint) => id, send: (of: Endpoint) => api.DELETE("/v1/webhook-endpoints/{endpoint_id}", { params: path(of) }) });
  return <ConfirmCommand command={remove} words="webhook_delete" verb={t("webhook.delete")} fields="webhook" facts={[[t("webhook.url"), thing.url], [t("webhook.id"), thing.id]]} onConfirm={() => remove.run(thing)} onClose={onClose} />;
}

/** What happened in a while, sent again whether it was sent before or not; days in UTC, the last one with it. */
export function ReplayDialog({ thing, onClose }: Asked) {
  const { t } = useI18n();
  const replay = useCommand({ words: "webhook_replay", touches, onDone: onClose, send: ({ from, to }: { from: string; to: string }, headers) => api.POST("/v1/webhook-endpoints/{endpoint_id}/replay", { params: path(thing), body: { from, to }, headers }) });
  return (
    <FormDialog title={t("webhook.replay")} verb={t("webhook.replay")} isBusy={replay.isBusy} onClose={onClose} onSend={(form) => replay.run({ from: `${String(form.get("from"))}T00:00:00Z`, to: afterDay(String(form.get("to"))) })}>
      <label className="command-reason"><span>{t("webhook_replay.from")}</span><input className="field" type="date" name="from" required /></label>
      <label className="command-reason"><span>{t("webhook_replay.to")}</span><input className="field" type="date" name="to" required /></label>
      <p className="small muted">{t("webhook_replay.note")}</p>
      <CommandOutcome command={replay} fields="webhook" />
    </FormDialog>
  );
}

function afterDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().replace(".000Z", "Z");
}

/** All that has failed, once more. */
export function ReplayFailedDialog({ thing, onClose }: Asked) {
  const { t } = useI18n();
  const replay = useCommand({ words: "webhook_replay_failed", touches, send: (of: Endpoint, headers) => api.POST("/v1/webhook-deliveries/replay", { body: { endpoint_id: of.id, status: ["failed"], types: [] }, headers }) });
  return <ConfirmCommand command={replay} words="webhook_replay_failed" verb={t("webhook.replay_failed")} fields="webhook" facts={[[t("webhook.url"), thing.url], [t("webhook.failed"), String(thing.failed)]]} onConfirm={() => replay.run(thing)} onClose={onClose} />;
}
