/** Says why an API's list is missing, and what the user can do about it. */

import { type ApiError, SIGN_IN, SIGNATURE } from "../api/http";
import { useT } from "../i18n";
import { useObservable } from "../observable";
import { signIn, useServices } from "../services";
import { message } from "./message";
import { State } from "./State";

interface Props {
  error: ApiError;
  retry: () => void;
  /** Whether the missing list is that of the images. */
  images?: boolean;
}

export function ApiTrouble({ error, retry, images = false }: Props) {
  const t = useT();
  const services = useServices();
  const { config, session } = services;
  const { error: failed } = useObservable(session.state);
  if (error.code === SIGN_IN) {
    const enter = { label: t("auth.signIn"), onClick: () => void signIn(services) };
    return (
      <State
        title={t(images ? "auth.images" : "auth.title")}
        action={session.offered ? enter : undefined}
        alert={failed !== null}
      >
        {failed ? t("auth.failed", { reason: failed }) : t(session.offered ? "auth.hint" : "auth.elsewhere")}
      </State>
    );
  }
  if (error.code === SIGNATURE) return <State title={t("auth.signature")}>{t("auth.signatureHint")}</State>;
  return (
    <State title={t("trouble.catalogue")} alert action={{ label: t("common.retry"), onClick: retry }}>
      {error.unreachable ? t("trouble.catalogueHint", { address: config.api }) : message(t, error)}
    </State>
  );
}
