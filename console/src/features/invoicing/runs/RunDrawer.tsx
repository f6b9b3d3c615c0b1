/** Begins a billing run: of a cycle or of some accounts, up to which day, and which invoices wait for the next one. A dry run unless the reader says otherwise. */
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { api, type Body } from "../../../lib/api";
import { refusalOfField, type Form } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { ManyPicker } from "../../../ui/form/ManyPicker";
import { PickerField } from "../../../ui/form/PickerField";
import { runPath } from "./queries";

type RunBody = Body<"/v1/billing-runs">;

export default function RunDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const made = useRef<string | null>(null);
  const start = useCommand({
    words: "run_start", touches: ["billing-runs", "invoices", "customers"],
    send: (body: RunBody, headers) => api.POST("/v1/billing-runs", { body, headers }),
    onDone: (body) => {
      if ("id" in body) made.current = body.id;
    },
  });
  return (
    <CommandDrawer
      title={t("runs.create")} verb={t("run.start")} body="BillingRunBody" wish={{ omit: ["id"] }} words="run_form" command={start} given={{ dry_run: "true" }}
      own={{
        cycle_id: (_field, form) => <Whom key="whom" form={form} refused={start.fields} />,
        account_ids: () => <span key="accounts" hidden />,
      }}
      onSend={(body) => start.run(body as RunBody)} onClose={() => (made.current === null ? onClose() : void navigate(runPath(made.current), { replace: true }))}
    >
      {(form) => <p className="small form-note">{t(form.values.get("/dry_run") === "true" ? "run_form.note_dry" : "run_form.note_run")}</p>}
    </CommandDrawer>
  );
}

const ways = ["cycle", "accounts"] as const;
const pointers = { cycle: "/scope/cycle_id", accounts: "/scope/account_ids" } as const;

/** One of the two: what was chosen the other way is dropped. */
function Whom({ form, refused }: { form: Form; refused: ReadonlyMap<string, string> }) {
  const { t } = useI18n();
  const [way, setWay] = useState<(typeof ways)[number]>("cycle");
  const pointer = pointers[way];
  const text = String(form.values.get(pointer) ?? "");
  const problem = form.isUntouched(pointer) ? refusalOfField(refused, "/scope") : null;
  const label = t(`run_form.whom_${way}`);
  const wrong = { "aria-invalid": problem !== null, "aria-describedby": problem === null ? undefined : "run-whom-problem" };
  const choose = (next: (typeof ways)[number]) => {
    form.set(pointer, "");
    setWay(next);
  };
  return (
    <fieldset className="form-field plain-fieldset">
      <legend>{t("run.scope")}</legend>
      <div className="form-options">
        {ways.map((one) => <label key={one}><input type="radio" name="run-whom" checked={one === way} onChange={() => choose(one)} /> {t(`run_form.whom_${one}`)}</label>)}
      </div>
      <label className="visually-hidden" htmlFor="run-whom">{label}</label>
      {way === "cycle"
        ? <PickerField key="cycle" id="run-whom" kind="cycle" label={label} value={text} onChange={(id) => form.set(pointer, id)} wrong={wrong} />
        : <ManyPicker key="accounts" id="run-whom" kind="account" label={label} ids={text === "" ? [] : text.split("\n")} onChange={(ids) => form.set(pointer, ids.join("\n"))} wrong={wrong} />}
      {problem && <p id="run-whom-problem" className="form-problem small" role="alert">{problem}</p>}
    </fieldset>
  );
}
