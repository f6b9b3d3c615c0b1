/** What a figure means in the reader's language, else as the catalogue of reports says it, and how it is worked out. */
import { useLabel } from "../../../lib/i18n";
import type { About } from "../../../ui/chart/Chart";
import { useCatalogue } from "./queries";

/** Of a report as a whole, by the figure that its chart draws. */
export function useAbout(report: string, column: string): About | undefined {
  const label = useLabel();
  const { data } = useCatalogue();
  const entry = data?.items.find(({ name }) => name === report);
  const definition = label(`analytics.is_${report.replaceAll("-", "_")}`, entry?.definition ?? "");
  const formula = entry?.columns.find(({ name }) => name === column)?.formula;
  return definition === "" ? undefined : { definition, formula: formula ?? undefined };
}

/** Of one of the figures that the report of figures calls by name. */
export function useAboutKpi(name: string): About | undefined {
  const label = useLabel();
  const { data } = useCatalogue();
  const entry = data?.items.find((report) => report.name === "kpis")?.figures.find((figure) => figure.name === name);
  const definition = label(`analytics.is_kpi_${name}`, entry?.definition ?? "");
  return definition === "" ? undefined : { definition, formula: entry?.formula ?? undefined };
}
