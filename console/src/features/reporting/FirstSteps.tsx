/** What a new house still needs before its first invoice; it leaves when all steps are done. */
import { Link } from "react-router";
import { useI18n, useLabel } from "../../lib/i18n";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import type { Overview } from "./queries";
import "./FirstSteps.css";

/** Where each step is done. */
const places: Readonly<Record<Overview["checklist"][number]["step"], string>> = {
  cycle: "/cycles?create=1",
  plan: "/plans/new",
  account: "/customers?create=1",
  subscription: "/services?create=1",
  usage: "/usage/files?create=1",
  invoice: "/billing-runs?create=1",
};

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
              {isDone ? label(`steps.${step}`, step) : <Link to={places[step]}>{label(`steps.${step}`, step)}</Link>}
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
