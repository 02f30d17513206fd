/** The frame of every page: navigation, language, colours, notices, and the note that this is no medical device. */

import { ActionIcon, Button, Tooltip, useMantineColorScheme } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { ApiError, SIGN_IN } from "./api/http";
import { useLanguage } from "./i18n";
import { isOpen } from "./jobs/model";
import { useObservable } from "./observable";
import { Browse } from "./pages/Browse";
import type { Route } from "./route";
import { Link, navigate, useRoute } from "./router";
import { signIn, signOut, useServices, useStore } from "./services";
import { Icon } from "./ui/icons";
import { Skeletons, State } from "./ui/State";
import { Toasts } from "./ui/Toasts";
import { Help } from "./viewer/Help";

const Result = lazy(() => import("./pages/Result"));
const Jobs = lazy(() => import("./pages/Jobs"));
const Catalogue = lazy(() => import("./pages/Catalogue"));

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
      <footer className="footer">{t("app.disclaimer")}</footer>
      <Toasts />
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
    default:
      return <State title={t("missing.title")} action={{ label: t("missing.back"), onClick: () => navigate("/") }} />;
  }
}

function Header({ page, onHelp }: { page: Route["page"]; onHelp: () => void }) {
  const { t, language, setLanguage } = useLanguage();
  const { jobs } = useStore();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme !== "light";
  const open = jobs.filter(isOpen).length;
  const here = (name: Route["page"]) => (page === name ? "page" : undefined);
  return (
    <header className="header">
      <Link className="brand" href="/" aria-label={t("app.title")}>
        <img src="/icon.svg" alt="" width="26" height="26" />
        <span>{t("app.title")}</span>
      </Link>
      <nav className="nav" aria-label={t("nav.main")}>
        <Link href="/" aria-current={here("browse")}>
          {t("nav.images")}
        </Link>
        <Link href="/jobs" aria-current={here("jobs")}>
          {t("nav.jobs")}
          {open > 0 && <span className="badge">{open}</span>}
        </Link>
        <Link href="/algorithms" aria-current={here("catalogue")}>
          {t("nav.algorithms")}
        </Link>
      </nav>
      <Account />
      <Tooltip label={t("nav.help")}>
        <ActionIcon variant="subtle" color="gray" size={34} aria-label={t("nav.help")} onClick={onHelp}>
          <Icon name="help" />
        </ActionIcon>
      </Tooltip>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        aria-label={t("nav.language")}
        lang={language === "en" ? "it" : "en"}
        onClick={() => setLanguage(language === "en" ? "it" : "en")}
      >
        {language === "en" ? "IT" : "EN"}
      </Button>
      <Tooltip label={dark ? t("nav.light") : t("nav.dark")}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={34}
          aria-label={dark ? t("nav.light") : t("nav.dark")}
          onClick={() => setColorScheme(dark ? "light" : "dark")}
        >
          <Icon name={dark ? "sun" : "moon"} />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

/** Who has signed in, where the stack asks for it. */
function Account() {
  const { t } = useLanguage();
  const services = useServices();
  const { user } = useObservable(services.session.state);
  if (user === null) return null;
  return (
    <Tooltip label={t("auth.as", { user })}>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void signOut(services)}>
        {t("auth.signOut")}
      </Button>
    </Tooltip>
  );
}

function Notices() {
  const { t } = useLanguage();
  const { notice } = useStore();
  const services = useServices();
  const { store, trouble } = services;
  const { error } = useObservable(trouble);
  const ended = error instanceof ApiError && error.code === SIGN_IN && services.session.offered;
  const online = useSyncExternalStore(subscribeOnline, () => navigator.onLine);
  return (
    <div role="status">
      {!online && <div className="notice">{t("trouble.offline")}</div>}
      {online && error && ended && (
        <div className="notice">
          <span className="grow">{t("auth.ended")}</span>
          <Button size="compact-xs" variant="default" onClick={() => void signIn(services)}>
            {t("auth.signIn")}
          </Button>
        </div>
      )}
      {online && error && !ended && <div className="notice">{t("trouble.api")}</div>}
      {notice && (
        <div className="notice">
          <span className="grow">{t(`jobs.${notice}`)}</span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => store.set((state) => ({ ...state, notice: null }))}
          >
            {t("common.close")}
          </Button>
        </div>
      )}
    </div>
  );
}

function subscribeOnline(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** The title names the page and nothing of a patient; a new page takes the focus, as a loaded one would. */
function useTitle(route: Route) {
  const { t } = useLanguage();
  const before = useRef(route.page);
  const names = {
    browse: t("nav.images"),
    jobs: t("nav.jobs"),
    catalogue: t("nav.algorithms"),
    missing: t("missing.title"),
  };
  const name = names[route.page];
  const title = `${name} · ${t("app.title")}`;
  useEffect(() => {
    document.title = title;
    if (before.current !== route.page) document.getElementById("main")?.focus({ preventScroll: true });
    before.current = route.page;
  }, [title, route.page]);
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
