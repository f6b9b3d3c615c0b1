/**
 * Says whose a line was in time that is over: a customer's subscription, or nobody's where no customer is chosen.
 *
 * What was counted then for others goes along; how much of it, and from whom to whom, is shown before it is sent.
 */
import { answer, api, type Body } from "../../../lib/api";
import { refusalOfField, type Form } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { ZonedTime } from "../../../ui/form/ZonedTime";
import { Moves } from "./Moves";
import { readResource, type Reassignment, type Resource } from "./queries";
import { SubscriptionField } from "./SubscriptionField";

type Reassign = Body<"/v1/resources/{resource_id}/reassignments">;

export default function ReassignDrawer({ thing: resource, onClose }: { thing: Resource; onClose: () => void }) {
  const { t } = useI18n();
  const path = { resource_id: resource.id };
  const reassign = useCommand({
    words: "resource_reassign", touches: ["resources", "retractions", "quarantine", "usage", "customers"], subject: ({ id }: { id: string; version: number; body: Reassign }) => id, version: ({ version }) => version,
    send: ({ body }, headers) => api.POST("/v1/resources/{resource_id}/reassignments", { params: { path }, body, headers }),
    reread: ({ id }) => readResource(id),
  });
  const preview = async (body: Record<string, unknown>) => {
    const found = await answer(api.POST("/v1/resources/{resource_id}/reassignments", { params: { path }, body: { ...body, preview: true } as Reassign }));
    return <Moves reassignment={found as Reassignment} />;
  };
  const told = (pointer: string, form: Form) => (form.isUntouched(pointer) ? refusalOfField(reassign.fields, pointer) : null);
  return (
    <CommandDrawer
      title={t("resource.reassign_title", { name: resource.id })} verb={t("resource.reassign")} body="ReassignmentBody" wish={{ omit: ["preview"] }} words="reassign_form" changes="resource" command={reassign} preview={preview}
      own={{
        subscription_id: (field, form) => <SubscriptionField key="subscription" field={field} form={form} refusal={told("/subscription_id", form)} />,
        from: (field, form) => <ZonedTime key="from" field={field} form={form} label={t("reassign_form.from")} refusal={told("/from", form)} />,
        to: (field, form) => <ZonedTime key="to" field={field} form={form} label={t("reassign_form.to")} refusal={told("/to", form)} />,
      }}
      onSend={(body) => reassign.run({ id: resource.id, version: resource.version, body: body as Reassign }, resource)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("resource.reassign_note")}</p>}
    </CommandDrawer>
  );
}
