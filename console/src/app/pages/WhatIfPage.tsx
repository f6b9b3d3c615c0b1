/** `/proof/what-if`: a candidate version of a plan beside what was charged, over months that are closed. */
import { useEffect, useState } from "react";
import { useMay } from "../../features/identity/session";
import { TariffTabs } from "../../features/rating/TariffTabs";
import { useWhatIf } from "../../features/rating/whatIf/queries";
import { WhatIfForm } from "../../features/rating/whatIf/WhatIfForm";
import { WhatIfResult } from "../../features/rating/whatIf/WhatIfResult";
import "../../features/rating/whatIf/whatIf.css";
import { fieldErrorsOf } from "../../lib/commands";
import { useI18n } from "../../lib/i18n";
import { isStatus } from "../../lib/problem";
import { Card } from "../../ui/Card";
import { PageTitle } from "../../ui/PageTitle";
import { EmptyState, ErrorState } from "../../ui/States";

export default function WhatIfPage() {
  const { t } = useI18n();
  const [people, setPeople] = useState<readonly string[]>([]);
  const compare = useWhatIf();
  const mayAudit = useMay("audit");
  const refused = fieldErrorsOf(compare.error);
  const again = () => compare.variables && compare.mutate(compare.variables);
  return (
    <div className="stack">
      <PageTitle of={t("whatif.title")} />
      <TariffTabs current="what_if" />
      <h1>{t("whatif.title")}</h1>
      <p className="muted">{t("whatif.intro")}</p>
      {!mayAudit ? <EmptyState icon="lock" title={t("state.forbidden")}><p className="muted">{t("state.forbidden_hint")}</p></EmptyState> : (
        <>
          <WhatIfForm people={people} onPeople={setPeople} refused={refused} isBusy={compare.isPending} onRun={compare.mutate} />
          <div className="stack" aria-live="polite" aria-busy={compare.isPending}>
            {compare.isPending && <Running onStop={compare.stop} />}
            {compare.error && !compare.isPending && (isStatus(compare.error, 503) ? <EmptyState icon="clock" title={t("whatif.busy")}><button type="button" className="button" onClick={again}>{t("whatif.again")}</button></EmptyState> : refused.size === 0 && <ErrorState error={compare.error} onRetry={again} />)}
            {compare.data && !compare.isPending && <WhatIfResult result={compare.data} />}
          </div>
        </>
      )}
    </div>
  );
}

/** Nobody knows how long it takes, two minutes at most: what is told is how long it has taken. */
function Running({ onStop }: { onStop: () => void }) {
  const { t } = useI18n();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Card title={t("whatif.running")}>
      <div className="stack">
        <progress className="import-progress" aria-label={t("job.progress")} />
        <div className="row wrap"><span className="grow muted" aria-hidden="true">{t("whatif.seconds", { count: seconds })}</span><button type="button" className="button" onClick={onStop}>{t("job.cancel")}</button></div>
      </div>
    </Card>
  );
}
