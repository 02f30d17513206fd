import "./styles";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { ApiError } from "./api/http";
import type { Config } from "./config";
import { LanguageProvider, useT } from "./i18n";
import { createServices, ServicesContext, signedIn } from "./services";
import { Crash } from "./ui/Crash";
import { State } from "./ui/State";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      // A call that was refused is refused again; only one without an answer is tried again.
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
    },
  },
});
const colours = localStorageColorSchemeManager({ key: "imaging.colours" });

function Frame({ children }: { children: ReactNode }) {
  return (
    // Mantine's variables are in its style sheet: in the page itself they would need 'unsafe-inline'.
    <MantineProvider
      theme={{ respectReducedMotion: true }}
      defaultColorScheme="dark"
      colorSchemeManager={colours}
      withCssVariables={false}
      withGlobalClasses={false}
      env="default"
    >
      <LanguageProvider>
        <Crash>{children}</Crash>
      </LanguageProvider>
    </MantineProvider>
  );
}

function NoConfig({ reason }: { reason: string }) {
  const t = useT();
  return (
    <main style={{ height: "100dvh" }}>
      <State
        title={t("trouble.config")}
        alert
        action={{ label: t("trouble.reload"), onClick: () => window.location.reload() }}
      >
        {t("trouble.configHint")} ({reason})
      </State>
    </main>
  );
}

/** Draws the page once its configuration is read. */
export function start(known: Promise<Config>): void {
  const root = createRoot(document.getElementById("root") as HTMLElement);
  known.then(
    async (config) => {
      const services = createServices(config);
      await signedIn(services);
      root.render(
        <Frame>
          <QueryClientProvider client={queries}>
            <ServicesContext value={services}>
              <App />
            </ServicesContext>
          </QueryClientProvider>
        </Frame>,
      );
    },
    (error: Error) =>
      root.render(
        <Frame>
          <NoConfig reason={error.message} />
        </Frame>,
      ),
  );
}
