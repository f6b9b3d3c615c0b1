/** What the mock answers of credit limits and wallets: a prepaid account that is low, and one that owes more than it may. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];

const eur = (amount: string) => ({ amount, currency: "EUR" });
const may = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));

const listed: Schemas["ListedExposure"][] = [
  { account_id: "acc-0002", currency: "EUR", mode: "postpaid", mode_since: null, credit_limit: eur("50.00"), owed: eur("41.18"), credit: eur("0.00"), unbilled: eur("12.40"), earmarked: eur("0.00"), exposure: eur("53.58"), available: eur("-3.58"), standing: "over", restricted: true, moved_at: now },
  { account_id: "acc-0003", currency: "EUR", mode: "prepaid", mode_since: now, credit_limit: null, owed: eur("0.00"), credit: eur("20.00"), unbilled: eur("15.00"), earmarked: eur("1.00"), exposure: eur("-4.00"), available: eur("4.00"), standing: "low", restricted: false, moved_at: now },
];
const alerts: Schemas["CreditAlertShape"][] = [{ account_id: "acc-0002", kind: "reached", available: eur("-3.58"), threshold: null, recorded_at: now }];
const none: Schemas["OwnTermsShape"] = { credit_limit: null, at_limit: null, alerts: null, earmark: null };

const settings: Schemas["CreditSettingsShape"] = { alerts: { EUR: ["20.00", "5.00"] }, earmarks: { EUR: "1.00" }, overdue_days_max: 0, write_to_customers: true, version: 1, changed_at: now };

export function limited(request: Request, { resource, id, part, query }: Asked): Response | null {
  if (resource === "credit-settings") return Response.json(settings);
  if (resource === "exposures") return Response.json(pageOf(chosen(query), query));
  if (resource !== "accounts" || !id) return null;
  if (part === "credit-alerts") return Response.json(pageOf(alerts.filter(({ account_id }) => account_id === id), query));
  if (part === "payment-mode") return Response.json(request.method === "POST" ? preview(id) : exposureOf(id));
  return part === "exposure" || part === "credit-terms" ? Response.json(exposureOf(id)) : null;
}

function chosen(query: URLSearchParams): Schemas["ListedExposure"][] {
  return listed.filter(({ standing, restricted, mode }) => (query.get("standing") ?? standing) === standing && (query.get("restricted") ?? `${restricted}`) === `${restricted}` && (query.get("mode") ?? mode) === mode);
}

function exposureOf(account_id: string): Schemas["ExposureShape"] {
  const found = listed.find((one) => one.account_id === account_id);
  const figures = found ?? { mode: "postpaid" as const, owed: eur("0.00"), credit: eur("0.00"), unbilled: null, earmarked: eur("0.00"), exposure: null, available: null, standing: "ok" as const, restricted: false, credit_limit: null };
  return {
    account_id, mode: figures.mode, currency: "EUR", owed: figures.owed ?? eur("0.00"), credit: figures.credit ?? eur("0.00"), unbilled: figures.unbilled, paid_for: figures.unbilled === null ? null : eur(account_id === "acc-0002" ? "4.40" : "0.00"), earmarked: figures.earmarked ?? eur("0.00"), exposure: figures.exposure, available: figures.available,
    standing: figures.standing, sessions: figures.mode === "prepaid" ? 1 : 0, restricted: figures.restricted, watched: found !== undefined, billed_by: null, version: found ? 1 : 0,
    terms: { credit_limit: figures.mode === "prepaid" ? eur("0.00") : figures.credit_limit, at_limit: found ? "restrict" : "warn", alerts: [eur("5.00")], earmark: eur("1.00") },
    own: { ...none, credit_limit: figures.credit_limit, at_limit: found ? "restrict" : null }, allowed_actions: may("update", "set_credit_limit", figures.mode === "prepaid" ? "set_postpaid" : "set_prepaid"),
  };
}

function preview(account_id: string): Schemas["ModePreviewShape"] {
  const { owed, credit, earmarked, standing, mode, restricted } = exposureOf(account_id);
  const figures = { owed, credit, unbilled: eur("12.40"), paid_for: eur("0.00"), earmarked, exposure: eur("12.40"), available: null, standing };
  const overdue = account_id === "acc-0002" ? [{ code: "account_overdue", detail: "41.18 EUR is overdue for 23 days, 0 at most; let it be paid first" }] : [];
  return { account_id, mode: mode === "prepaid" ? "postpaid" : "prepaid", mode_before: mode, before: figures, after: { ...figures, available: eur("-12.40"), standing: "over" }, restricted, would_restrict: true, refusals: overdue, complete: true };
}
