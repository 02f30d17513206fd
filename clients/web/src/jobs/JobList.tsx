/** The jobs of this tab: state, progress, wait, and what can be done with each. */

import { Badge, Button, Progress } from "@mantine/core";
import { useEffect, useState } from "react";
import { useT } from "../i18n";
import { useCatalogue } from "../pages/useArchive";
import { imagePath } from "../route";
import { Link, navigate } from "../router";
import { useServices, useStore } from "../services";
import { duration } from "../ui/format";
import { State } from "../ui/State";
import { Advice } from "./Advice";
import { isOpen, type Job, type JobState } from "./model";
import { Preview } from "./Preview";

const COLOURS: Record<JobState, string> = {
  sending: "gray",
  accepted: "gray",
  queued: "gray",
  running: "blue",
  succeeded: "teal",
  partial: "yellow",
  failed: "red",
  timed_out: "red",
  rejected: "red",
  lost: "red",
  cancelled: "gray",
};
/** A service that stands at zero needs about a minute for its first worker; a busy one is quicker than this. */
const ASLEEP_MS = 5000;

export function JobList({ compact }: { compact?: boolean }) {
  const t = useT();
  const { jobs } = useStore();
  return (
    <section
      aria-label={t("jobs.title")}
      data-testid="jobs"
      style={compact ? { borderTop: "1px solid var(--line)" } : undefined}
    >
      {compact && <h2 style={{ fontSize: 16, margin: 0, padding: "12px 12px 4px" }}>{t("jobs.title")}</h2>}
      {jobs.length === 0 ? (
        compact ? (
          <p className="quiet pad" style={{ margin: 0, paddingTop: 0 }}>
            {t("jobs.none")}
          </p>
        ) : (
          <State title={t("jobs.none")}>{t("jobs.noneHint")}</State>
        )
      ) : (
        jobs.slice(0, compact ? 20 : undefined).map((job) => <JobRow key={job.key} job={job} />)
      )}
    </section>
  );
}

export function StateBadge({ state }: { state: JobState }) {
  const t = useT();
  return (
    <Badge color={COLOURS[state]} variant="dot" size="md" tt="none" fw={500} data-state={state}>
      {t(`state.${state}`)}
    </Badge>
  );
}

export function JobRow({ job }: { job: Job }) {
  const t = useT();
  const ended = !isOpen(job);
  return (
    <article
      className="job"
      data-testid="job"
      data-job={job.key}
      aria-label={`${job.algorithm}: ${t(`state.${job.state}`)}`}
    >
      {job.result && job.result.outputs.length > 0 && <Preview job={job} size={56} />}
      <div className="jobBody">
        <div className="jobTop">
          <strong>{job.algorithm}</strong>
          <StateBadge state={job.state} />
        </div>
        <div className="quiet">
          {t(`scope.${job.reference.scope ?? "image"}`)}
          {summary(job.parameters) && ` · ${summary(job.parameters)}`}
        </div>
        <Waiting job={job} />
        {job.state === "running" && (
          <Progress
            value={job.progress * 100}
            size="sm"
            my={6}
            aria-label={t("state.running")}
            striped={job.progress === 0}
            animated={job.progress === 0}
          />
        )}
        {ended && <Advice job={job} />}
        <JobActions job={job} />
      </div>
    </article>
  );
}

function Waiting({ job }: { job: Job }) {
  const t = useT();
  const catalogue = useCatalogue();
  const waiting = job.state === "accepted" || job.state === "queued";
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [waiting]);
  const atZero = catalogue.data?.find((one) => one.name === job.algorithm)?.resources.min_tasks === 0;
  if (waiting && job.attempts === 0) {
    const since = Math.max(0, now - job.sentAt);
    return (
      <div className="quiet">
        {since > ASLEEP_MS && atZero ? t("jobs.asleep") : t("jobs.wait", { time: `${Math.round(since / 1000)} s` })}
      </div>
    );
  }
  if (isOpen(job) && job.attempts > 1)
    return (
      <div className="quiet" role="status">
        {t("jobs.restarted", { n: job.attempts })}
      </div>
    );
  const { accepted, started } = job.hops;
  if (accepted !== undefined && started !== undefined)
    return <div className="quiet">{t("jobs.waited", { time: duration(started - accepted) })}</div>;
  return null;
}

export function JobActions({ job, onPage }: { job: Job; onPage?: boolean }) {
  const t = useT();
  const { actions, draft } = useServices();
  const [busy, setBusy] = useState(false);
  const rerun = () => {
    const { study_id, series_id, image_id, scope } = job.reference;
    draft.set({
      algorithm: job.algorithm,
      scope: scope ?? "image",
      values: { ...draft.get().values, [job.algorithm]: job.parameters },
    });
    navigate(imagePath(study_id, series_id ?? undefined, image_id ?? undefined));
  };
  return (
    <div style={{ display: "flex", flexWrap: "wrap", gap: 6, marginTop: 6 }}>
      {!onPage && !["sending", "rejected"].includes(job.state) && (
        <Button
          size="compact-xs"
          variant={job.result?.outputs.length ? "filled" : "default"}
          color="blue.8"
          onClick={() => navigate(`/jobs/${job.key}`)}
        >
          {job.result?.outputs.length ? t("jobs.open") : t("result.details")}
        </Button>
      )}
      {isOpen(job) && job.jobId && (
        <Button
          size="compact-xs"
          variant="default"
          disabled={busy || job.cancelRequested}
          onClick={() => {
            setBusy(true);
            actions
              .cancel(job)
              .catch(() => undefined)
              .finally(() => setBusy(false));
          }}
        >
          {job.cancelRequested ? t("jobs.cancelling") : t("jobs.cancel")}
        </Button>
      )}
      {!isOpen(job) && (
        <>
          <Button size="compact-xs" variant="default" onClick={rerun}>
            {t("jobs.rerun")}
          </Button>
          {!onPage && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => actions.remove(job.key)}
              aria-label={`${t("jobs.remove")}: ${job.algorithm}`}
            >
              ✕
            </Button>
          )}
        </>
      )}
      {onPage && (
        <Link
          href={imagePath(
            job.reference.study_id,
            job.reference.series_id ?? undefined,
            job.reference.image_id ?? undefined,
          )}
          style={{ fontSize: 13, alignSelf: "center" }}
        >
          {t("jobs.backToImage")}
        </Link>
      )}
    </div>
  );
}

function summary(parameters: Record<string, unknown>): string {
  return Object.entries(parameters)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(" ") : String(value)}`)
    .join(", ");
}
