/** What the commands of bandwidth profiles ask. */
import { answer, api, type Body } from "../../../lib/api";
import type { Form } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog, formDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { formatBandwidth } from "./Bandwidth";
import type { Profile } from "./profileList";

const path = ({ id }: Profile) => ({ path: { profile_id: id } });
const common = { fields: "profile", touches: ["bandwidth-profiles", "plans", "pickers"], reread: (of: Profile) => answer(api.GET("/v1/bandwidth-profiles/{profile_id}", { params: path(of) })) };

export function ProfileDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const create = useCommand({ words: "profile_create", touches: common.touches, send: (body: Body<"/v1/bandwidth-profiles">, headers) => api.POST("/v1/bandwidth-profiles", { body, headers }) });
  return (
    <CommandDrawer title={t("profiles.create")} verb={t("profiles.create")} body="ProfileBody" words="profile_form" command={create} onSend={(body) => create.run(body as Body<"/v1/bandwidth-profiles">)} onClose={onClose}>
      {(form) => <Said form={form} />}
    </CommandDrawer>
  );
}

const told = (value: number | null) => (value === null ? "" : String(value));

export const UpdateDialog = formDialog<Profile, unknown>({
  ...common, words: "profile_update", title: "profile.update", verb: "profile.update", body: "ProfileChange", form: "profile_form",
  given: ({ name, down_kbps, up_kbps, burst_down_kbps, burst_up_kbps, burst_s, description }) => ({
    name, down_kbps: String(down_kbps), up_kbps: String(up_kbps), burst_down_kbps: told(burst_down_kbps), burst_up_kbps: told(burst_up_kbps), burst_s: told(burst_s), description: description ?? "",
  }),
  send: (of, body, headers) => api.PUT("/v1/bandwidth-profiles/{profile_id}", { params: path(of), body, headers }),
  note: (form) => <Said form={form} />,
});

export const DeleteDialog = confirmDialog<Profile, unknown>({
  ...common, words: "profile_delete", verb: "profile.delete", facts: ({ id, name, plans }, t) => [[t("profile.name"), name], [t("profile.id"), id], [t("profile.plans"), String(plans)]],
  send: (of, headers) => api.DELETE("/v1/bandwidth-profiles/{profile_id}", { params: path(of), headers }),
});

/** What is written in kbit/s, as people say it. */
function Said({ form }: { form: Form }) {
  const { t, locale } = useI18n();
  const said = (pointer: string) => {
    const text = String(form.values.get(pointer) ?? "").trim();
    return /^[1-9]\d{0,9}$/.test(text) ? formatBandwidth(locale, Number(text)) : "–";
  };
  return <p className="form-note" aria-live="polite">{t("profile.said", { down: said("/down_kbps"), up: said("/up_kbps") })}</p>;
}
