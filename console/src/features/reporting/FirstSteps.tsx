/**
 * What a new house still needs before its first invoice; it leaves when all steps are done.
 *
 * `useFirstSteps` remembers whether there were any, so that their room is kept while the next visit asks again.
 */
import { useEffect } from "react";
import { useI18n, useLabel } from "../../lib/i18n";
import { usePreference } from "../../lib/preferences";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import { Skeleton } from "../../ui/States";
import type { Overview } from "./queries";
import "./FirstSteps.css";

export type FirstStepsState = "unknown" | "open" | "done";

/** "unknown" only where nobody has looked yet: the page is then drawn when it is known. */
export function useFirstSteps(overview: Overview | undefined): FirstStepsState {
  const [before, setBefore] = usePreference("first_steps_open");
  const open = overview ? overview.checklist.some((step) => !step.done) : before;
  useEffect(() => {
    if (open !== null && open !== before) setBefore(open);
  }, [open, before, setBefore]);
  return open === null ? "unknown" : open ? "open" : "done";
}

export function FirstStepsRoom() {
  return <div className="card first-steps pad"><Skeleton lines={4} height={32} /></div>;
}

export function FirstSteps({ overview }: { overview: Overview }) {
  const { t } = useI18n();
  const label = useLabel();
  const done = overview.checklist.filter((step) => step.done).length;
  return (
    <Card className="first-steps" title={t("steps.title")} aside={<span className="muted number">{t("steps.progress", { done, total: overview.checklist.length })}</span>}>
      <ol className="steps">
        {overview.checklist.map(({ step, done: isDone }) => (
          <li key={step} className={isDone ? "done" : undefined}>
            <Icon name={isDone ? "checkCircle" : "circle"} />
            <span className="grow">
              {label(`steps.${step}`, step)}
              <span className="visually-hidden"> {isDone ? t("steps.done") : t("steps.open")}</span>
              {!isDone && <span className="small muted">{label(`steps.${step}_hint`, "")}</span>}
            </span>
          </li>
        ))}
      </ol>
      <p className="small muted"><a href="/docs">{t("steps.docs")}</a></p>
    </Card>
  );
}
