/** Navigation, language, colours, and who has signed in. */

import { ActionIcon, Button, Tooltip, useMantineColorScheme } from "@mantine/core";
import { Suspense } from "react";
import { useLanguage } from "../i18n";
import { isOpen } from "../model";
import { useObservable } from "../observable";
import type { Route } from "../route";
import { Link } from "../router";
import { signOut, useServices, useStore } from "../services";
import { Icon } from "./icons";
import { lazy } from "./lazy";

const SystemLink = lazy(() => import("./SystemLink"));

export function Header({ page, onHelp }: { page: Route["page"]; onHelp: () => void }) {
  const { t, language, setLanguage } = useLanguage();
  const { jobs } = useStore();
  const { config } = useServices();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme !== "light";
  const open = jobs.filter(isOpen).length;
  const here = (name: Route["page"]) => (page === name ? "page" : undefined);
  return (
    <header className="header">
      {/* The first link of the navigation leads there, too: one Tab stop for both. */}
      <Link className="brand" href="/" aria-label={t("app.title")} tabIndex={-1}>
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
        {config.operators && (
          <Suspense>
            <SystemLink current={here("system")} />
          </Suspense>
        )}
      </nav>
      <div className="headerTools">
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
      </div>
    </header>
  );
}

/** Who has signed in, if the stack asks for it. */
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
