/** Why a record stands where it stands, in words, with what the server says of this one below. */
import { useLabel } from "../../lib/i18n";
import { Nothing } from "../../ui/Value";

export function Reason({ reason, detail }: { reason: string | null; detail: string | null }) {
  const label = useLabel();
  if (reason === null && detail === null) return <Nothing />;
  return (
    <span>
      {reason !== null && label(`usage_reason.${reason}`, reason)}
      {detail !== null && <span className="small muted below" dir="auto">{detail}</span>}
    </span>
  );
}
