/** `/customers/:id`: a customer's services, what the open period comes to, their charges, discounts and invoices, their group, and what happened. */
import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { useMay } from "../../features/identity/session";
import { AccountInvoices } from "../../features/invoicing/AccountInvoices";
import { CustomerSide } from "../../features/rating/customers/CustomerSide";
import { nameOf, useCustomer, type CustomerDetail } from "../../features/rating/customers/queries";
import { CustomerServices } from "../../features/rating/subscriptions/CustomerServices";
import { AccountTimeline } from "../../features/reporting/AccountTimeline";
import { useI18n } from "../../lib/i18n";
import { withWords } from "../../lib/i18n/words";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage, type DetailTab } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

// What stands behind a tab comes when it is opened.
const Spend = lazy(withWords(["spend"], async () => ({ default: (await import("../../features/rating/spend/Spend")).Spend })));
const OneTimeCharges = lazy(withWords(["spend"], async () => ({ default: (await import("../../features/rating/oneTime/OneTimeCharges")).OneTimeCharges })));
const Discounts = lazy(withWords(["discounts"], async () => ({ default: (await import("../../features/invoicing/discounts/Discounts")).Discounts })));
const BillProfileView = lazy(withWords(["billing"], async () => ({ default: (await import("../../features/invoicing/billProfile/BillProfileView")).BillProfileView })));
const AccountCreditNotes = lazy(withWords(["credits"], () => import("../../features/invoicing/credits/AccountCreditNotes")));
const CustomerLateFees = lazy(withWords(["latefees"], async () => ({ default: (await import("../../features/invoicing/lateFees/CustomerLateFees")).CustomerLateFees })));
const CustomerDunning = lazy(withWords(["dunning", "network"], async () => ({ default: (await import("../../features/payments/dunning/CustomerDunning")).CustomerDunning })));
const CustomerLimits = lazy(withWords(["limits", "network"], async () => ({ default: (await import("../../features/payments/limits/CustomerLimits")).CustomerLimits })));
const GrantedCredits = lazy(withWords(["payments"], async () => ({ default: (await import("../../features/payments/GrantedCredits")).GrantedCredits })));
const Deposits = lazy(withWords(["payments"], async () => ({ default: (await import("../../features/payments/Deposits")).Deposits })));
const PaymentMethods = lazy(withWords(["bank"], async () => ({ default: (await import("../../features/payments/PaymentMethods")).PaymentMethods })));
const TopUps = lazy(withWords(["vouchers"], async () => ({ default: (await import("../../features/payments/vouchers/TopUps")).TopUps })));
const Owed = lazy(withWords(["contested"], async () => ({ default: (await import("../../features/payments/contested/Owed")).Owed })));
const Statement = lazy(withWords(["statement", "incoming", "payments"], async () => ({ default: (await import("../../features/payments/statement/Statement")).Statement })));
const PersonalData = lazy(withWords(["personal"], async () => ({ default: (await import("../../features/reporting/personalData/PersonalData")).PersonalData })));
const CustomerLinks = lazy(withWords(["customerlinks"], async () => ({ default: (await import("../../features/reporting/customerLinks/CustomerLinks")).CustomerLinks })));
const CustomerGroup = lazy(async () => ({ default: (await import("../../features/rating/customers/CustomerGroup")).CustomerGroup }));
const AsOf = lazy(withWords(["audit"], () => import("../../features/payments/AsOf")));

type View = "services" | "config" | "spend" | "charges" | "discounts" | "statement" | "credits" | "limits" | "invoices" | "late_fees" | "dunning" | "group" | "personal" | "timeline";

export default function CustomerPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const mayWrite = useMay("write");
  const mayAudit = useMay("audit");
  const [mayErase, mayExport] = [useMay("manage_access"), useMay("personal_data")];
  const timeline: DetailTab<CustomerDetail, View> = { id: "timeline", render: () => <AccountTimeline id={id} /> };
  return (
    <DetailPage
      words="customer" id={id} query={useCustomer(id)} list={{ to: "/customers", title: t("customers.title") }}
      name={({ name }) => nameOf(name)} zone={({ time_zone }) => time_zone}
      head={(customer) => <Head customer={customer} />}
      tabs={[
        { id: "services", render: () => <CustomerServices accountId={id} mayStart={mayWrite} /> },
        { id: "config", render: () => <BillProfileView accountId={id} mayWrite={mayWrite} /> },
        { id: "spend", render: ({ currency }) => <Spend id={id} currency={currency} maySet={mayWrite} /> },
        { id: "charges", render: ({ currency }) => <OneTimeCharges whose={{ account_id: id }} currency={currency} mayAdd={mayWrite} /> },
        { id: "discounts", render: ({ currency }) => <Discounts id={id} currency={currency} mayGrant={mayWrite} /> },
        { id: "statement", render: ({ currency }) => <div className="stack"><Owed id={id} mayWrite={mayWrite} /><Statement id={id} currency={currency} mayAdjust={mayWrite} /></div> },
        { id: "credits", render: ({ currency, email }) => <div className="stack"><GrantedCredits id={id} currency={currency} mayGrant={mayWrite} /><Deposits id={id} currency={currency} mayAsk={mayWrite} /><TopUps id={id} currency={currency} email={email ?? null} mayWrite={mayWrite} /><PaymentMethods id={id} mayWrite={mayWrite} /></div> },
        { id: "limits", render: () => <CustomerLimits id={id} mayWrite={mayWrite} /> },
        { id: "invoices", render: () => <div className="stack"><AccountInvoices id={id} mayInvoice={mayWrite} /><Suspense fallback={null}><AccountCreditNotes id={id} /></Suspense></div> },
        { id: "late_fees", render: () => <CustomerLateFees id={id} /> },
        { id: "dunning", render: () => <CustomerDunning id={id} mayWrite={mayWrite} /> },
        { id: "group", render: (customer) => <CustomerGroup customer={customer} /> },
        { id: "personal", render: () => <PersonalData id={id} mayErase={mayErase} mayExport={mayExport} /> },
        ...(mayAudit ? [timeline] : []),
      ]}
      side={(customer) => <CustomerSide customer={customer}><Suspense fallback={null}>{mayExport && <CustomerLinks id={id} />}<AsOf id={id} of="account" /></Suspense></CustomerSide>}
    />
  );
}

function Head({ customer: { id, name, status } }: { customer: CustomerDetail }) {
  return (
    <>
      <h1 dir="auto">{nameOf(name) ?? id}</h1>
      <CopyButton text={id} />
      <StatusTag kind="account" status={status} />
      <Processing subject={id} />
    </>
  );
}
