/** What a figure means and how it is worked out, its rows place by place, and its values as a file. */
import { Link } from "react-router";
import { useI18n } from "../../lib/i18n";
import { saveText } from "../../lib/save";
import { Disclosure } from "../Disclosure";
import { Icon } from "../Icon";
import type { ChartProps } from "./Chart";
import { csvOf } from "./csv";

export function ChartMenu(props: ChartProps & { isEmpty: boolean }) {
  const { title, about, rows, labels, file, isEmpty } = props;
  const { t } = useI18n();
  const places = isEmpty ? [] : labels.flatMap((label, index) => (rows?.[index] ? [{ label, to: rows[index] }] : []));
  if (!about && places.length === 0 && (!file || isEmpty)) return null;
  return (
    <>
      {about && <AboutFigure name={title} about={about} />}
      {(places.length > 0 || (file && !isEmpty)) && (
        <Disclosure label={t("chart.more", { title })} button={<Icon name="more" />} className="button quiet icon">
          {(close) => (
            <div className="chart-menu">
              {file && !isEmpty && <button type="button" className="menu-item" onClick={() => { saveText(`${file}.csv`, "text/csv", csvOf(props, t("chart.place"))); close(); }}>{t("chart.csv")}</button>}
              {places.length > 0 && (
                <section className="chart-rows">
                  <h3>{t("chart.rows")}</h3>
                  <ul>{places.map(({ label, to }, index) => <li key={`${index} ${label}`}><Link className="menu-item" to={to}>{label}</Link></li>)}</ul>
                </section>
              )}
            </div>
          )}
        </Disclosure>
      )}
    </>
  );
}

/** A question mark that answers with the definition of a figure, and its formula. */
export function AboutFigure({ name, about: { definition, formula } }: { name: string; about: { definition: string; formula?: string | undefined } }) {
  const { t } = useI18n();
  return (
    <Disclosure label={t("chart.meaning", { title: name })} button={<Icon name="info" />} className="button quiet icon">
      {() => (
        <div className="chart-about small">
          <p><bdi>{definition}</bdi></p>
          {formula && <p className="muted">{t("chart.formula")} <code>{formula}</code></p>}
        </div>
      )}
    </Disclosure>
  );
}
