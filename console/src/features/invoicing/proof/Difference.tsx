/** What of a document is not as it was issued: what its proof says and what is found, one under the other, so that an eye can compare. */
import { useI18n, useLabel } from "../../../lib/i18n";
import "./Difference.css";

export function Difference({ of: { what, stated, found } }: { of: { what: string; stated: string; found: string } }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <div className="difference small">
      <strong>{label(`proof.what_${what}`, what)}</strong>
      <dl>
        <dt>{t("proof.stated")}</dt><dd><code dir="ltr">{stated}</code></dd>
        <dt>{t("proof.found")}</dt><dd><code dir="ltr">{found}</code></dd>
      </dl>
    </div>
  );
}
