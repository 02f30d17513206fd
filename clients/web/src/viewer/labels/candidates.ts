/** Which results can be laid over the source of a job, beside its own. */

import type { Job, Output } from "../../model";
import { imagesOf } from "../stack/useResult";

export interface Candidate {
  job: Job;
  name: string;
  title: string;
}

/** Labels over the same images: further ones of the job itself, then those of other jobs, newest first. */
export function candidates(job: Job, shown: string | undefined, jobs: readonly Job[]): Candidate[] {
  const others = jobs.filter((one) => one.key !== job.key && sameInput(one, job));
  return [job, ...others].flatMap((one) =>
    imagesOf(one)
      .filter((output) => isLabels(one, output) && !(one.key === job.key && output.name === shown))
      .map((output) => ({ job: one, name: output.name, title: titleOf(one, output) })),
  );
}

function titleOf({ algorithm, jobId }: Job, { port }: Output): string {
  return [algorithm, port?.replaceAll("_", " "), jobId?.slice(0, 4)].filter(Boolean).join(" · ");
}

function isLabels({ result }: Job, { port }: Output): boolean {
  const declared = result?.ports?.find((one) => one.name === port);
  return declared ? declared.type === "labels" : result?.display?.scale === "mask";
}

const PARTS = ["scope", "study_id", "series_id", "image_id"] as const;
const sameInput = (a: Job, b: Job) =>
  PARTS.every((part) => (a.reference[part] ?? null) === (b.reference[part] ?? null));
