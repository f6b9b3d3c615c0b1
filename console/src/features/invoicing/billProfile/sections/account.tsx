/** What the account was opened with: currency, cycle, time zone, language. It is changed by the customer's own actions. */
import { Link } from "react-router";
import { useI18n } from "../../../../lib/i18n";
import { Card } from "../../../../ui/Card";
import { Facts } from "../../../../ui/Facts";
import { ErrorState, Skeleton } from "../../../../ui/States";
import { useSources } from "../queries";
import { section, type SectionProps } from "../section";
import { Sourced } from "../Sourced";

function AccountSection({ profile: { account_id, currency, cycle_id, time_zone } }: SectionProps) {
  const { t, locale } = useI18n();
  const { data, error, refetch } = useSources(account_id, cycle_id);
  return (
    <Card title={t("billing.account")}>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} height={36} />)}
      {data && (
        <div className="stack">
          <Facts
            facts={[
              [t("billing.currency"), <Sourced key="currency" source="account">{currency}</Sourced>],
              [t("billing.cycle"), <Sourced key="cycle" source="account"><Link to={`/cycles?cycle=${encodeURIComponent(cycle_id)}`} dir="auto">{data.cycle.name}</Link></Sourced>],
              [t("billing.time_zone"), <Sourced key="zone" source={data.cycle.time_zone === time_zone ? "cycle" : "account"}><span dir="ltr">{time_zone}</span></Sourced>],
              [t("billing.language"), data.account.language
                ? <Sourced key="language" source="account">{languageName(locale, data.account.language)}</Sourced>
                : <Sourced key="language" source={data.account.address ? "address" : "operator"}>{data.account.address ? countryName(locale, data.account.address.country) : languageName(locale, "en")}</Sourced>],
            ]}
          />
          <p className="small muted">{t("billing.account_hint")}</p>
        </div>
      )}
    </Card>
  );
}

function languageName(locale: string, code: string): string {
  return named(locale, "language", code);
}

function countryName(locale: string, code: string): string {
  return named(locale, "region", code);
}

/** The code itself where it is none that is known. */
function named(locale: string, type: "language" | "region", code: string): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

export default section({ order: 30, Section: AccountSection });
