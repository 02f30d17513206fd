/** A batch as one row of the job list: counts by state and progress; it opens to its jobs. */

import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { readBatch } from "../../api/batches";
import { useLanguage } from "../../i18n";
import { useWords } from "../../i18n/words";
import { isOpen, type Job } from "../../model";
import { useServices, useStore } from "../../services";
import { clockTime, duration } from "../../ui/format";
import { inputText } from "../list/input";
import { JobRow, StateBadge } from "../list/JobRow";
import { isUnanswered, stateKey } from "../list/order";
import { BatchActions } from "./BatchActions";
import { progressOf, statesOf, statesSaid } from "./figures";
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
  const { processing } = useServices();
  const { jobs, client } = useStore();
  const all = jobs.filter((job) => job.batch === id);
  const [first] = all;
  const open = all.filter(isOpen);
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
  if (!first) return null;
  const said = open.length > 0 ? asked.data : undefined;
  // Jobs that were removed from the list by hand are not counted: only a whole batch is as the service says.
  const whole = said?.jobs === all.length ? said : undefined;
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
          <div className="quiet">{w("left", { time: duration(t, 1000 * whole.seconds_left) })}</div>
        )}
        {all.some(isUnanswered) && <p className="quiet">{t("advice.unanswered")}</p>}
        <BatchActions
          {...{ id, all, owner: mine, unfolded }}
          cancelling={whole?.cancel_requested ?? false}
          onFold={() => setUnfolded(!unfolded)}
        />
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
