/** What a new house still needs before its first invoice; it leaves when all steps are done. */
import { useI18n, useLabel } from "../../lib/i18n";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import type { Overview } from "./queries";
import "./FirstSteps.css";

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
