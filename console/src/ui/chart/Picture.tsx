/** The picture of a chart as SVG of our own: an axis with round values, columns on each other, lines or steps, names below. */
import { useEffect, useRef, useState, type RefObject } from "react";
import type { ChartProps, Series } from "./Chart";
import { scaleOf, type Scale } from "./scale";
import { columnsOf, stackEnds } from "./stack";
import { steps } from "./waterfall";

interface Props extends ChartProps {
  height: number;
  format: (value: string) => string;
  /** For the axis, where there is little room. */
  short: (value: string) => string;
}

/** Until the picture knows how wide it is. */
const usual_width = 720;
/** Room for the values beside the axis, and for the names below it. */
const left = 64;
const below = 40;
const above = 8;
/** A name below the axis needs at least so much, and more if it is long; where there is less, only every second or third is written. */
const name_px = 56;
const letter_px = 7;

export function Picture({ kind, labels, series, line, beside = [], height, format, short, onStretch }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const [began, setBegan] = useState<number | null>(null);
  const picture = useRef<SVGSVGElement>(null);
  const width = useWidth(picture);
  const room = height - below - above;
  const scale = scaleOf([...ends(kind, series), ...(line?.values ?? []).filter((value) => value !== null)], room);
  const step = (width - left) / Math.max(1, labels.length);
  // Where few names are long they stand on two lines by turns, and all of them are written.
  const isStaggered = labels.length <= 8 && labels.length > 1 && names_px(labels) > (width - left);
  const every = isStaggered ? 1 : Math.max(1, Math.ceil(names_px(labels) / (width - left)));
  const marked = at === null ? null : began === null ? [at, at] as const : [Math.min(began, at), Math.max(began, at)] as const;
  const ended = () => {
    if (began !== null && marked !== null) onStretch?.(marked[0], marked[1]);
    setBegan(null);
  };
  return (
    <svg
      ref={picture} className={onStretch ? "chart-picture brushable" : "chart-picture"} viewBox={`0 0 ${width} ${height}`} role="presentation" style={{ height: `${height}px` }}
      onPointerLeave={() => { setAt(null); setBegan(null); }} onPointerUp={ended}
    >
      <g transform={`translate(0 ${above})`}>
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line className="chart-line" x1={left} x2={width} y1={scale.y(tick)} y2={scale.y(tick)} />
            <text className="chart-text end" x={left - 8} y={scale.y(tick) + 4}>{short(tick)}</text>
          </g>
        ))}
        {marked !== null && <rect className="chart-at" x={left + marked[0] * step} width={step * (marked[1] - marked[0] + 1)} y={0} height={room} />}
        {kind === "columns" && <Columns series={series} scale={scale} step={step} />}
        {kind === "lines" && <Lines series={series} scale={scale} step={step} />}
        {kind === "waterfall" && <Steps series={series} scale={scale} step={step} />}
        {line && <Line values={line.values} scale={scale} step={step} className="chart-path compared" />}
        {labels.map((label, index) => (
          <g key={`${index} ${label}`}>
            {index % every === 0 && <text className="chart-text middle" x={left + (index + 0.5) * step} y={room + (isStaggered && index % 2 === 1 ? 32 : 18)}>{label}</text>}
            <rect className="chart-hover" x={left + index * step} width={step} y={0} height={room} onPointerEnter={() => setAt(index)} onPointerDown={() => onStretch && setBegan(index)}>
              <title>{[label, ...told(line ? [...series, line] : series, index, format), ...told(beside, index, (text) => text)].join("\n")}</title>
            </rect>
          </g>
        ))}
      </g>
    </svg>
  );
}

/** What the names below the axis need, if each has as much as the longest. */
function names_px(labels: readonly string[]): number {
  return labels.length * Math.max(name_px, ...labels.map(({ length }) => length * letter_px));
}

function told(series: readonly Series[], index: number, format: (value: string) => string): string[] {
  return series.flatMap(({ name, values }) => (values[index] == null ? [] : [`${name}: ${format(values[index])}`]));
}

/** What the axis has to hold. */
function ends(kind: ChartProps["kind"], series: readonly Series[]): string[] {
  if (kind === "columns") return stackEnds(series);
  if (kind === "waterfall") return steps(series[0]?.values ?? []).flatMap(({ from, to }) => [from, to]);
  return series.flatMap((one) => one.values.filter((value) => value !== null));
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
  return columnsOf(series).map(({ place, series: index, from, to }) => <Bar key={`${place}-${index}`} className={`series-${index % 5}`} place={place} from={from} to={to} scale={scale} step={step} />);
}

function Steps({ series, scale, step }: Drawing) {
  return steps(series[0]?.values ?? []).map(({ place, from, to, tone }) => <Bar key={place} className={`step-${tone}`} place={place} from={from} to={to} scale={scale} step={step} />);
}

function Bar({ className, place, from, to, scale, step }: { className: string; place: number; from: string; to: string; scale: Scale; step: number }) {
  const [top, bottom] = [scale.y(from), scale.y(to)].sort((a, b) => a - b) as [number, number];
  return <rect className={`chart-column ${className}`} x={left + (place + 0.2) * step} width={step * 0.6} y={top} height={Math.max(bottom - top, 0.5)} />;
}

function Lines({ series, scale, step }: Drawing) {
  return series.map(({ name, values }, index) => <Line key={name} values={values} scale={scale} step={step} className={`chart-path series-${index % 5}`} />);
}

function Line({ values, scale, step, className }: { values: Series["values"]; scale: Scale; step: number; className: string }) {
  // A gap begins the line anew.
  const path = values.map((value, place) => (value === null ? null : `${values[place - 1] == null ? "M" : "L"}${(left + (place + 0.5) * step).toFixed(1)},${scale.y(value).toFixed(1)}`));
  return <path className={className} d={path.filter((part) => part !== null).join(" ")} vectorEffect="non-scaling-stroke" />;
}
