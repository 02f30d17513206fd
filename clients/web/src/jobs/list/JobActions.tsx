/** The buttons of a job: open, cancel, run again, remove. */

import { Button } from "@mantine/core";
import { useState } from "react";
import { chosenOf } from "../../forms/inputs/offers";
import { useT } from "../../i18n/index";
import { isOpen, type Job } from "../../model";
import { inputPath, jobPath } from "../../route";
import { Link, navigate } from "../../router";
import { useServices } from "../../services";
import { isUnanswered, mayRetry } from "./order";

export function JobActions({ job, onPage }: { job: Job; onPage?: boolean }) {
  const t = useT();
  const { actions, draft } = useServices();
  const [busy, setBusy] = useState(false);
  // A batch to which no answer came is sent again, or removed, as a whole.
  const whole = Boolean(job.batch) && isUnanswered(job);
  const rerun = () => {
    draft.set({
      algorithm: job.algorithm,
      scope: job.reference.scope ?? "image",
      values: { ...draft.get().values, [job.algorithm]: job.parameters },
      inputs: { ...draft.get().inputs, [job.algorithm]: chosenOf(job.inputs ?? {}) },
    });
    navigate(inputPath(job.reference));
  };
  return (
    <div style={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 6, marginTop: onPage ? 0 : 6 }}>
      {!onPage && !["sending", "rejected"].includes(job.state) && (
        <Button
          size="compact-xs"
          variant={job.result?.outputs.length ? "filled" : "default"}
          color="blue.8"
          onClick={() => navigate(jobPath(job))}
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
          {mayRetry(job) && !whole && (
            <Button
              size="compact-xs"
              variant="default"
              disabled={busy}
              onClick={() => {
                setBusy(true);
                const again = isUnanswered(job)
                  ? actions.resend(job)
                  : actions.submit(job.algorithm, job.reference, job.parameters, job.inputs);
                again
                  // The list shows the job that was not accepted, with its reason.
                  .catch(() => undefined)
                  .finally(() => setBusy(false));
              }}
            >
              {t("jobs.again")}
            </Button>
          )}
          <Button size="compact-xs" variant="default" onClick={rerun}>
            {t("jobs.rerun")}
          </Button>
          {!onPage && !whole && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => actions.remove(job.key)}
              aria-label={`${t("jobs.remove")}: ${job.algorithm}`}
            >
              ×
            </Button>
          )}
        </>
      )}
      {onPage && (
        <Link className="upward" href={inputPath(job.reference)} style={{ fontSize: "0.8125rem", alignSelf: "center" }}>
          {t("jobs.backToImage")}
        </Link>
      )}
    </div>
  );
}
