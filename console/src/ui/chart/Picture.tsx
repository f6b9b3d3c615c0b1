/** The picture of a chart as SVG of our own: an axis with round values, columns on each other or lines, names below. */
import { useEffect, useRef, useState, type RefObject } from "react";
import type { ChartProps } from "./Chart";
import { scaleOf, type Scale } from "./scale";
import { columnsOf, stackEnds } from "./stack";

interface Props extends ChartProps {
  height: number;
  format: (value: string) => string;
}

/** Until the picture knows how wide it is. */
const usual_width = 720;
/** Room for the values beside the axis, and for the names below it. */
const left = 84;
const below = 24;
const above = 8;
/** A name below the axis needs at least so much, and more if it is long; where there is less, only every second or third is written. */
const name_px = 56;
const letter_px = 7;

export function Picture({ kind, labels, series, height, format }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const picture = useRef<SVGSVGElement>(null);
  const width = useWidth(picture);
  const room = height - below - above;
  const values = kind === "columns" ? stackEnds(series) : series.flatMap((one) => one.values.filter((value) => value !== null));
  const scale = scaleOf(values, room);
  const step = (width - left) / Math.max(1, labels.length);
  const every = Math.max(1, Math.ceil((labels.length * Math.max(name_px, ...labels.map(({ length }) => length * letter_px))) / (width - left)));
  return (
    <svg ref={picture} className="chart-picture" viewBox={`0 0 ${width} ${height}`} role="presentation" style={{ height: `${height}px` }} onPointerLeave={() => setAt(null)}>
      <g transform={`translate(0 ${above})`}>
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line className="chart-line" x1={left} x2={width} y1={scale.y(tick)} y2={scale.y(tick)} />
            <text className="chart-text end" x={left - 8} y={scale.y(tick) + 4}>{format(tick)}</text>
          </g>
        ))}
        {at !== null && <rect className="chart-at" x={left + at * step} width={step} y={0} height={room} />}
        {kind === "columns" ? <Columns series={series} scale={scale} step={step} /> : <Lines series={series} scale={scale} step={step} />}
        {labels.map((label, index) => (
          <g key={label}>
            {index % every === 0 && <text className="chart-text middle" x={left + (index + 0.5) * step} y={room + 18}>{label}</text>}
            <rect className="chart-hover" x={left + index * step} width={step} y={0} height={room} onPointerEnter={() => setAt(index)}>
              <title>{[label, ...series.flatMap(({ name, values: of }) => (of[index] == null ? [] : [`${name}: ${format(of[index])}`]))].join("\n")}</title>
            </rect>
          </g>
        ))}
      </g>
    </svg>
  );
}

/** Follows the width of the picture, so that its text keeps its size. */
function useWidth(picture: RefObject<SVGSVGElement | null>): number {
  const [width, setWidth] = useState(usual_width);
  useEffect(() => {
    const element = picture.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(left * 2, Math.round(element.clientWidth) || usual_width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [picture]);
  return width;
}

interface Drawing {
  series: ChartProps["series"];
  scale: Scale;
  step: number;
}

function Columns({ series, scale, step }: Drawing) {
  return columnsOf(series).map(({ place, series: index, from, to }) => {
    const [top, bottom] = [scale.y(from), scale.y(to)].sort((a, b) => a - b) as [number, number];
    return <rect key={`${place}-${index}`} className={`chart-column series-${index % 5}`} x={left + (place + 0.2) * step} width={step * 0.6} y={top} height={Math.max(bottom - top, 0.5)} />;
  });
}

function Lines({ series, scale, step }: Drawing) {
  return series.map(({ name, values }, index) => {
    // A gap begins the line anew.
    const path = values.map((value, place) => (value === null ? null : `${values[place - 1] == null ? "M" : "L"}${(left + (place + 0.5) * step).toFixed(1)},${scale.y(value).toFixed(1)}`));
    return <path key={name} className={`chart-path series-${index % 5}`} d={path.filter((part) => part !== null).join(" ")} vectorEffect="non-scaling-stroke" />;
  });
}
