/** How long a job has waited and run, and whether its worker is starting or was lost. */

import { useEffect, useState } from "react";
import { useT } from "../../i18n/index";
import { isOpen, type Job } from "../../model";
import { useCatalogue } from "../../queries/useCatalogue";
import { duration } from "../../ui/format";
import { estimateText } from "./estimate";

/** A service that stands at zero needs about a minute for its first worker; a busy one is quicker than this. */
const ASLEEP_MS = 5000;

export function JobTimes({ job }: { job: Job }) {
  const t = useT();
  const catalogue = useCatalogue();
  const waiting = job.state === "accepted" || job.state === "queued";
  const now = useSeconds(waiting || job.state === "running");
  const atZero = catalogue.data?.find((one) => one.name === job.algorithm)?.resources.min_tasks === 0;
  const expected = isOpen(job) && job.estimate ? estimateText(t, job.estimate, now) : null;
  if (waiting && job.attempts === 0) {
    const since = Math.max(0, now - job.sentAt);
    return (
      <div className="quiet">
        {since > ASLEEP_MS && atZero ? t("jobs.asleep") : t("jobs.wait", { time: `${Math.round(since / 1000)} s` })}
        {expected && ` · ${expected}`}
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
  if (accepted === undefined || started === undefined) return null;
  const running = job.state === "running" ? Math.round(Math.max(0, now - started) / 1000) : null;
  return (
    <div className="quiet">
      {t("jobs.waited", { time: duration(t, started - accepted) })}
      {running !== null && ` · ${t("jobs.running", { time: `${running} s` })}`}
      {expected && ` · ${expected}`}
    </div>
  );
}

/** The current time, each second while it is needed. */
function useSeconds(wanted: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!wanted) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [wanted]);
  return now;
}
