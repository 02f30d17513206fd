/** Notices for the whole page: offline, an API that does not answer, signed out, a client that was renewed. */

import { Button } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { ApiError, SIGN_IN } from "../api/http";
import { useLanguage } from "../i18n";
import { useObservable } from "../observable";
import { signIn, useServices, useStore } from "../services";

export function Notices() {
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
