/** Announces a result, visibly and to screen readers, on every page. */

import { Button, CloseButton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useT } from "../i18n";
import { isOpen, type Job } from "../model";
import { jobPath } from "../route";
import { navigate, useRoute } from "../router";
import { useStore } from "../services";

const SHOWN_MS = 8000;

export function Toasts() {
  const t = useT();
  const { jobs } = useStore();
  const route = useRoute();
  const open = useRef<Set<string>>(new Set(jobs.filter(isOpen).map((job) => job.key)));
  const [shown, setShown] = useState<readonly Job[]>([]);
  const watched = route.page === "jobs" ? route.job : undefined;
  useEffect(() => {
    const ended = jobs.filter((job) => !isOpen(job) && open.current.has(job.key));
    open.current = new Set(jobs.filter(isOpen).map((job) => job.key));
    // A batch is told of when its last job has ended.
    const whole = (job: Job) => !job.batch || !jobs.some((one) => one.batch === job.batch && isOpen(one));
    // Of what was not accepted, or may not have been, the form tells; one job of a batch stands for all.
    const news = ended
      .filter((job) => job.jobId !== null && !isNamed(job, watched) && job.state !== "rejected" && whole(job))
      .filter(({ batch }, at, all) => !batch || all.findIndex((one) => one.batch === batch) === at);
    if (news.length === 0) return;
    setShown((before) => [...before, ...news].slice(-4));
    const timer = setTimeout(() => setShown((before) => before.filter((job) => !news.includes(job))), SHOWN_MS);
    // The timer outlives this change on purpose: otherwise the next change would keep a toast for ever.
    void timer;
  }, [jobs, watched]);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown
        .filter((job) => !isNamed(job, watched))
        .map((job) => {
          const close = () => setShown((before) => before.filter((one) => one !== job));
          const good = job.state === "succeeded" || job.state === "partial";
          return (
            <div key={job.key} className="toast">
              <span>
                {good
                  ? t("jobs.ready", { algorithm: job.algorithm })
                  : t("jobs.ended", { algorithm: job.algorithm, state: t(`state.${job.state}`) })}
              </span>
              <Button
                size="compact-sm"
                color="blue.8"
                onClick={() => {
                  close();
                  navigate(jobPath(job));
                }}
              >
                {good ? t("jobs.open") : t("result.details")}
              </Button>
              <CloseButton aria-label={t("common.close")} onClick={close} />
            </div>
          );
        })}
    </div>
  );
}

/** Whether an address names the job. */
function isNamed({ key, jobId }: Job, name: string | undefined): boolean {
  return name !== undefined && (key === name || jobId === name);
}
