/** Records an outage: when, whom it hit, how it is credited, and why. Nothing is credited by it: its page shows what would be. */
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { api, type Body } from "../../../lib/api";
import { fieldErrorsOf } from "../../../lib/commands";
import type { PickerKind } from "../../../lib/form/schema";
import { refusalOfField, type Form } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { ManyPicker } from "../../../ui/form/ManyPicker";
import { PickerField } from "../../../ui/form/PickerField";
import { ZonedTime } from "../../../ui/form/ZonedTime";
import { outagePath } from "./queries";

export default function OutageDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const made = useRef<string | null>(null);
  const record = useCommand({
    words: "outage_record", touches: ["outages"],
    send: (body: Body<"/v1/outages">, headers) => api.POST("/v1/outages", { body, headers }),
    onDone: (body) => {
      if ("id" in body) made.current = body.id;
    },
  });
  const told = (pointer: string, form: Form) => (form.isUntouched(pointer) ? refusalOfField(record.fields, pointer) : null);
  return (
    <CommandDrawer
      title={t("outages.create")} verb={t("outage.preview")} body="OutageBody" wish={{ omit: ["id"] }} words="outage_form" command={record} given={{ "/policy/share": "actual" }}
      own={{
        from: (field, form) => <ZonedTime key="from" field={field} form={form} label={t("outage.start")} refusal={told("/from", form)} />,
        to: (field, form) => <ZonedTime key="to" field={field} form={form} label={t("outage.end")} refusal={told("/to", form)} />,
        subscription_ids: (_field, form) => <WhomField key="whom" form={form} refused={record.fields} />,
        account_ids: () => <span key="accounts" hidden />,
        plan_id: () => <span key="plan" hidden />,
        percent: (_field, form) => (form.values.get("/policy/share") === "percent" ? undefined : <span key="percent" hidden />),
      }}
      onSend={(body) => record.run(body as Body<"/v1/outages">)} onClose={() => (made.current === null ? onClose() : void navigate(outagePath(made.current), { replace: true }))}
    >
      {() => <p className="small form-note">{t("outage_form.note")}</p>}
    </CommandDrawer>
  );
}

const ways: readonly { pointer: string; kind: PickerKind; name: "plan" | "accounts" | "subscriptions" }[] = [
  { pointer: "/plan_id", kind: "plan", name: "plan" },
  { pointer: "/account_ids", kind: "account", name: "accounts" },
  { pointer: "/subscription_ids", kind: "subscription", name: "subscriptions" },
];

/** One of the three: what was chosen another way is dropped. */
function WhomField({ form, refused }: { form: Form; refused: ReturnType<typeof fieldErrorsOf> }) {
  const { t } = useI18n();
  const [way, setWay] = useState(ways[0]!);
  const text = String(form.values.get(way.pointer) ?? "");
  const problem = form.isUntouched(way.pointer) ? (refusalOfField(refused, way.pointer) ?? refused.get("") ?? null) : null;
  const label = t(`outage_form.whom_${way.name}`);
  const wrong = { "aria-invalid": problem !== null, "aria-describedby": problem === null ? undefined : "outage-whom-problem" };
  const choose = (next: (typeof ways)[number]) => {
    form.set(way.pointer, "");
    setWay(next);
  };
  return (
    <fieldset className="form-field plain-fieldset">
      <legend>{t("outage.whom")}</legend>
      <div className="form-options">
        {ways.map((one) => <label key={one.name}><input type="radio" name="outage-whom" checked={one === way} onChange={() => choose(one)} /> {t(`outage_form.whom_${one.name}`)}</label>)}
      </div>
      <label className="visually-hidden" htmlFor="outage-whom">{label}</label>
      {way.name === "plan"
        ? <PickerField key="plan" id="outage-whom" kind="plan" label={label} value={text} onChange={(id) => form.set(way.pointer, id)} wrong={wrong} />
        : <ManyPicker key={way.name} id="outage-whom" kind={way.kind} label={label} ids={text === "" ? [] : text.split("\n")} onChange={(ids) => form.set(way.pointer, ids.join("\n"))} wrong={wrong} />}
      {problem && <p id="outage-whom-problem" className="form-problem small" role="alert">{problem}</p>}
    </fieldset>
  );
}
