/**
 * The rules of the house. A room may look down, never up or sideways: app -> features -> ui -> lib -> api; only ui/
 * knows Ant Design; a feature never imports another one (a page of app/ composes them).
 */
import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));
const antd = { group: ["antd", "antd/*", "@ant-design/*", "@rc-component/*"], message: "Only ui/ knows Ant Design." };

const room = (files, ...patterns) => ({ files, rules: { "no-restricted-imports": ["error", { patterns }] } });
const above = (...rooms) => ({ group: rooms.flatMap((name) => [`../${name}/**`, `../../${name}/**`, `../../../${name}/**`]), message: "A room never imports the one above it." });

/** Words that a reader sees or hears stand in the catalogues: lib/i18n. */
const message = "Words belong into the catalogues of lib/i18n: t(\"…\").";
const letters = "/\\p{L}{2}/u";
const spoken = [
  // A name, a code, a key of the keyboard and what a hash is called are said alike in every language.
  `JSXElement:not([openingElement.name.name=/^(code|kbd|pre)$/]) > JSXText[value=${letters}]:not([value=/^\\s*(Meterlog|HTTP|SHA-256)\\s*$/])`,
  `JSXFragment > JSXText[value=${letters}]`,
  `JSXElement > JSXExpressionContainer > Literal[value=${letters}]`,
  `JSXElement > JSXExpressionContainer > ConditionalExpression > Literal[value=${letters}]`,
  `JSXElement > JSXExpressionContainer > LogicalExpression > Literal[value=${letters}]`,
  `JSXAttribute[name.name=/^(aria-label|aria-description|aria-roledescription|title|placeholder|alt|label|hint)$/] Literal[value=/\\p{Lu}\\p{Ll}|\\p{L} \\p{L}/u]:not([value="Meterlog"])`,
].map((selector) => ({ selector, message }));

/** A format of `Intl` costs a hundred times its use, and a list shows hundreds of values. */
const formats = { selector: "NewExpression[callee.object.name=Intl][callee.property.name=/^(DateTimeFormat|NumberFormat|PluralRules)$/]", message: "lib/intl.ts makes each format once: numberFormat(locale, …)." };

export default tseslint.config(
  { ignores: ["dist", "test-results", "src/api/schema.d.ts", "public/theme.js"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  reactHooks.configs.flat.recommended,
  { files: ["**/*.{ts,tsx,js}"], languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  { files: ["src/**/*.tsx"], ...jsxA11y.flatConfigs.strict },
  { files: ["src/**/*.ts"], ignores: ["**/*.test.ts", "src/lib/intl.ts"], rules: { "no-restricted-syntax": ["error", formats] } },
  { files: ["src/**/*.tsx"], ignores: ["**/*.test.tsx", "src/test/**"], rules: { "no-restricted-syntax": ["error", ...spoken, formats] } },
  {
    rules: {
      "max-lines": ["error", { max: 250, skipBlankLines: false }],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/dot-notation": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      "no-console": "error",
    },
  },
  { files: ["scripts/**", "mock/**", "e2e/**"], rules: { "no-console": "off" } },
  room(["src/lib/**"], antd, above("ui", "features", "app")),
  room(["src/ui/**"], above("features", "app")),
  room(["src/app/**", "src/main.tsx"], antd),
  ...features.map((feature) =>
    room([`src/features/${feature}/**`], antd, above("app"), {
      group: features.filter((other) => other !== feature).flatMap((other) => ["../", "../../", "../../../"].map((up) => `${up}${other}/**`)),
      message: "A feature never imports another one: let a page compose them.",
    }),
  ),
);
