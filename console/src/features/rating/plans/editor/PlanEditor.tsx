/**
 * Writes a plan: its basics, its prices, and a look at all of it before it is saved. Nothing is in force before it is
 * published. The step one is at is in the URL; what is written stays over the steps, and leaving asks.
 */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { fieldsOf, type FormField, type Schemas } from "../../../../lib/form/schema";
import { useLeaveGuard } from "../../../../lib/form/leaveGuard";
import { useForm } from "../../../../lib/form/useForm";
import { fromBody } from "../../../../lib/form/values";
import { useI18n } from "../../../../lib/i18n";
import { useListState } from "../../../../lib/listState";
import { Card } from "../../../../ui/Card";
import { CommandOutcome } from "../../../../ui/command/CommandOutcome";
import "../../../../ui/detail/DetailPage.css";
import { FormFields } from "../../../../ui/form/FormFields";
import { PageWaiting } from "../../../../ui/States";
import { QuickTabs } from "../../../../ui/Tabs";
import { Allowances } from "../Allowances";
import { PriceFacts } from "../PriceFacts";
import { planPath, type Plan } from "../queries";
import "../plans.css";
import { DraftSimulator } from "./DraftSimulator";
import { useAllowanceDrafts } from "./allowanceDrafts";
import { AllowanceForms } from "./AllowanceForms";
import { usePriceDrafts } from "./drafts";
import { PriceForms } from "./PriceForms";
import { useSavePlan, type Mode } from "./useSavePlan";

const steps = ["basics", "prices", "review"] as const;

interface Props {
  mode: Mode;
  /** The plan that is edited, or whose next version this is. */
  plan: Plan | null;
}

export function PlanEditor(props: Props) {
  const { data: schemas } = useQuery({ queryKey: ["bodies"], queryFn: async () => (await import("../../../../api/bodies.json")).default as unknown as Schemas, staleTime: Infinity });
  return schemas ? <Editor {...props} schemas={schemas} /> : <PageWaiting />;
}

const bodies: Readonly<Record<Mode, string>> = { new: "PlanBody", edit: "DraftBody", next: "VersionBody" };

function Editor({ mode, plan, schemas }: Props & { schemas: Schemas }) {
  const { t } = useI18n();
  const list = useListState();
  const [fields] = useState(() => nameFirst(fieldsOf(schemas, bodies[mode], { omit: mode === "next" ? ["prices", "currency"] : ["prices"] })));
  const basics = useForm(fields, plan ? Object.fromEntries(fromBody(fields, plan)) : { currency: "EUR" });
  const prices = usePriceDrafts(schemas, plan?.prices ?? []);
  const allowances = useAllowanceDrafts(schemas, plan?.allowances ?? []);
  const save = useSavePlan(mode, plan);
  const [isSent, setSent] = useState(false);
  const step = steps.find((name) => name === list.get("step")) ?? "basics";
  const go = (name: (typeof steps)[number]) => list.set({ step: name === "basics" ? null : name });
  const currency = plan?.currency ?? (String(basics.values.get("/currency") ?? "") || "EUR");
  useLeaveGuard((basics.isDirty || prices.isDirty || allowances.isDirty) && !save.isDone);
  useDone(save.isDone, save.savedId);
  useRefusedStep(save.command.fields, go);

  // What the form does not show stays as it is: a draft that is sent says all of itself.
  const send = () => {
    setSent(true);
    const written = basics.send();
    const [made, included] = [prices.toBody(), allowances.toBody()];
    if (!written) go("basics");
    else if (!made || !included) go("prices");
    else save.run({ ...written, prices: made, ...(included.length > 0 || (plan?.allowances.length ?? 0) > 0 ? { allowances: included } : {}) });
  };
  return (
    <div className="stack">
      <div className="row wrap">
        <h1 className="grow">{mode === "new" ? t("plans.create") : t(mode === "edit" ? "editor.edit" : "editor.next", { name: plan?.name ?? "" })}</h1>
      </div>
      <QuickTabs label={t("editor.steps")} current={step} tabs={steps.map((name) => ({ id: name, label: t(`editor.${name}`), to: list.href({ step: name === "basics" ? null : name }) }))} />
      <div className="detail-columns">
        <div className="stack">
          {step === "basics" && <Card title={t("editor.basics")}><FormFields form={basics} words="plan_form" refused={save.command.fields} /></Card>}
          {step === "prices" && <PriceForms prices={prices} refused={save.command.fields} isSent={isSent} />}
          {step === "prices" && <AllowanceForms allowances={allowances} refused={save.command.fields} />}
          {step === "review" && (
            <Card title={t("editor.review")} flush>
              <p className="pad">{t(mode === "new" ? "editor.review_hint" : "editor.review_hint_next")}</p>
              {prices.drafts.map(({ key, model, price }) => <PriceFacts key={key} price={price ?? { model }} currency={currency} sentence={price ? undefined : t("simulator.unfinished")} />)}
            </Card>
          )}
          {step === "review" && allowances.drafts.length > 0 && <Allowances allowances={allowances.drafts.flatMap(({ allowance }) => (allowance ? [shownAs(allowance)] : []))} />}
          {!save.command.isBusy && <CommandOutcome command={save.command} fields="plan" />}
          <div className="editor-foot">
            <Link className="button" to={plan ? planPath(plan.id) : "/plans"}>{t("action.cancel")}</Link>
            {step !== "review" && <button type="button" className="button primary" onClick={() => go(step === "basics" ? "prices" : "review")}>{t("editor.on")}</button>}
            {step === "review" && <button type="button" className="button primary" disabled={save.command.isBusy} onClick={send}>{t(save.command.isBusy ? "command.processing" : "editor.save")}</button>}
          </div>
        </div>
        <aside aria-label={t("simulator.title")}><DraftSimulator prices={prices} currency={currency} includesTax={basics.values.get("/prices_include_tax") === "true"} /></aside>
      </div>
    </div>
  );
}

/** An allowance that is being written as one that is there is shown. */
function shownAs(allowance: Record<string, unknown>): Plan["allowances"][number] {
  return { rollover: null, then: [], priority: 0, validity: "period", ...allowance } as unknown as Plan["allowances"][number];
}

/** What the plan is called and billed in is asked first. */
function nameFirst(fields: readonly FormField[]): readonly FormField[] {
  const first = ["name", "currency"];
  return [...first.flatMap((name) => fields.filter((field) => field.name === name)), ...fields.filter(({ name }) => !first.includes(name))];
}

function useDone(isDone: boolean, id: string | null): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (isDone) void navigate(id === null ? "/plans" : planPath(id), { replace: true });
  }, [isDone, id, navigate]);
}

/** What the server refused stands at its field: the step with the first of them opens. */
function useRefusedStep(refused: ReadonlyMap<string, string>, go: (step: "basics" | "prices") => void): void {
  const seen = useRef("");
  useEffect(() => {
    const now = [...refused.keys()].join(" ");
    if (seen.current === now) return;
    seen.current = now;
    if (now !== "") go(now.split(" ").some((pointer) => !pointer.startsWith("/prices") && !pointer.startsWith("/allowances")) ? "basics" : "prices");
  }, [refused, go]);
}
