/** What a plan's commands ask before they are sent. */
import { useNavigate } from "react-router";
import { api } from "../../../lib/api";
import type { Translate } from "../../../lib/i18n";
import { confirmDialog, formDialog } from "../../../ui/command/dialogs";
import { Affected } from "./Affected";
import { planPath, readPlan, type Plan } from "./queries";

const path = ({ id }: Plan) => ({ path: { plan_id: id } });
const latest = ({ id, version }: Plan) => ({ path: { plan_id: id, version } });
const common = { fields: "plan", touches: ["plans", "subscriptions"], reread: ({ id }: Plan) => readPlan(id) };
const facts = ({ name, version }: Plan, t: Translate) => [[t("plan.name"), name], [t("plan.version"), String(version)]] as const;

export const PublishDialog = formDialog<Plan, unknown>({
  ...common, words: "plan_publish", title: "plan.publish", verb: "plan.publish", body: "PublicationBody", wish: { only: ["effective_from"] }, form: "plan_form",
  // What was read is what is published: a draft that was edited meanwhile is refused.
  toSend: (written, { revision }) => ({ ...written, revision }),
  send: (plan, body, headers) => api.POST("/v1/plans/{plan_id}/versions/{version}/publish", { params: latest(plan), body, headers }),
  note: (form, plan) => <Affected plan={plan} from={String(form.values.get("/effective_from") ?? "")} />,
});

export const UnpublishDialog = confirmDialog<Plan, unknown>({
  ...common, words: "plan_unpublish", verb: "plan.unpublish", facts,
  send: (plan, headers) => api.POST("/v1/plans/{plan_id}/versions/{version}/unpublish", { params: latest(plan), headers }),
});

export const RetireDialog = formDialog<Plan, unknown>({
  ...common, words: "plan_retire", title: "plan.retire", verb: "plan.retire", body: "RetirementBody", form: "plan_form",
  send: (plan, body, headers) => api.POST("/v1/plans/{plan_id}/retire", { params: path(plan), body, headers }),
});

export const ReactivateDialog = confirmDialog<Plan, unknown>({
  ...common, words: "plan_reactivate", verb: "plan.reactivate", facts,
  send: (plan, headers) => api.POST("/v1/plans/{plan_id}/reactivate", { params: path(plan), headers }),
});

export const CloneDialog = formDialog<Plan, unknown>({
  ...common, words: "plan_clone", title: "plan.clone", verb: "plan.clone", body: "CloneBody", form: "plan_form",
  given: ({ name }) => ({ name }),
  useOnDone: () => {
    const navigate = useNavigate();
    return (made) => {
      if (typeof made === "object" && made !== null && "id" in made) void navigate(planPath(String(made.id)));
    };
  },
  send: (plan, body, headers) => api.POST("/v1/plans/{plan_id}/clone", { params: path(plan), body, headers }),
});
