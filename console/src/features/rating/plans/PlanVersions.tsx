/** The versions of a plan, newest first, and what differs between two of them, or from another plan; which is in the URL. */
import { useId, useState } from "react";
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { Card } from "../../../ui/Card";
import { PickerField } from "../../../ui/form/PickerField";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Instant, Nothing } from "../../../ui/Value";
import { Fact } from "./PriceFacts";
import { PlanSaid } from "./PriceSaid";
import { useComparison, usePlan, type Plan } from "./queries";
import "../../../ui/list/Filters.css";

export function PlanVersions({ plan }: { plan: Plan }) {
  const { t } = useI18n();
  const list = useListState();
  const versions = plan.versions.toSorted((left, right) => right.version - left.version);
  return (
    <>
      <Card title={t("versions.title")} flush>
        <PlainTable label={t("versions.title")}>
          <thead>
            <tr><th scope="col">{t("plan.version")}</th><th scope="col">{t("plan.status")}</th><th scope="col">{t("plan.effective_from")}</th><th scope="col" className="wide-only">{t("plan.price")}</th><th scope="col" className="wide-only">{t("versions.drafted")}</th></tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.version}>
                <th scope="row" className="nowrap"><Link to={list.href({ view: null, version: String(version.version) })}>{t("versions.n", { n: version.version })}</Link></th>
                <td><StatusTag kind="plan" status={version.status} /></td>
                <td><BillingDate value={version.effective_from} /></td>
                <td className="wide-only"><PlanSaid prices={version.prices} currency={plan.currency} sentences={version.price_summary} /></td>
                <td className="wide-only"><Instant value={version.drafted_at} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      </Card>
      <Comparison plan={plan} />
    </>
  );
}

/** Two versions of this plan, or one of this and one of another plan; which is in the URL. */
function Comparison({ plan }: { plan: Plan }) {
  const { t } = useI18n();
  const list = useListState();
  const field = useId();
  // Begins the field anew when what it holds is taken away.
  const [times, setTimes] = useState(0);
  const wanted = list.get("with");
  const { data: found } = usePlan(wanted ?? "", wanted !== null);
  const other = wanted === null || wanted === plan.id ? null : (found ?? null);
  const target = other ?? plan;
  const to = known(list.get("to"), target) ?? target.version;
  const from = known(list.get("from"), plan) ?? (other ? plan.version : Math.max(1, to - 1));
  // Before the other plan is read, nothing is compared with it.
  const isRead = wanted === null || wanted === plan.id || other !== null;
  return (
    <Card title={t("compare.title")}>
      <div className="stack">
        <div className="row wrap compare-head">
          <div className="filter-date grow">
            <label htmlFor={field} className="small muted">{t("compare.with")}</label>
            <PickerField key={times} id={field} kind="plan" label={t("compare.other_plan")} value={wanted ?? ""} onChange={(id) => { if (id !== "") list.set({ with: id === plan.id ? null : id, to: null }); }} wrong={{ placeholder: plan.name }} />
          </div>
          {wanted !== null && <button type="button" className="button" onClick={() => { list.set({ with: null, to: null }); setTimes(times + 1); }}><Icon name="close" /> {t("compare.own")}</button>}
          <Pick label={other ? t("compare.version_of", { name: plan.name }) : t("compare.from")} value={from} plan={plan} onChange={(n) => list.set({ from: n })} />
          <Pick label={other ? t("compare.version_of", { name: other.name }) : t("compare.to")} value={to} plan={target} onChange={(n) => list.set({ to: n })} />
        </div>
        {isRead ? <Difference plan={plan} from={from} target={target} to={to} /> : <Skeleton lines={4} />}
      </div>
    </Card>
  );
}

function known(text: string | null, plan: Plan): number | null {
  return plan.versions.find(({ version }) => String(version) === text)?.version ?? null;
}

function Pick({ label, value, plan, onChange }: { label: string; value: number; plan: Plan; onChange: (n: string) => void }) {
  const { t } = useI18n();
  return (
    <label className="filter-date">
      <span className="small muted">{label}</span>
      <select className="field" value={value} onChange={(event) => onChange(event.target.value)}>
        {plan.versions.map(({ version }) => <option key={version} value={version}>{t("versions.n", { n: version })}</option>)}
      </select>
    </label>
  );
}

function Difference({ plan, from, target, to }: { plan: Plan; from: number; target: Plan; to: number }) {
  const { t } = useI18n();
  const label = useLabel();
  const { data, error, refetch } = useComparison(plan.id, from, to, target.id === plan.id ? null : target.id);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} />;
  const change = (word: string) => label(`compare.${word}`, word);
  return (
    <div className="stack">
      <p className="muted">{t("compare.same", { count: data.same })}</p>
      {data.prices.map((price, index) => (
        <section key={index} aria-label={price.sentence}>
          <p><strong>{change(price.change)}</strong>: <bdi>{price.sentence}</bdi></p>
          <Fields fields={price.fields} currency={plan.currency} meter={meterAt(target, to, price.to) ?? meterAt(plan, from, price.from)} />
        </section>
      ))}
      <Fields fields={data.fields} currency={plan.currency} meter={null} />
      {data.prices.length === 0 && data.fields.length === 0 && <p>{t("compare.nothing")}</p>}
    </div>
  );
}

/** What the price at `/prices/1` of a version is metered by. */
function meterAt({ versions }: Plan, n: number, pointer: string | null): string | null {
  const price = versions.find(({ version }) => version === n)?.prices[Number(pointer?.split("/").at(-1) ?? "")];
  return price && "meter" in price && typeof price.meter === "string" ? price.meter : null;
}

interface FieldsProps {
  fields: readonly { pointer: string; old?: unknown; new?: unknown }[];
  currency: string;
  meter: string | null;
}

function Fields({ fields, currency, meter }: FieldsProps) {
  const { t } = useI18n();
  const label = useLabel();
  if (fields.length === 0) return null;
  const word = (part: string) => label(`price_form.${part}`, label(`tier.${part}`, label(`plan_form.${part}`, label(`plan.${part}`, part.replaceAll("_", " ")))));
  // `/tiers/0/up_to` is "Tiers 1, Up to".
  const named = (pointer: string) => pointer.split("/").slice(1).map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : word(part))).join(" › ");
  const shown = (pointer: string, value: unknown) => (value === undefined || value === null ? <Nothing /> : <Fact field={pointer.split("/").at(-1) ?? ""} value={value} meter={meter} currency={currency} />);
  return (
    <PlainTable label={t("compare.fields")}>
      <thead><tr><th scope="col">{t("command.field")}</th><th scope="col">{t("compare.old")}</th><th scope="col">{t("compare.new")}</th></tr></thead>
      <tbody>{fields.map(({ pointer, old, new: now }) => <tr key={pointer}><th scope="row" title={pointer}>{named(pointer)}</th><td>{shown(pointer, old)}</td><td><strong>{shown(pointer, now)}</strong></td></tr>)}</tbody>
    </PlainTable>
  );
}
