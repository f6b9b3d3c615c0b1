/**
 * A few facts, each with its name: `<Facts facts={[[t("invoice.net"), <Money value={net} />], …]} />`.
 *
 * A fact that is null, false or undefined has no line; one that ends a sum is set off: `[name, value, "sum"]`.
 */
import type { ReactNode } from "react";

export type Fact = readonly [name: string, value: ReactNode, look?: "sum"] | null | false | undefined;

export function Facts({ facts }: { facts: readonly Fact[] }) {
  const shown = facts.filter((fact): fact is Exclude<Fact, null | false | undefined> => Boolean(fact));
  return (
    <dl className="pairs">
      {shown.map(([name, value, look]) => (
        <div key={name} className={look}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
