import { join } from "node:path";
import { defineConfig } from "vite";
import { pruneTokens } from "./build/prune-tokens.ts";

const folder = import.meta.dirname;

/** The web application. The gateway serves what comes out (STATIC_FILES). */
export default defineConfig({
  root: folder,
  build: {
    outDir: join(folder, "..", "dist", "dashboard"),
    emptyOutDir: true,
    target: "es2023",
    // What is inlined would need a hole in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  plugins: [pruneTokens(folder)],
});
