/** Says why a job did not succeed, and what to do about it. */

import { Suspense } from "react";
import { isKey, useT } from "../../i18n/index";
import type { Job } from "../../model";
import { lazy } from "../../ui/lazy";
import { said } from "../../ui/message";
import { isUnanswered } from "./order";

const Lacking = lazy(() => import("./Lacking"));

export function Advice({ job }: { job: Job }) {
  const t = useT();
  if (job.state === "lost")
    return (
      <p className="quiet" style={{ margin: "4px 0" }}>
        {t(isUnanswered(job) ? "advice.unanswered" : "advice.lost")}
      </p>
    );
  if (job.state === "partial") {
    return (
      <Suspense>
        <Lacking sentences={job.result?.missing ?? []} />
      </Suspense>
    );
  }
  if (!job.fault) return null;
  const key = `advice.${job.fault.code}`;
  return (
    <div style={{ fontSize: "0.8125rem", margin: "4px 0", overflowWrap: "anywhere" }}>
      <div>{said(t, job.fault.code, job.fault.message)}</div>
      <div className="quiet">{isKey(key) ? t(key) : job.fault.retryable ? t("advice.retry") : t("advice.other")}</div>
    </div>
  );
}
