/** Gives a customer a dunning policy of their own, or the operator's again. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { touches, type AccountDunning } from "./queries";

interface Said {
  policy_id: string | null;
}

export function AssignDrawer({ of, onClose }: { of: AccountDunning; onClose: () => void }) {
  const { t } = useI18n();
  const assign = useCommand({
    words: "dunning_assign", touches, subject: () => of.account_id,
    send: (body: Said, headers) => api.PUT("/v1/accounts/{account_id}/dunning", { params: { path: { account_id: of.account_id } }, body, headers }),
  });
  return (
    <CommandDrawer
      title={t("dunning.assign")} verb={t("dunning.assign")} body="AccountDunningBody" words="dunning_form" command={assign} given={{ policy_id: of.policy_source === "account" ? (of.policy_id ?? "") : "" }}
      onSend={(body) => assign.run({ policy_id: (body.policy_id as string | undefined) ?? null })} onClose={onClose}
    >
      {() => <p className="small form-note">{t("dunning_form.note_assign")}</p>}
    </CommandDrawer>
  );
}
