/**
 * A link by which money is put on a customer's account without a login: made for an amount, then shown to be copied, mailed
 * or scanned. It can be made anew any time, and all that comes with its reference is the account's.
 */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { components } from "../../../api/schema";
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { formatMoney } from "../../../lib/money";
import { useCommand } from "../../../lib/useCommand";
import { CopyButton } from "../../../ui/CopyButton";
import { Dialog } from "../../../ui/Dialog";
import { Facts } from "../../../ui/Facts";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { Money } from "../../../ui/Value";
import "./topUpLink.css";

type LinkBody = Body<"/v1/accounts/{account_id}/top-up-link">;
type MadeLink = components["schemas"]["TopUpLinkShape"];

interface Props {
  id: string;
  currency: string;
  /** Where the customer reads mail, where that is known and may be seen. */
  email: string | null;
  onClose: () => void;
}

export function TopUpLinkDrawer({ id, currency, email, onClose }: Props) {
  const { t } = useI18n();
  const [made, setMade] = useState<MadeLink | null>(null);
  const make = useCommand({
    words: "top_up_link_make", touches: [],
    send: (body: LinkBody, headers) => api.POST("/v1/accounts/{account_id}/top-up-link", { params: { path: { account_id: id } }, body, headers }),
    onDone: (body) => { if ("token" in body) setMade(body as MadeLink); },
  });
  if (made) return <Link made={made} email={email} onClose={onClose} />;
  return (
    <CommandDrawer
      title={t("top_up_link.make")} verb={t("top_up_link.make")} body="TopUpLinkBody" words="top_up_link_form" command={make} given={{ "/amount": { amount: "", currency } }}
      onSend={(body) => make.run(body as unknown as LinkBody)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("top_up_link.note")}</p>}
    </CommandDrawer>
  );
}

/** The code is there where a bank's app can read one: in euros, and once somebody has said who is paid. */
function Link({ made, email, onClose }: { made: MadeLink; email: string | null; onClose: () => void }) {
  const { t, locale } = useI18n();
  const url = new URL(made.path, window.location.origin).href;
  const { data } = useQuery({ queryKey: ["payment-link", made.token], queryFn: ({ signal }) => answer(api.GET("/v1/payment-links/{token}", { params: { path: { token: made.token } }, signal })) });
  const told = { amount: formatMoney(locale, made.amount), url, reference: made.reference };
  const mail = `mailto:${email === null ? "" : encodeURIComponent(email)}?subject=${encodeURIComponent(t("top_up_link.mail_subject", told))}&body=${encodeURIComponent(t("top_up_link.mail_body", told))}`;
  return (
    <Dialog
      title={t("top_up_link.title")} onClose={onClose}
      footer={<><button type="button" className="button" onClick={onClose}>{t("action.close")}</button><a className="button primary" href={mail}>{t("top_up_link.mail")}</a></>}
    >
      <Facts
        facts={[
          [t("recharge.amount"), <Money key="amount" value={made.amount} />],
          [t("top_up_link.url"), <span key="url" className="top-up-link"><a href={url} target="_blank" rel="noreferrer" dir="ltr">{url}</a><CopyButton text={url} /></span>],
          [t("top_up_link.reference"), <span key="reference" className="top-up-link"><code>{made.reference}</code><CopyButton text={made.reference} /></span>],
        ]}
      />
      {data?.code_path && <img className="top-up-code" src={data.code_path} alt={t("top_up_link.code")} width={180} height={180} />}
      {data && !data.code_path && <p className="small muted">{t(data.pay_to === null ? "top_up_link.nobody_paid" : "top_up_link.no_code")}</p>}
    </Dialog>
  );
}
