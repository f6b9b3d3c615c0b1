/** Opens an account: who owes, in which currency, on which cycle. */
import { useRef } from "react";
import { useNavigate } from "react-router";
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { customerPath } from "./queries";

/** Who it is and how they are billed, before where they live. */
const asked = ["name", "currency", "cycle_id", "tax_rate", "time_zone", "email", "language", "tax_id", "address"];

export default function CustomerDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const made = useRef<string | null>(null);
  const open = useCommand({
    words: "customer_create", touches: ["customers", "accounts", "overview"],
    send: (body: Body<"/v1/accounts">, headers) => api.POST("/v1/accounts", { body, headers }),
    onDone: (body) => {
      if ("id" in body) made.current = body.id;
    },
  });
  // Closed with the new account, its page takes the place of the form.
  const close = () => (made.current === null ? onClose() : void navigate(customerPath(made.current), { replace: true }));
  return (
    <CommandDrawer
      title={t("customers.create")} verb={t("customers.create")} body="AccountBody" wish={{ first: asked }} words="customer_form" command={open}
      given={{ currency: "EUR" }} onSend={(body) => open.run(body as Body<"/v1/accounts">)} onClose={close}
    />
  );
}
