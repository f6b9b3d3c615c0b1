/** `/billing-runs/:id`: what a run comes to, what it found at each account, and what may be done with it. */
import { useParams } from "react-router";
import { useRun } from "../../features/invoicing/runs/queries";
import { KindText } from "../../features/invoicing/runs/RunFacts";
import { RunPreviewView } from "../../features/invoicing/runs/RunPreviewView";
import { RunResults } from "../../features/invoicing/runs/RunResults";
import { RunSide } from "../../features/invoicing/runs/RunSide";
import { useI18n } from "../../lib/i18n";
import { formatDate } from "../../lib/time";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function BillingRunPage() {
  const { t, locale } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      words="run" id={id} query={useRun(id)} list={{ to: "/billing-runs", title: t("runs.title") }}
      name={({ target_date }) => t("run.of_day", { day: formatDate(locale, target_date) })}
      head={(run) => <><h1><KindText run={run} /> {t("run.up_to", { day: formatDate(locale, run.target_date) })}</h1><CopyButton text={id} /><StatusTag kind="run" status={run.status} /><Processing subject={id} /></>}
      tabs={[{ id: "preview", render: (run) => <RunPreviewView run={run} /> }, { id: "results", render: (run) => <RunResults run={run} /> }]}
      side={(run) => <RunSide run={run} />}
    />
  );
}
