/** Says why a job was not accepted, unless a field of the form says it. */

import { Alert, Button } from "@mantine/core";
import { type ApiError, isUnanswered, SIGN_IN } from "../api/http";
import { useT } from "../i18n";
import { signIn, useServices } from "../services";

export function Rejection({ error, fault }: { error: ApiError; fault?: string }) {
  const t = useT();
  const services = useServices();
  const { offered } = services.session;
  if (error.code === SIGN_IN) {
    return (
      <Alert color="yellow" variant="light" mb={12} role="alert" title={t("auth.title")}>
        <p style={{ margin: "0 0 8px" }}>{t(offered ? "auth.ended" : "auth.elsewhere")}</p>
        {offered && (
          <Button size="compact-sm" variant="default" onClick={() => void signIn(services)}>
            {t("auth.signIn")}
          </Button>
        )}
      </Alert>
    );
  }
  if (isUnanswered(error)) {
    return (
      <Alert color="yellow" variant="light" mb={12} role="alert" title={t("state.unanswered")}>
        {t("process.unanswered")}
      </Alert>
    );
  }
  if (!fault && error.faults.length > 0) return null;
  return (
    <Alert color="red" variant="light" mb={12} role="alert" title={t("process.rejected")}>
      {fault || error.message}
    </Alert>
  );
}
