/** A batch as one row of the job list: counts by state and progress; it opens to its jobs. */

import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cancelBatch, readBatch } from "../../api/batches";
import { useLanguage } from "../../i18n";
import { useWords } from "../../i18n/words";
import { isOpen, type Job } from "../../model";
import { useServices, useStore } from "../../services";
import { clockTime, duration } from "../../ui/format";
import { message } from "../../ui/message";
import { inputText } from "../input";
import { JobRow, StateBadge } from "../JobRow";
import { isUnanswered, stateKey } from "../order";
import { failedOf, progressOf, statesOf, statesSaid } from "./figures";
import { words } from "./words";

/** The batch's name at the service; until then it has the page's own. */
const NAME = /^b-[0-9a-f]{32}$/;
const ASK_MS = 2000;
/** Jobs that are drawn at first, and with each press of the button. */
const STEP = 25;

interface Props {
  id: string;
  /** Those that the list shows: a filter may leave some out. */
  shown: readonly Job[];
}

export default function BatchRow({ id, shown }: Props) {
  const { t, language } = useLanguage();
  const w = useWords(words);
  const { store, actions, processing } = useServices();
  const { jobs, client } = useStore();
  const all = jobs.filter((job) => job.batch === id);
  const [first] = all;
  const open = all.filter(isOpen);
  const failed = failedOf(all);
  // One request has made them all: no answer to one of them is none to any.
  const unanswered = all.filter(isUnanswered);
  const mine = client && first?.clientId === client.clientId && NAME.test(id) ? client : null;
  const asked = useQuery({
    queryKey: ["batch", id, mine?.clientId],
    queryFn: ({ signal }) => readBatch(processing.http, mine as NonNullable<typeof mine>, id, signal),
    enabled: mine !== null && open.length > 0,
    refetchInterval: ASK_MS,
    retry: false,
  });
  const [unfolded, setUnfolded] = useState(false);
  const [drawn, setDrawn] = useState(STEP);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  if (!first) return null;
  const said = open.length > 0 ? asked.data : undefined;
  // Jobs that were removed from the list by hand are not counted: only a whole batch is as the service says.
  const whole = said?.jobs === all.length ? said : undefined;
  const cancelling = whole?.cancel_requested || open.every((job) => job.cancelRequested);
  const act = (action: () => Promise<unknown>) => {
    setBusy(true);
    setTrouble("");
    action()
      .catch((error: Error) => setTrouble(message(t, error)))
      .finally(() => setBusy(false));
  };
  const cancel = async (owner: NonNullable<typeof mine>) => {
    await cancelBatch(processing.http, owner, id);
    const cancelled = (job: Job): Job => (job.batch === id && isOpen(job) ? { ...job, cancelRequested: true } : job);
    store.set((state) => ({ ...state, jobs: state.jobs.map(cancelled) }));
  };
  const references = failed.map((job) => job.reference);
  return (
    <article className="job batch" data-testid="batch" aria-label={w("title", heading(first, all))}>
      <div className="jobBody">
        <div className="jobTop">
          <strong>{w("title", heading(first, all))}</strong>
        </div>
        <div className="quiet">
          {clockTime(first.sentAt, language)} · {inputText(t, { ...first, reference: parent(first) })}
        </div>
        <div className="batchStates">
          {(whole ? statesSaid(whole.states) : statesOf(all)).map(([state, n]) => (
            <StateBadge
              key={state}
              state={state}
              count={n}
              word={stateKey(all.find((job) => job.state === state) ?? first)}
            />
          ))}
        </div>
        {open.length > 0 && (
          <Progress value={100 * (whole?.progress ?? progressOf(all))} size="sm" my={6} aria-label={w("progress")} />
        )}
        {whole?.seconds_left != null && (
          <div className="quiet">{w("left", { time: duration(1000 * whole.seconds_left) })}</div>
        )}
        {unanswered.length > 0 && <p className="quiet">{t("advice.unanswered")}</p>}
        {trouble && <p role="alert">{trouble}</p>}
        <div className="batchActions">
          <Button size="compact-xs" variant="default" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            {w(unfolded ? "hide" : "show")}
          </Button>
          {mine && open.length > 0 && (
            <Button
              size="compact-xs"
              variant="default"
              disabled={busy || cancelling}
              onClick={() => act(() => cancel(mine))}
            >
              {w(cancelling ? "cancelling" : "cancel")}
            </Button>
          )}
          {unanswered.length > 0 && (
            <Button
              size="compact-xs"
              variant="default"
              disabled={busy}
              onClick={() => act(() => actions.resendMany(id))}
            >
              {t("jobs.again")}
            </Button>
          )}
          {unanswered.length === 0 && failed.length > 0 && (
            <Button
              size="compact-xs"
              variant="default"
              disabled={busy}
              onClick={() => act(() => actions.submitMany(first.algorithm, references, first.parameters, first.inputs))}
            >
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
        {unfolded && (
          <div className="batchJobs">
            {shown.slice(0, drawn).map((job) => (
              <JobRow key={job.key} job={job} />
            ))}
            {shown.length > drawn && (
              <Button size="compact-xs" variant="default" m={8} onClick={() => setDrawn(drawn + STEP)}>
                {w("more", { n: Math.min(STEP, shown.length - drawn) })}
              </Button>
            )}
          </div>
        )}
      </div>
    </article>
  );
}

const heading = ({ algorithm }: Job, all: readonly Job[]) => ({ algorithm, n: all.length });

/** What the inputs of a batch have in common: the series of its images, or the study of its series. */
function parent({ reference }: Job): Job["reference"] {
  const { study_id, series_id, scope } = reference;
  return scope === "image" ? { study_id, series_id, scope: "series" } : { study_id, scope: "study" };
}
