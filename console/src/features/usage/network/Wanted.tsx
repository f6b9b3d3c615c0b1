/** What a line is to have, in words: open, blocked, or slowed down to a profile with its rates. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { StatusTag } from "../../../ui/StatusTag";
import { rate } from "./rate";
import type { Intent } from "./queries";

export function Wanted({ desired, profile }: Pick<Intent, "desired" | "profile">) {
  const { t, locale } = useI18n();
  return (
    <span>
      <StatusTag kind="access" status={desired} />
      {profile !== null && <span className="small muted below"><span dir="ltr">{profile.profile}</span>{profile.down_kbps != null && <> {t("network.rates", { down: rate(locale, profile.down_kbps), up: profile.up_kbps == null ? "–" : rate(locale, profile.up_kbps) })}</>}</span>}
    </span>
  );
}

/** Why it is so: `spend_cap:alert-1` is a cap with the id of its alert. */
export function Why({ why }: { why: readonly string[] }) {
  const label = useLabel();
  return <>{why.map((cause) => { const [kind = "", id] = cause.split(":", 2); return <span key={cause} className="below">{label(`network.why_${kind}`, kind)} {id && <span className="small muted" dir="ltr">{id}</span>}</span>; })}</>;
}
