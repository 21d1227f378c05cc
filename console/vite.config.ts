/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const server = "http://127.0.0.1:8501";

export default defineConfig({
  base: "/console/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
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
