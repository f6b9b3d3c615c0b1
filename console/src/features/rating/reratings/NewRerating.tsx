/**
 * Asks for a rerating: of which version of which plan, over which periods, for whom, with which prices in the place of its
 * own, and why. It is a dry run: its page shows what would change, and puts it on the accounts.
 */
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type SubmitEvent } from "react";
import { useNavigate } from "react-router";
import { api, type Body } from "../../../lib/api";
import { fieldsOf, type Schemas } from "../../../lib/form/schema";
import { refusalOfField, useForm } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { FormFields } from "../../../ui/form/FormFields";
import { ManyPicker } from "../../../ui/form/ManyPicker";
import { PickerField } from "../../../ui/form/PickerField";
import { EmptyState, Skeleton } from "../../../ui/States";
import { usePriceDrafts } from "../plans/editor/drafts";
import { usePlan, type Version } from "../plans/queries";
import { CorrectedPrices } from "./CorrectedPrices";
import { reratingPath } from "./queries";

export function NewRerating() {
  const { t } = useI18n();
  const id = useId();
  const list = useListState();
  const { data: schemas } = useQuery({ queryKey: ["bodies"], queryFn: async () => (await import("../../../api/bodies.json")).default as unknown as Schemas, staleTime: Infinity });
  const planId = list.get("plan") ?? "";
  const { data: plan } = usePlan(planId, planId !== "");
  const published = plan?.versions.filter(({ effective_from }) => effective_from !== null) ?? [];
  const version = published.find((one) => String(one.version) === list.get("version")) ?? published.at(-1);
  return (
    <>
      <Card title={t("rerating.which")}>
        <div className="form-fields">
          <div className="form-field"><label htmlFor={id}>{t("rerating.plan")}</label><PickerField id={id} kind="plan" label={t("rerating.plan")} value={planId} onChange={(chosen) => list.set({ plan: chosen, version: null })} wrong={{}} /></div>
          {published.length > 0 && (
            <label className="form-field">
              <span>{t("rerating.version")}</span>
              <select className="field" value={version?.version ?? ""} onChange={(event) => list.set({ version: event.target.value })}>
                {published.map((one) => <option key={one.version} value={one.version}>{t("rerating.version_from", { n: one.version, from: one.effective_from ?? "" })}</option>)}
              </select>
            </label>
          )}
          {plan && published.length === 0 && <p className="form-note">{t("rerating.not_published")}</p>}
        </div>
      </Card>
      {planId === "" && <EmptyState icon="tag" title={t("rerating.choose_plan")} />}
      {planId !== "" && (!plan || !schemas) && <Skeleton lines={8} height={40} />}
      {schemas && version && <Asked key={`${planId}@${version.version}`} planId={planId} version={version} schemas={schemas} />}
    </>
  );
}

function Asked({ planId, version, schemas }: { planId: string; version: Version; schemas: Schemas }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const whom = useId();
  const [fields] = useState(() => fieldsOf(schemas, "ReratingBody", { only: ["from", "to", "reason"] }));
  const form = useForm(fields);
  const prices = usePriceDrafts(schemas, version.prices);
  const [accounts, setAccounts] = useState<readonly string[]>([]);
  const start = useCommand({
    words: "rerating_start", touches: ["reratings"],
    send: (body: Body<"/v1/reratings">, headers) => api.POST("/v1/reratings", { body, headers }),
    onDone: (body) => void navigate("id" in body ? reratingPath(body.id) : "/reratings"),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const [written, corrected] = [form.send(), prices.toBody()];
    if (written && corrected && !start.isBusy) start.run({ ...written, plan_id: planId, version: version.version, prices: corrected, ...(accounts.length > 0 ? { account_ids: accounts } : {}), dry_run: true } as unknown as Body<"/v1/reratings">);
  };
  const refusedWhom = refusalOfField(start.fields, "/account_ids");
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <Card title={t("rerating.when_whom")}>
        <FormFields form={form} words="rerating_form" refused={start.fields} />
        <div className="form-field rerating-whom">
          <label htmlFor={whom}>{t("rerating.customers")} <span className="small muted">{t("rerating.everybody_if_empty")}</span></label>
          <ManyPicker id={whom} kind="account" label={t("rerating.customers")} ids={accounts} onChange={setAccounts} wrong={{ "aria-invalid": refusedWhom !== null }} />
          {refusedWhom && <p className="form-problem small" role="alert">{refusedWhom}</p>}
        </div>
      </Card>
      <CorrectedPrices prices={prices} refused={start.fields} sentences={version.price_summary} />
      {!start.isBusy && <CommandOutcome command={start} fields="rerating" />}
      <div className="row wrap">
        <button type="submit" className="button primary" disabled={start.isBusy}>{t(start.isBusy ? "command.processing" : "rerating.dry_run")}</button>
        <span className="small muted">{t("rerating.dry_run_hint")}</span>
      </div>
    </form>
  );
}
