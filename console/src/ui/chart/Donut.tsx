/** Parts of a whole as a ring, with each part's name, value, share, and what is told beside it. */
import { Link } from "react-router";
import { isNegative, permille, sum } from "../../lib/decimal";
import { useI18n } from "../../lib/i18n";
import { formatPercent } from "../../lib/money";
import type { ChartProps } from "./Chart";
import { ringOf } from "./ring";

const side = 160;
const width = 26;
const radius = (side - width) / 2;

export function Donut({ labels, series, beside = [], rows, height, format }: ChartProps & { height: number; format: (value: string) => string }) {
  const { locale } = useI18n();
  const values = labels.map((_, index) => series[0]?.values[index] ?? "0");
  const whole = sum(values.filter((value) => !isNegative(value)));
  const around = 2 * Math.PI * radius;
  return (
    <div className="chart-donut" style={{ minHeight: `${height}px` }}>
      <svg className="chart-ring" viewBox={`0 0 ${side} ${side}`} role="presentation">
        <circle className="chart-ring-ground" cx={side / 2} cy={side / 2} r={radius} strokeWidth={width} />
        {ringOf(values).map(({ place, from, part }) => (
          <circle
            key={place} className={`chart-ring-part series-${place % 5}`} cx={side / 2} cy={side / 2} r={radius} strokeWidth={width}
            strokeDasharray={`${Math.max(part * around - 1.5, 0.5)} ${around}`} strokeDashoffset={-from * around} transform={`rotate(-90 ${side / 2} ${side / 2})`}
          >
            <title>{`${labels[place]}: ${format(values[place]!)}`}</title>
          </circle>
        ))}
      </svg>
      <ul className="chart-parts">
        {labels.map((label, index) => {
          const to = rows?.[index];
          const share = isNegative(values[index]!) ? null : permille(values[index]!, whole);
          return (
            <li key={label}>
              <span className={`chart-key series-${index % 5}`} aria-hidden="true" />
              <span className="grow">
                {to ? <Link to={to}>{label}</Link> : label}
                {beside.map(({ name, values: of }) => of[index] && <span key={name} className="small muted below">{name}: <bdi>{of[index]}</bdi></span>)}
              </span>
              <span className="end number" dir="ltr">{format(values[index]!)}{share !== null && <span className="small muted below">{formatPercent(locale, share)}</span>}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
