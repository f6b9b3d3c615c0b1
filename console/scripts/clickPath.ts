/**
 * Writes docs/console.md from the steps that the walk clicks (e2e/month/steps.ts): each with its sentence and its picture.
 *
 *     node scripts/clickPath.ts write     writes it
 *     node scripts/clickPath.ts check     exits 1 where it is not what the steps say, or a picture is missing or left over
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { chapters, type Chapter } from "../e2e/month/steps.ts";

const docs = new URL("../../docs/", import.meta.url);
const page = new URL("console.md", docs);
const pictures = new URL("images/month/", docs);

const told: readonly Chapter[] = chapters;
const steps = told.flatMap((chapter) => chapter.steps);

export function text(): string {
  let number = 0;
  const parts = told.map(({ title, steps }) =>
    [`## ${title}`, ...steps.map((step) => `### ${++number}. ${step.title}\n\n${step.says}\n\n![${step.title}](images/month/${step.name}.webp)`)].join("\n\n"));
  return `# The console: a month, click by click

What a billing clerk does from an empty installation to the money that came in. \`tests/console/test_month.py\` clicks each of these steps on
a running stack and takes these pictures; \`make pictures\` takes them anew and writes this page, from
[console/e2e/month/steps.ts](../console/e2e/month/steps.ts).

Keys work everywhere: \`?\` lists them. Every list has filters, columns to choose, views to keep, an export, and a look at a row beside it (\`p\`);
every page of a thing has its **History**, what the log tells of it. Dates are those of the test clock.

${parts.join("\n\n")}
`;
}

export function complaints(): string[] {
  const there = existsSync(pictures) ? readdirSync(pictures) : [];
  const wanted = steps.map(({ name }) => `${name}.webp`);
  return [
    ...(existsSync(page) && readFileSync(page, "utf8") === text() ? [] : ["docs/console.md is not what e2e/month/steps.ts says: make pictures, or node scripts/clickPath.ts write"]),
    ...wanted.filter((name) => !there.includes(name)).map((name) => `docs/images/month/${name} is missing: make pictures`),
    ...there.filter((name) => !wanted.includes(name)).map((name) => `docs/images/month/${name} belongs to no step`),
  ];
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  if (process.argv[2] === "write") writeFileSync(page, text());
  const found = complaints();
  found.forEach((complaint) => console.log(complaint));
  process.exit(found.length === 0 ? 0 : 1);
}
