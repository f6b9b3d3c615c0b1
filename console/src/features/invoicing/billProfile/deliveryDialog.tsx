/** What is asked when the ways that documents go out by are changed. They are sent as a whole; a secret that is left empty stays. */
import { useState } from "react";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { common } from "./dialogs";
import { ProfileNote } from "./ProfileNote";
import type { BillProfile } from "./queries";
import { isSealed } from "./texts";

interface Written {
  email?: { to: string[] };
  [part: string]: unknown;
}

/** No field of the body: whether it has an `email` at all, which may be without addresses. */
const byMail = "/by_mail";

export function DeliveryDialog({ thing, onClose }: { thing: BillProfile; onClose: () => void }) {
  const { t } = useI18n();
  // What the form began with: a profile that is read anew meanwhile does not change what is being written.
  const [begun] = useState(thing);
  const { email, webhook, print, automatic } = begun.delivery;
  const [isMailed, setMailed] = useState(email !== null);
  const change = useCommand({
    words: common.words, touches: common.touches, subject: ({ of: { id } }: { of: BillProfile; delivery: object }) => id, version: ({ of: { version } }) => version, reread: ({ of }) => common.reread(of),
    send: ({ of, delivery }, headers) => common.send(of, { delivery } as never, headers),
  });
  const asSent = ({ email: written, ...others }: Written) => ({ ...others, email: isMailed ? (written ?? {}) : null });
  return (
    <CommandDrawer
      title={t("billing.delivery")} verb={t("billing.save")} body="BillProfileChange" wish={{ only: ["delivery"] }} words="billing_form" changes="billing" command={change}
      given={{ "/delivery/email/to": (email?.to ?? []).filter((address) => !isSealed(address)).join("\n"), "/delivery/webhook/url": webhook && !isSealed(webhook.url) ? webhook.url : "", "/delivery/print": String(print), "/delivery/automatic": String(automatic) }}
      own={{
        to: (_field, form, plain) => (
          <div key="mail" className="stack tight">
            <label className="row"><input type="checkbox" checked={isMailed} onChange={(event) => { setMailed(event.target.checked); form.set(byMail, event.target.checked === (email !== null) ? "" : "changed"); }} /> {t("billing.by_mail")}</label>
            {isMailed && plain}
          </div>
        ),
      }}
      onSend={(body) => change.run({ of: begun, delivery: asSent((body["delivery"] ?? {}) as Written) }, begun)} onClose={onClose}
    >
      {() => <ProfileNote of="delivery" />}
    </CommandDrawer>
  );
}
