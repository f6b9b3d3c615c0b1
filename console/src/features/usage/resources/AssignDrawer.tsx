/** Assigns a line to a subscription from a moment on: the customer by name, then one of their subscriptions by its plan. */
import { api, type Body } from "../../../lib/api";
import { refusalOfField, type Form } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { ZonedTime } from "../../../ui/form/ZonedTime";
import { readResource, type Resource } from "./queries";
import { SubscriptionField } from "./SubscriptionField";

type Assign = Body<"/v1/resources/{resource_id}/assignments">;

export default function AssignDrawer({ thing: resource, onClose }: { thing: Resource; onClose: () => void }) {
  const { t } = useI18n();
  const assign = useCommand({
    words: "resource_assign", touches: ["resources", "quarantine", "usage"], subject: ({ id }: { id: string; version: number; body: Assign }) => id, version: ({ version }) => version,
    send: ({ id, body }, headers) => api.POST("/v1/resources/{resource_id}/assignments", { params: { path: { resource_id: id } }, body, headers }),
    reread: ({ id }) => readResource(id),
  });
  const told = (pointer: string, form: Form) => (form.isUntouched(pointer) ? refusalOfField(assign.fields, pointer) : null);
  return (
    <CommandDrawer
      title={t("resource.assign_title", { name: resource.id })} verb={t("resource.assign")} body="AssignmentBody" words="assign_form" changes="resource" command={assign}
      own={{
        subscription_id: (field, form) => <SubscriptionField key="subscription" field={field} form={form} refusal={told("/subscription_id", form)} />,
        from: (field, form) => <ZonedTime key="from" field={field} form={form} label={t("assign_form.from")} refusal={told("/from", form)} />,
        to: (field, form) => <ZonedTime key="to" field={field} form={form} label={t("assign_form.to")} refusal={told("/to", form)} />,
      }}
      onSend={(body) => assign.run({ id: resource.id, version: resource.version, body: body as Assign }, resource)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("resource.assign_note")}</p>}
    </CommandDrawer>
  );
}
