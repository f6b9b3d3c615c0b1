/** The steps of a policy, or those that an account has before it, drawn along a line of days. */
import type { ReactNode } from "react";
import { useI18n } from "../../../lib/i18n";
import type { Policy, Step } from "./queries";
import "./dunning.css";

export function PolicyLine({ policy }: { policy: Policy }) {
  const { t } = useI18n();
  return (
    <ol className="dunning-line" aria-label={t("dunningpolicy.line", { name: policy.name })}>
      <Mark tone="none" day={t("dunningpolicy.due")}><span className="muted">{t("dunningpolicy.due_day")}</span></Mark>
      {policy.steps.map((step) => (
        <Mark key={step.after_days} tone={toneOf(step)} day={t("dunningpolicy.day", { days: step.after_days })}>
          <strong dir="auto">{step.name}</strong>
          <span className="small muted">{whatOf(step).map((what) => t(`dunningstep.${what}`)).join(" · ")}</span>
        </Mark>
      ))}
    </ol>
  );
}

function Mark({ tone, day, children }: { tone: string; day: string; children: ReactNode }) {
  return <li className={`dunning-mark ${tone}`}><span className="dunning-day number">{day}</span><span className="dunning-dot" aria-hidden="true" /><span className="dunning-what">{children}</span></li>;
}

const parts = ["letter", "fee", "throttled", "blocked", "collection", "terminate"] as const;

/** What a step does, in the order in which it is told. */
export function whatOf({ letters, fees, service, collection, terminate }: Step): readonly (typeof parts)[number][] {
  const has = { letter: (letters ?? []).length > 0, fee: (fees ?? []).length > 0, throttled: service?.access === "throttled", blocked: service?.access === "blocked", collection: collection === true, terminate: terminate === true };
  return parts.filter((part) => has[part]);
}

export function toneOf(step: Step): "mild" | "throttled" | "blocked" | "end" {
  if (step.terminate || step.collection) return "end";
  return step.service?.access ?? "mild";
}
