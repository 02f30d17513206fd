import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Names the application, its styles and its font in the page, so that they are fetched beside the small entry. */
function preloadApplication(): Plugin {
  return {
    name: "preload-application",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
        const start = chunks.find((one) => one.facadeModuleId?.endsWith("/src/start.tsx"));
        if (!start) return;
        const parts = chunks.filter((one) => one === start || (start.imports.includes(one.fileName) && !one.isEntry));
        const fonts = Object.keys(bundle).filter((name) => /\/inter-.*\.woff2$/.test(name));
        const styles = parts.flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])]);
        return [
          ...parts.map((one) => ({ rel: "modulepreload", crossorigin: true, href: `/${one.fileName}` })),
          ...fonts.map((file) => ({
            rel: "preload",
            as: "font",
            type: "font/woff2",
            crossorigin: true,
            href: `/${file}`,
          })),
          ...styles.map((file) => ({ rel: "stylesheet", crossorigin: true, href: `/${file}` })),
        ].map((attrs) => ({ tag: "link", attrs, injectTo: "head" }));
      },
    },
  };
}

interface Graph {
  getModuleInfo(id: string): { importers: readonly string[] } | null;
}

/** Whether a module needs the one with this id at once, directly or by others. */
function isNeededBy(user: string, id: string, graph: Graph, seen = new Set<string>()): boolean {
  if (id.endsWith(user)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return (graph.getModuleInfo(id)?.importers ?? []).some((one) => isNeededBy(user, one, graph, seen));
}

/** What a module needs at once as one file, which is smaller than many files with pieces of it. */
const together = (name: string, user: string, priority: number) => ({
  debugName: name,
  priority,
  name: (id: string, graph: Graph) => (!id.endsWith(user) && isNeededBy(user, id, graph) ? name : null),
});

export default defineConfig({
  plugins: [react(), preloadApplication()],
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
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [together("entry", "/src/main.ts", 2), together("application", "/src/start.tsx", 1)] },
      },
    },
  },
});
