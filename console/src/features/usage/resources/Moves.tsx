/** Which usage a reassignment takes along: how many records, from whom and to whom. */
import { useI18n } from "../../../lib/i18n";
import { CustomerName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { Count } from "../../../ui/Value";
import type { Reassignment } from "./queries";

type Holder = Reassignment["moves"][number]["to"];

export function Moves({ reassignment: { moves, records, may_be_too_late } }: { reassignment: Reassignment }) {
  const { t } = useI18n();
  if (records === 0) return <p>{t("resource.moves_nothing")}</p>;
  return (
    <div className="stack">
      <PlainTable label={t("resource.moves")}>
        <thead><tr><th scope="col">{t("resource.moves_from")}</th><th scope="col">{t("resource.moves_to")}</th><th scope="col" className="end">{t("resource.moves_records")}</th></tr></thead>
        <tbody>
          {moves.map((move) => (
            <tr key={`${move.from.subscription_id} ${move.to?.subscription_id ?? ""}`}>
              <th scope="row"><Whose holder={move.from} /></th>
              <td><Whose holder={move.to} /></td>
              <td className="end"><Count value={move.records} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {may_be_too_late > 0 && <p className="small form-note">{t("resource.moves_late", { count: may_be_too_late })}</p>}
    </div>
  );
}

function Whose({ holder }: { holder: Holder }) {
  const { t } = useI18n();
  if (holder === null) return <span className="muted">{t("resource.moves_nobody")}</span>;
  return <><CustomerName id={holder.account_id} /> <span className="small muted" dir="ltr">{holder.subscription_id}</span></>;
}
