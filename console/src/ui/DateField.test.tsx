import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { DateField } from "./DateField";

function Page({ told }: { told: string[] }) {
  const [value, setValue] = useState("2026-11-01");
  const change = (next: string) => {
    told.push(next);
    setValue(next);
  };
  return (
    <>
      <DateField label="From" value={value} onChange={change} />
      <button onClick={() => change("")}>clear</button>
    </>
  );
}

test("a date on its way to another keeps its field: a half-typed year is not told, an emptied field when it is left", () => {
  const told: string[] = [];
  render(<Page told={told} />);
  const field = screen.getByLabelText("From");
  field.focus();
  fireEvent.change(field, { target: { value: "" } });
  fireEvent.change(field, { target: { value: "0002-11-01" } });
  expect(field).toHaveValue("0002-11-01");
  expect(told).toEqual([]);
  fireEvent.change(field, { target: { value: "2025-11-01" } });
  expect(told).toEqual(["2025-11-01"]);
  fireEvent.change(field, { target: { value: "" } });
  expect(told).toEqual(["2025-11-01"]);
  field.blur();
  expect(told).toEqual(["2025-11-01", ""]);
});

test("a date that is changed from elsewhere is shown", () => {
  render(<Page told={[]} />);
  fireEvent.click(screen.getByText("clear"));
  expect(screen.getByLabelText("From")).toHaveValue("");
});
