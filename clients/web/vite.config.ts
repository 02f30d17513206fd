import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  base: "/",
  test: { include: ["src/**/*.test.ts"] },
  build: {
    target: "es2022",
    // From here on light-dark() is the browser's own; translated for older ones it forgets the chosen colours.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    chunkSizeWarningLimit: 800,
    // Everything is served from files of its own: the Content-Security-Policy allows neither inline code nor data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
  },
});
