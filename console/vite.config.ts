/** Builds the console; `npm run dev` serves it against a running stack (METERLOG_URL, default http://127.0.0.1:8080). */
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { compressFolder } from "./scripts/compress.ts";
import { tokensAsCss } from "./src/ui/tokens.ts";

/** Gives `import "virtual:tokens.css"` the CSS variables of src/ui/tokens.ts. */
function tokens(): Plugin {
  const id = "/@meterlog/tokens.css";
  return {
    name: "meterlog-tokens",
    resolveId: (source) => (source === "virtual:tokens.css" ? id : null),
    load: (source) => (source === id ? tokensAsCss() : null),
  };
}

/** After the build: `.br` and `.gz` beside each file that is text (scripts/compress.ts). */
function compressed(): Plugin {
  let folder = "";
  return {
    name: "meterlog-compressed",
    apply: "build",
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    closeBundle: async () => {
      await compressFolder(folder);
    },
  };
}

export default defineConfig({
  plugins: [react(), tokens(), compressed()],
  build: {
    // What a page may load is held by scripts/budget.ts.
    chunkSizeWarningLimit: 5_000,
    manifest: true, target: "es2022", assetsInlineLimit: 0, reportCompressedSize: false,
    // The entry names every chunk that a page needs: a hash alone says it in half the bytes, and the manifest says whose it is.
    rolldownOptions: { output: { chunkFileNames: "assets/c[hash].js", assetFileNames: "assets/c[hash][extname]" } },
  },
  server: { proxy: { "/v1": process.env["METERLOG_URL"] ?? "http://127.0.0.1:8080" } },
  test: {
    // Pure tests (.test.ts) need no document; those of pages (.test.tsx) get jsdom. The limits allow for a busy machine.
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "pure", environment: "node", include: ["src/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "pages",
          environment: "jsdom",
          environmentOptions: { jsdom: { url: "http://127.0.0.1:8080/" } },
          setupFiles: ["src/test/setup.ts"],
          include: ["src/**/*.test.tsx"],
        },
      },
    ],
  },
});
