/** What a person decides of a mail: it is tried anew, or sent no more. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { Fact } from "../../../ui/Facts";
import type { Mail } from "./mailList";

interface Props {
  thing: Mail;
  onClose: () => void;
}

const touches = ["mails", "report-schedules"];
const params = ({ id }: Mail) => ({ path: { mail_id: id } });
const subject = ({ id }: Mail) => id;

function useFacts({ address, kind }: Mail): readonly Fact[] {
  const { t } = useI18n();
  return [[t("mail.address"), <span key="address" dir="ltr">{address}</span>], [t("mail.kind"), t(`mail.kind_${kind}`)]];
}

export function ResendDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const resend = useCommand({ words: "mail_resend", touches, subject, send: (mail: Mail) => api.POST("/v1/mails/{mail_id}/resend", { params: params(mail) }) });
  return (
    <ConfirmCommand command={resend} words="mail_resend" verb={t("mail.resend")} fields="mail" facts={useFacts(thing)} onConfirm={() => resend.run(thing)} onClose={onClose}>
      {thing.status === "unknown" && <p>{t("mail.may_have_arrived")}</p>}
    </ConfirmCommand>
  );
}

export function CancelDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const cancel = useCommand({ words: "mail_cancel", touches, subject, send: (mail: Mail) => api.POST("/v1/mails/{mail_id}/cancel", { params: params(mail) }) });
  return <ConfirmCommand command={cancel} words="mail_cancel" verb={t("mail.cancel")} fields="mail" facts={useFacts(thing)} onConfirm={() => cancel.run(thing)} onClose={onClose} />;
}
