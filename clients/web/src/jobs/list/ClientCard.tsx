/** The client of this browser: renewed or released by hand, and its jobs that the list lacks. */

import { Button } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../i18n/index";
import { useServices, useStore } from "../../services";
import { message } from "../../ui/message";

export function ClientCard() {
  const t = useT();
  const { client } = useStore();
  const { actions } = useServices();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const [found, setFound] = useState("");
  const act = (action: () => Promise<void>) => {
    setBusy(true);
    setTrouble("");
    setFound("");
    action()
      .catch((error: Error) => setTrouble(message(t, error)))
      .finally(() => setBusy(false));
  };
  const recover = async () => {
    const n = await actions.recover();
    setFound(n === 0 ? t("jobs.recoveredNone") : t("jobs.recovered", { n }));
  };
  return (
    <section className="panel pad" aria-label={t("jobs.client")} style={{ marginTop: 16 }}>
      <h2 style={{ fontSize: "1rem", margin: "0 0 4px" }}>{t("jobs.client")}</h2>
      <p className="quiet" style={{ margin: "0 0 10px" }}>
        {client ? t("jobs.clientHint") : t("jobs.noClient")}{" "}
        {client && <code data-testid="client">{client.clientId}</code>}
      </p>
      {trouble && <p role="alert">{trouble}</p>}
      <p role="status" className="quiet">
        {found}
      </p>
      <div style={{ display: "flex", gap: 8, flexWrap: "wrap" }}>
        <Button size="xs" variant="default" disabled={busy} onClick={() => act(actions.renew)}>
          {t("jobs.renew")}
        </Button>
        <Button size="xs" variant="default" disabled={busy || !client} onClick={() => act(actions.release)}>
          {t("jobs.release")}
        </Button>
        <Button size="xs" variant="default" disabled={busy || !client} onClick={() => act(recover)}>
          {t("jobs.recover")}
        </Button>
      </div>
    </section>
  );
}
