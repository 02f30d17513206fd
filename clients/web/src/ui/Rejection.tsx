/** Says why a job was not accepted, unless a field of the form says it. */

import { Button } from "@mantine/core";
import { type ApiError, isUnanswered, SIGN_IN } from "../api/http";
import { useT } from "../i18n";
import { signIn, useServices } from "../services";
import { message } from "./message";

/** The fields of a form may leave it out of view. */
const reveal = (alert: HTMLElement | null) => alert?.scrollIntoView({ block: "nearest" });

export function Rejection({ error, fault }: { error: ApiError; fault?: string }) {
  const t = useT();
  const services = useServices();
  const { offered } = services.session;
  const asks = error.code === SIGN_IN;
  const open = isUnanswered(error);
  if (!asks && !open && !fault && error.faults.length > 0) return null;
  const [title, said] = asks
    ? [t("auth.title"), t(offered ? "auth.ended" : "auth.elsewhere")]
    : open
      ? [t("state.unanswered"), t("process.unanswered")]
      : [t("process.rejected"), fault || message(t, error)];
  return (
    <div ref={reveal} role="alert" className={`rejection ${asks || open ? "open" : ""}`}>
      <strong>{title}</strong>
      <p>{said}</p>
      {asks && offered && (
        <Button size="compact-sm" variant="default" mt={8} onClick={() => void signIn(services)}>
          {t("auth.signIn")}
        </Button>
      )}
    </div>
  );
}
