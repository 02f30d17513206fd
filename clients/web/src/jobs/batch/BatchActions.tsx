/** The buttons of a batch: its jobs, cancel, send again, remove; and why one of them did not work. */

import { Button } from "@mantine/core";
import { useState } from "react";
import { cancelBatch } from "../../api/batches";
import { useT } from "../../i18n";
import { useWords } from "../../i18n/words";
import { type Client, isOpen, type Job } from "../../model";
import { useServices } from "../../services";
import { message } from "../../ui/message";
import { isUnanswered } from "../list/order";
import { failedOf } from "./figures";
import { words } from "./words";

interface Props {
  id: string;
  all: readonly Job[];
  /** The client whose batch it is, if it can still be cancelled. */
  owner: Client | null;
  /** Whether the service says that it is being cancelled. */
  cancelling: boolean;
  unfolded: boolean;
  onFold: () => void;
}

export function BatchActions({ id, all, owner, cancelling, unfolded, onFold }: Props) {
  const t = useT();
  const w = useWords(words);
  const { store, actions, processing } = useServices();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const act = (action: () => Promise<unknown>) => {
    setBusy(true);
    setTrouble("");
    action()
      .catch((error: Error) => setTrouble(message(t, error)))
      .finally(() => setBusy(false));
  };
  const cancel = async (of: Client) => {
    await cancelBatch(processing.http, of, id);
    const cancelled = (job: Job): Job => (job.batch === id && isOpen(job) ? { ...job, cancelRequested: true } : job);
    store.set((state) => ({ ...state, jobs: state.jobs.map(cancelled) }));
  };
  const open = all.filter(isOpen);
  // One request has made them all: no answer to one of them is none to any.
  const unanswered = all.find(isUnanswered);
  const failed = unanswered ? [] : failedOf(all);
  const ends = cancelling || open.every((job) => job.cancelRequested);
  const again = ({ algorithm, parameters, inputs }: Job) =>
    actions.submitMany(
      algorithm,
      failed.map((job) => job.reference),
      parameters,
      inputs,
    );
  const common = { size: "compact-xs", variant: "default" };
  return (
    <>
      {trouble && <p role="alert">{trouble}</p>}
      <div className="batchActions">
        <Button {...common} aria-expanded={unfolded} onClick={onFold}>
          {w(unfolded ? "hide" : "show")}
        </Button>
        {owner && open.length > 0 && (
          <Button {...common} disabled={busy || ends} onClick={() => act(() => cancel(owner))}>
            {w(ends ? "cancelling" : "cancel")}
          </Button>
        )}
        {unanswered && (
          <Button {...common} disabled={busy} onClick={() => act(() => actions.resend(unanswered))}>
            {t("jobs.again")}
          </Button>
        )}
        {failed[0] && (
          <Button {...common} disabled={busy} onClick={() => act(() => again(failed[0] as Job))}>
            {w("retry", { n: failed.length })}
          </Button>
        )}
        {open.length === 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={w("remove")}
            onClick={() => store.set((state) => ({ ...state, jobs: state.jobs.filter((job) => job.batch !== id) }))}
          >
            ×
          </Button>
        )}
      </div>
    </>
  );
}
