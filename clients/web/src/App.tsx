/** The frame of every page: navigation, notices, and the note that this is no medical device. */

import { Suspense, useEffect, useRef, useState } from "react";
import { useLanguage } from "./i18n";
import { Browse } from "./pages/browse/Browse";
import type { Route } from "./route";
import { navigate, useRoute } from "./router";
import { Header } from "./ui/Header";
import { lazy } from "./ui/lazy";
import { Notices } from "./ui/Notices";
import { Skeletons, State } from "./ui/State";
import { Toasts } from "./ui/Toasts";
import { Help } from "./viewer/input/Help";

const Result = lazy(() => import("./pages/result/Result"));
const Jobs = lazy(() => import("./pages/Jobs"));
const Catalogue = lazy(() => import("./pages/catalogue/Catalogue"));
const System = lazy(() => import("./pages/system/System"));

export function App() {
  const { t } = useLanguage();
  const route = useRoute();
  const [help, setHelp] = useState(false);
  useTitle(route);
  useHelpKey(() => setHelp(true));
  return (
    <div className="app">
      <a className="skip" href="#main">
        {t("app.skip")}
      </a>
      {(route.page === "browse" ? route.study : route.page === "jobs" && route.job) && (
        <a className="skip" href="#image">
          {t("app.skipToImage")}
        </a>
      )}
      <div>
        <Header page={route.page} onHelp={() => setHelp(true)} />
        <Notices />
      </div>
      <main id="main" className="main" tabIndex={-1}>
        <Suspense
          fallback={
            <div className="page">
              <Skeletons count={5} height={60} />
            </div>
          }
        >
          <Page route={route} />
        </Suspense>
      </main>
      <Toasts />
      <footer className="footer">{t("app.disclaimer")}</footer>
      <Help opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function Page({ route }: { route: Route }) {
  const { t } = useLanguage();
  switch (route.page) {
    case "browse":
      return <Browse route={route} />;
    case "jobs":
      return route.job ? <Result id={route.job} /> : <Jobs />;
    case "catalogue":
      return <Catalogue algorithm={route.algorithm} />;
    case "system":
      return <System />;
    default:
      return (
        <State page title={t("missing.title")} action={{ label: t("missing.back"), onClick: () => navigate("/") }} />
      );
  }
}

/** The title names the page and no patient data; a new page takes the focus, as a loaded one would. */
function useTitle(route: Route) {
  const { t } = useLanguage();
  const before = useRef(route.page);
  const names = {
    browse: t("nav.images"),
    jobs: t("nav.jobs"),
    catalogue: t("nav.algorithms"),
    // That page says its name itself, as its texts come with it.
    system: "",
    missing: t("missing.title"),
  };
  const name = names[route.page];
  const title = `${name} · ${t("app.title")}`;
  useEffect(() => {
    if (name) document.title = title;
    if (before.current !== route.page) document.getElementById("main")?.focus({ preventScroll: true });
    before.current = route.page;
  }, [title, name, route.page]);
}

function useHelpKey(open: () => void) {
  const call = useRef(open);
  call.current = open;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key === "?" && !typing) call.current();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
