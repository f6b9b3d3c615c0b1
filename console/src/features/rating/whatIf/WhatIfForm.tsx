/** Which plan, which version of it, over which months, for whom; all but the customers stands in the URL. */
import { useId } from "react";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { Card } from "../../../ui/Card";
import { PickerField } from "../../../ui/form/PickerField";
import "../../../ui/form/form.css";
import { CustomersField } from "../CustomerNames";
import { usePlan } from "../plans/queries";
import type { WhatIfBody } from "./queries";

interface Props {
  people: readonly string[];
  onPeople: (ids: readonly string[]) => void;
  refused: ReadonlyMap<string, string>;
  isBusy: boolean;
  onRun: (body: WhatIfBody) => void;
}

export function WhatIfForm({ people, onPeople, refused, isBusy, onRun }: Props) {
  const { t } = useI18n();
  const id = useId();
  const list = useListState();
  const month = useToday().slice(0, 7);
  const plan = list.get("plan") ?? "";
  const { data: read } = usePlan(plan, plan !== "");
  const versions = read?.versions.toReversed() ?? [];
  const version = list.get("version") ?? String(versions[0]?.version ?? "");
  // The last three months that are over.
  const from = list.get("from") ?? monthsBefore(month, 3);
  const to = list.get("to") ?? monthsBefore(month, 1);
  const set = (name: string, value: string) => list.set({ [name]: value || null }, { replace: true });
  const problem = (name: string) => refused.get(`/${name}`) && <p className="form-problem small" role="alert">{refused.get(`/${name}`)}</p>;
  const body = { plan_id: plan, version: Number(version), from: `${from}-01`, to: `${monthsBefore(to, -1)}-01`, limit: 50, ...(people.length > 0 ? { account_ids: [...people] } : {}) } as WhatIfBody;
  const isReady = plan !== "" && version !== "" && isMonth(from) && isMonth(to) && from <= to;
  return (
    <Card title={t("whatif.asked")}>
      <form className="stack" noValidate onSubmit={(event) => { event.preventDefault(); if (isReady && !isBusy) onRun(body); }}>
        <div className="whatif-fields">
          <div className="form-field">
            <label htmlFor={`${id}-plan`}>{t("whatif.plan")}</label>
            <PickerField id={`${id}-plan`} kind="plan" label={t("whatif.plan")} value={plan} onChange={(chosen) => list.set({ plan: chosen || null, version: null }, { replace: true })} wrong={{}} />
            {problem("plan_id")}
          </div>
          <label className="form-field">
            <span>{t("whatif.candidate")}</span>
            <select className="field" value={version} disabled={versions.length === 0} onChange={(event) => set("version", event.target.value)}>
              {versions.map(({ version: n, status }) => <option key={n} value={n}>{t(status === "draft" ? "whatif.version_draft" : "whatif.version_n", { n })}</option>)}
            </select>
            {problem("version")}
          </label>
          <label className="form-field"><span>{t("whatif.from")}</span><input className="field" type="month" max={to} value={from} onChange={(event) => set("from", event.target.value)} />{problem("from")}</label>
          <label className="form-field"><span>{t("whatif.to")}</span><input className="field" type="month" min={from} value={to} onChange={(event) => set("to", event.target.value)} />{problem("to")}</label>
        </div>
        <CustomersField label={t("whatif.customers")} everybody={t("whatif.everybody")} ids={people} onChange={onPeople} />
        {problem("account_ids")}
        <div className="row wrap"><button type="submit" className="button primary" disabled={!isReady || isBusy}>{t("whatif.run")}</button><span className="small muted">{t("whatif.hint")}</span></div>
      </form>
    </Card>
  );
}

const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** `2026-11` less so many months; more with a negative count. */
export function monthsBefore(month: string, count: number): string {
  if (!isMonth(month)) return month;
  const day = new Date(`${month}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - count);
  return day.toISOString().slice(0, 7);
}
