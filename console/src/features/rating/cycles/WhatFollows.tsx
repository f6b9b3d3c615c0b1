/** Under the fields of a cycle that is being written: the next six periods that they make. */
import { useToday } from "../../../lib/clock";
import type { Form } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { useRested } from "../../../lib/rested";
import { ErrorState, Skeleton } from "../../../ui/States";
import { MonthEnd } from "./Frequency";
import { NextPeriods, PeriodCalendar } from "./NextPeriods";
import { usePeriodsOf, type Definition, type Frequency } from "./queries";

const rest_ms = 300;

export function WhatFollows({ form }: { form: Pick<Form, "values"> }) {
  const { t } = useI18n();
  const today = useToday();
  const definition = definitionOf(form);
  const rested = useRested(JSON.stringify(definition), rest_ms);
  const { data, error, refetch } = usePeriodsOf(JSON.parse(rested) as Definition | null, today);
  return (
    <section className="stack" aria-labelledby="cycle-next">
      <h3 id="cycle-next">{t("cycle.next_periods")}</h3>
      {definition && <MonthEnd day={typeof definition.frequency === "object" ? 1 : definition.anchor_day} />}
      {!definition ? <p className="muted">{t("cycle.write_first")}</p> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? <><NextPeriods periods={data} /><PeriodCalendar periods={data} /></> : <Skeleton lines={6} />}
    </section>
  );
}

/** Null as long as what is written is no definition. */
function definitionOf({ values }: Pick<Form, "values">): Definition | null {
  const text = (pointer: string) => String(values.get(pointer) ?? "").trim();
  const [frequency, day, month, time_zone] = ["/frequency", "/anchor_day", "/anchor_month", "/time_zone"].map(text);
  const days = /^days:([1-9]\d*)$/.exec(frequency!)?.[1];
  if (time_zone === "" || !/^([1-9]|[12]\d|3[01])?$/.test(day!) || (frequency!.startsWith("days:") && !days)) return null;
  return {
    frequency: days ? { days: Number(days) } : ((frequency || "month") as Frequency), anchor_day: Number(day || "1"), time_zone: time_zone!,
    ...(/^([1-9]|1[0-2])$/.test(month!) ? { anchor_month: Number(month) } : {}),
  };
}
