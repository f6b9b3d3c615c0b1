import { expect, test } from "vitest";
import { counted, inUnit, unitFor, unitName, unitOf, unitsOf } from "./units";

const gigabyte = unitOf("data.octets");

test("a quantity in a unit becomes what the meter counts and comes back, digit for digit", () => {
  for (const [text, octets] of [["200", "200000000000"], ["0,5", "500000000"], ["123456789012.000000001", "123456789012000000001"], ["0", "0"]] as const) {
    expect(counted(text, gigabyte)).toBe(octets);
    expect(inUnit(octets, gigabyte)).toBe(text.replace(",", "."));
  }
});

test("what no finite decimal says is not rounded", () => {
  const [second, minute, hour] = unitsOf("voice.seconds");
  expect(inUnit("90", minute!)).toBe("1.5");
  expect(inUnit("100", hour!)).toBeNull();
  expect(inUnit("100", second!)).toBe("100");
});

test("a price that is there is shown in the unit that its quantities can be written in", () => {
  expect(unitFor("data.octets", ["200000000000", "1000000000"]).name).toBe("gigabyte");
  expect(unitFor("data.octets", ["1048576"]).name).toBe("kilobyte");
  expect(unitFor("data.octets", ["1"]).name).toBe("byte");
  expect(unitFor("voice.seconds", ["100"]).name).toBe("second");
  expect(unitFor("lines", ["3"])).toEqual({ name: "lines", factor: 1n });
});

test("units are written as each language writes them", () => {
  expect(unitName("en", gigabyte)).toBe("GB");
  expect(unitName("fr", gigabyte)).toBe("Go");
  expect(unitName("de", { name: "messages", factor: 1n })).toBe("messages");
});
