/** `/usage/dead-letters/:id`: a dead letter with its payload, and the ways out. */
import { useParams } from "react-router";
import { DeadLetterSide, Payload } from "../../features/usage/audit/DeadLetterParts";
import { useDeadLetter } from "../../features/usage/audit/deadLetters";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function DeadLetterPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      trail={null}
      words="dead_letter" id={id} query={useDeadLetter(id)} list={{ to: "/usage/dead-letters", title: t("dead_letters.title") }}
      name={(letter) => letter.id}
      head={(letter) => <><h1 dir="ltr">{letter.id}</h1><CopyButton text={letter.id} /><StatusTag kind="dead_letter" status={letter.status} /><Processing subject={letter.id} /></>}
      tabs={[{ id: "payload", render: (letter) => <Payload letter={letter} /> }]}
      side={(letter) => <DeadLetterSide letter={letter} />}
    />
  );
}
