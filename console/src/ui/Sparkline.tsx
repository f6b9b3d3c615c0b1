/**
 * A line of a few decimal strings, as SVG of our own; the figure beside it says what it shows, so it is decoration.
 *
 * Heights are shares of the span between the least and the greatest value, computed on BigInts: no amount becomes a
 * number, only its place on the picture does.
 */
import { decimal } from "../lib/decimal";

const width = 120;
const height = 32;
const inset = 2;

export function Sparkline({ values }: { values: readonly string[] }) {
  if (values.length < 2) return <svg className="sparkline" aria-hidden="true" viewBox={`0 0 ${width} ${height}`} />;
  const points = place(values);
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" L");
  const end = points.at(-1) ?? [width, height];
  return (
    <svg className="sparkline" aria-hidden="true" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none">
      <path className="sparkline-area" d={`M${inset},${height} L${line} L${end[0]},${height} Z`} />
      <path className="sparkline-line" d={`M${line}`} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function place(values: readonly string[]): [number, number][] {
  const decimals = values.map(decimal);
  const scale = Math.max(...decimals.map((value) => value.scale));
  const units = decimals.map((value) => value.units * 10n ** BigInt(scale - value.scale));
  const least = units.reduce((a, b) => (b < a ? b : a));
  const greatest = units.reduce((a, b) => (b > a ? b : a));
  const span = greatest - least || 1n;
  const room = height - 2 * inset;
  return units.map((value, index) => [
    inset + (index * (width - 2 * inset)) / (units.length - 1),
    height - inset - (Number(((value - least) * 1000n) / span) / 1000) * room,
  ]);
}
