/** What a new installation still needs before its first invoice; it leaves when all steps are done. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { answer, api } from "../../lib/api";
import { useI18n, useLabel } from "../../lib/i18n";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import type { Overview } from "./queries";
import "./FirstSteps.css";

type Step = "service" | Overview["checklist"][number]["step"];

/** Where each step is done. */
const places: Readonly<Record<Step, string>> = {
  service: "/services/catalogue?create=1",
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
  const steps: readonly { step: Step; done: boolean }[] = [{ step: "service", done: useIsServiceDefined() || overview.subscriptions > 0 }, ...overview.checklist];
  const done = steps.filter((step) => step.done).length;
  return (
    <Card className="first-steps" title={t("steps.title")} aside={<span className="muted number">{t("steps.progress", { done, total: steps.length })}</span>}>
      <ol className="steps">
        {steps.map(({ step, done: isDone }) => (
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

/** The catalogue is rating's; a service that is sold already needs no step. */
function useIsServiceDefined(): boolean {
  const { data } = useQuery({ queryKey: ["services", "any"], queryFn: ({ signal }) => answer(api.GET("/v1/services", { params: { query: { limit: 1 } }, signal })) });
  return (data?.total ?? 0) > 0;
}
