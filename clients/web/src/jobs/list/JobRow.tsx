/** One job in a list: state, progress, times and actions. */

import { Badge, Progress } from "@mantine/core";
import type { Key } from "../../i18n/en";
import { useLanguage, useT } from "../../i18n/index";
import { isOpen, type Job, type JobState } from "../../model";
import { useParameters } from "../../queries/useParameters";
import { jobPath } from "../../route";
import { Link } from "../../router";
import { clockTime, decimal } from "../../ui/format";
import { Preview } from "../result/Preview";
import { Advice } from "./Advice";
import { inputText } from "./input";
import { JobActions } from "./JobActions";
import { JobTimes } from "./JobTimes";
import { stateKey } from "./order";

const COLOURS: Record<JobState, string> = {
  sending: "gray.5",
  accepted: "gray.5",
  queued: "gray.5",
  running: "blue",
  succeeded: "teal",
  partial: "yellow",
  failed: "red",
  timed_out: "red",
  rejected: "red",
  lost: "red",
  cancelled: "gray.5",
};
interface StateProps {
  state: JobState;
  count?: number;
  /** Another word than the usual one. */
  word?: Key;
}

export function StateBadge({ state, count, word = `state.${state}` }: StateProps) {
  const t = useT();
  return (
    <Badge color={COLOURS[state]} variant="dot" size="md" tt="none" fw={500} data-state={state}>
      {t(word)} {count}
    </Badge>
  );
}

export function JobRow({ job }: { job: Job }) {
  const { t, language } = useLanguage();
  const ended = !isOpen(job);
  return (
    <article className="job" data-testid="job" data-job={job.key} aria-label={`${job.algorithm}: ${t(stateKey(job))}`}>
      {job.result && job.result.outputs.length > 0 && (
        // Dragged to a pane of the viewer it shows the result there; for others there is the pane's menu.
        <Link href={jobPath(job)} title={t("jobs.drag")} tabIndex={-1} aria-hidden="true">
          <Preview job={job} size={56} />
        </Link>
      )}
      <div className="jobBody">
        <div className="jobTop">
          <strong>{job.algorithm}</strong>
          <StateBadge state={job.state} word={stateKey(job)} />
        </div>
        <div className="quiet">
          {clockTime(job.sentAt, language)}
          {job.jobId && ` · ${t("jobs.number", { number: job.jobId.slice(0, 8) })}`}
        </div>
        <div className="quiet" title={Object.values(job.reference).join(" ")}>
          {inputText(t, job)}
        </div>
        <Parameters job={job} />
        <JobTimes job={job} />
        {job.state === "running" && <Running progress={job.progress} />}
        {ended && <Advice job={job} />}
        <JobActions job={job} />
      </div>
    </article>
  );
}

/** The job's progress; an endless bar if the algorithm does not report it. */
function Running({ progress }: { progress: number }) {
  const t = useT();
  if (progress > 0) return <Progress value={progress * 100} size="sm" my={6} aria-label={t("state.running")} />;
  return <div role="progressbar" className="unknown" aria-label={t("state.running")} />;
}

function Parameters({ job }: { job: Job }) {
  const t = useT();
  const written = (value: unknown) => (typeof value === "number" ? decimal(t, value) : String(value));
  const known = useParameters(job.algorithm);
  const text = Object.entries(job.parameters)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => {
      const { label = name, said } = known.get(name) ?? {};
      return `${label} ${said?.[String(value)] ?? (Array.isArray(value) ? value.map(written).join(" ") : written(value))}`;
    })
    .join(t("number.between"));
  return text && <div className="quiet">{text}</div>;
}
