/** How far a thing has come: its steps in order, those behind it ticked, the one it stands at named to a screen reader. */
import { Icon } from "../Icon";
import "./Stepper.css";

export interface Step {
  name: string;
  done: boolean;
  current: boolean;
}

export function Stepper({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="stepper">
      {steps.map(({ name, done, current }) => (
        <li key={name} className={done ? "done" : undefined} aria-current={current ? "step" : undefined}>
          <Icon name={done ? "checkCircle" : "circle"} /> {name}
        </li>
      ))}
    </ol>
  );
}
