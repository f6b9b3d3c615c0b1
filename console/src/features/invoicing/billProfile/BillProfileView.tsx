/** How a customer is billed, section by section; each says of its settings where they come from. */
import { ErrorState, Skeleton } from "../../../ui/States";
import { useBillProfile } from "./queries";
import type { ProfileSection } from "./section";
import "./billProfile.css";

const found = import.meta.glob<ProfileSection>("./sections/*.tsx", { eager: true, import: "default" });
const sections = Object.entries(found).toSorted(([, one], [, other]) => one.order - other.order);

export function BillProfileView({ accountId, mayWrite }: { accountId: string; mayWrite: boolean }) {
  const { data, error, refetch } = useBillProfile(accountId);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} height={40} />;
  return <>{sections.map(([file, { Section }]) => <Section key={file} profile={data} mayWrite={mayWrite} />)}</>;
}
