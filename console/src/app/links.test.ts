import { matchPath } from "react-router";
import { expect, test } from "vitest";
import { pages } from "./routes";

const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.{ts,tsx}", "!../api/**"], { query: "?raw", import: "default", eager: true });

/** What is a link wherever it leads. */
const links = /(?:\bto=\{?|navigate\(|\bto: )[`"](\/[a-z][^`"\s]*)[`"]/g;

/** What a function or a table gives: a link, or a pointer into a body, which begins as no page does. */
const given = /(?:=>\s|\breturn |: )[`"](\/[a-z][^`"\s]*)[`"]/g;

/** `/invoices/${encodeURIComponent(id)}?explain=2` leads where `/invoices/x` does. */
const placeOf = (link: string) => link.replaceAll(/\$\{[^}]*\}/g, "x").replace(/[?#].*$/, "");
const beginnings = new Set(pages.map(({ path }) => path.split("/")[1]));

function placesIn(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].map(([, link = ""]) => placeOf(link));
}

test("every link leads to a page", () => {
  const found = Object.entries(sources).flatMap(([file, source]) => [...placesIn(source, links), ...placesIn(source, given).filter((place) => beginnings.has(place.split("/")[1]))].map((place) => [file, place] as const));
  expect(found.length).toBeGreaterThan(60);
  expect(found.filter(([, place]) => place !== "/login" && !pages.some(({ path }) => matchPath(path, place)))).toEqual([]);
});
