import { join } from "node:path";
import { defineConfig } from "vite";

const folder = import.meta.dirname;

/** The API explorer, for development. The gateway serves what comes out (EXPLORER_FILES) at /graphiql. */
export default defineConfig({
  root: folder,
  base: "/graphiql/",
  build: {
    outDir: join(folder, "..", "..", "dist", "explorer"),
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // An editor is large, and loaded from this machine.
    chunkSizeWarningLimit: 8_000,
    reportCompressedSize: false,
  },
  worker: { format: "es" },
});
