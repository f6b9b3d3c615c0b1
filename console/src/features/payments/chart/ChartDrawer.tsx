/** A whole chart, from a day on: begun from the one that holds or from a sample, number by number. */
import { useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { RuleRows } from "./RuleRows";
import { readCharts, useSamples, type ChartBody, type Charts, type Rule } from "./queries";

const omit = { omit: ["rules"] };

export function ChartDrawer({ charts, onClose }: { charts: Charts; onClose: () => void }) {
  const { t } = useI18n();
  const { data: samples } = useSamples();
  // What the form began with: a chart that is read anew meanwhile does not change what is being written.
  const [begun] = useState(charts);
  const [rules, setRules] = useState<readonly Rule[]>(begun.in_force.rules);
  const set = useCommand({
    words: "chart_set", touches: ["chart-of-accounts", "journal"], version: () => begun.version, reread: () => readCharts(),
    send: (body: ChartBody, headers) => api.PUT("/v1/chart-of-accounts", { body, headers }),
  });
  const { name, datev } = begun.in_force;
  const given = datev ? Object.fromEntries(Object.entries(datev).map(([field, value]) => [`/datev/${field}`, String(value)])) : {};
  return (
    <CommandDrawer
      title={t("chart.set")} verb={t("chart.set")} body="ChartOfAccountsBody" wish={omit} words="chart_form" changes="chart" command={set} given={{ name, ...given }}
      onSend={(body) => set.run({ ...body, rules } as unknown as ChartBody, begun)} onClose={onClose}
    >
      {() => (
        <div className="stack">
          <label className="form-field">
            <span>{t("chart.from_sample")}</span>
            <select className="field" defaultValue="" onChange={(event) => setRules(samples?.items[Number(event.target.value)]?.rules ?? begun.in_force.rules)}>
              <option value="">{begun.in_force.name}</option>
              {samples?.items.map((sample, n) => <option key={sample.name} value={n}>{sample.name}</option>)}
            </select>
          </label>
          <RuleRows rules={rules} onChange={setRules} />
        </div>
      )}
    </CommandDrawer>
  );
}
