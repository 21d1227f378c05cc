/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** Lays a compressed copy beside every built script and style, which the gateway sends to whoever takes it. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle({ dir }) {
      const assets = join(dir ?? "dist", "assets");
      for (const name of readdirSync(assets).filter((one) => /\.(js|css)$/.test(one))) {
        writeFileSync(join(assets, `${name}.gz`), gzipSync(readFileSync(join(assets, name)), { level: 9 }));
      }
    },
  };
}

const server = "http://127.0.0.1:8501";

export default defineConfig({
  base: "/console/",
  plugins: [react(), compressed()],
  resolve: {
    alias: {
      "@": fileURLToPath(new URL("./src", import.meta.url)),
      "@rjsf/validator-ajv8": fileURLToPath(new URL("./src/lib/no-validator.ts", import.meta.url)),
    },
  },
  build: { target: "es2022", chunkSizeWarningLimit: 900 },
  server: {
    proxy: {
      "/api": server,
      "/interpreter": server,
      "/executor": { target: server, ws: true },
      "/socket.io": { target: server, ws: true },
    },
  },
  test: { environment: "jsdom", globals: true, setupFiles: "src/testing/setup.ts", include: ["src/**/*.test.{ts,tsx}"] },
});
