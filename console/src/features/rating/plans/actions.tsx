/** What can be done with a plan, from its row and from its page; editing leads to the editor. */
import { lazy } from "react";
import { Navigate } from "react-router";
import type { ActionCommand, Actions } from "../../../ui/command/actions";
import { planPath, type Plan } from "./queries";

type Dialogs = typeof import("./dialogs");

const command = (icon: ActionCommand<Plan>["icon"], label: ActionCommand<Plan>["label"], name: keyof Dialogs, when?: (plan: Plan) => boolean): ActionCommand<Plan> => ({
  icon, label, Dialog: lazy(async () => ({ default: (await import("./dialogs"))[name] })), ...(when ? { when } : {}),
});

const isDraft = ({ effective_from }: Plan) => effective_from === null;
const isRetired = ({ retired_on }: Plan) => retired_on !== null;

export const planActions: Actions<Plan> = {
  links: [],
  commands: {
    publish: command("sent", "plan.publish", "PublishDialog", isDraft),
    edit: { icon: "draft", label: "plan.edit", Dialog: ({ thing }) => <Navigate to={`${planPath(thing.id)}/edit`} />, when: isDraft },
    draft_version: { icon: "plus", label: "plan.draft_version", Dialog: ({ thing }) => <Navigate to={`${planPath(thing.id)}/next`} />, when: (plan) => !isDraft(plan) },
    unpublish: command("pause", "plan.unpublish", "UnpublishDialog", (plan) => !isDraft(plan)),
    clone: command("copy", "plan.clone", "CloneDialog"),
    retire: command("void", "plan.retire", "RetireDialog", (plan) => !isRetired(plan)),
    reactivate: command("play", "plan.reactivate", "ReactivateDialog", isRetired),
  },
};
