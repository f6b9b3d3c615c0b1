/** `/dunning/:id`: a case, what happened in it and what comes, and what can be done. */
import { useParams } from "react-router";
import { CaseMain, CaseSide } from "../../features/payments/dunning/CaseParts";
import { useCase } from "../../features/payments/dunning/queries";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { CustomerName } from "../../ui/Named";
import { StatusTag } from "../../ui/StatusTag";

export default function DunningCasePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      words="dunning_case" id={id} query={useCase(id)} list={{ to: "/dunning", title: t("cases.title") }}
      name={({ account_id }) => account_id}
      head={({ account_id, status }) => <><h1><CustomerName id={account_id} /></h1><CopyButton text={id} /><StatusTag kind="dunning" status={status} /><Processing subject={id} /></>}
      tabs={[{ id: "case", render: (one) => <CaseMain one={one} /> }]}
      side={(one) => <CaseSide one={one} />}
    />
  );
}
