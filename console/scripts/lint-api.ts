/**
 * Lints the saved openapi.json by the recommended rules of Redocly, for tests/console/test_openapi.py.
 *
 *     node scripts/lint-api.ts        prints what is wrong, exits 1 if anything is
 */
import { readFile } from "node:fs/promises";
import { createConfig, lintFromString } from "@redocly/openapi-core";

const saved = new URL("../openapi.json", import.meta.url);
const config = await createConfig({
  extends: ["recommended"],
  rules: {
    "operation-2xx-response": "error",
    "operation-4xx-response": "error",
    "operation-operationId-unique": "error",
    "path-parameters-defined": "error",
    "no-unused-components": "error",
    "tag-description": "error",
    "operation-singular-tag": "error",
    // Its schemas belong to an answer or a request each, and both say what they are.
    "info-license-url": "off",
  },
});
const problems = await lintFromString({ source: await readFile(saved, "utf8"), absoluteRef: saved.pathname, config });
for (const { severity, ruleId, message, location } of problems) {
  console.log(`${severity} ${ruleId}: ${message} at ${location.map((place) => place.pointer).join(", ")}`);
}
process.exit(problems.length === 0 ? 0 : 1);
