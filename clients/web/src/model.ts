/** A job as the page stores it. */

import type { components } from "./api/processing-schema";

/** The input of a job; the generated type also requires fields that have a default. */
export type Reference = Pick<Input, "study_id"> & Omit<Partial<Input>, "scope"> & { scope: Input["scope"] };
type Input = components["schemas"]["InputReference"];
/** A declared output; `label` is its name in the page's language, if the algorithm's author gave one. */
export type Port = components["schemas"]["Port"] & { label?: string };
export type Result = Omit<components["schemas"]["SignedResult"], "pacs" | "ports"> & {
  pacs: Reference;
  ports: readonly Port[];
};
export type Output = Result["outputs"][number];
/** What the service expects of a job that has not ended. */
export type Estimate = components["schemas"]["Estimate"];
export type ServerState = components["schemas"]["JobView"]["state"];
/** Beside the server's states: being sent, never accepted, and gone with the client that owned it. */
export type JobState = ServerState | "sending" | "rejected" | "lost";

export interface Job {
  /** The page's own name for the job, known before the server's. */
  key: string;
  jobId: string | null;
  clientId: string | null;
  /** The batch that it is one of: the service's name for it, or the page's own until it is accepted. */
  batch?: string | null;
  /** Its place among the inputs of its batch, by which the same request can be made again. */
  at?: number;
  algorithm: string;
  reference: Reference;
  parameters: Record<string, unknown>;
  /** Further inputs as they were sent; absent in jobs that an earlier release stored. */
  inputs?: Record<string, unknown>;
  state: JobState;
  progress: number;
  attempts: number;
  hops: Record<string, number>;
  cancelRequested: boolean;
  /** Absent in jobs that an earlier release stored, and while nothing is known. */
  estimate?: Estimate | null;
  fault: { code: string; message: string; retryable: boolean } | null;
  result: Result | null;
  /** When the outputs' addresses were signed, ms since the epoch. */
  signedAt: number;
  /** When it was sent, ms since the epoch by this browser's clock. */
  sentAt: number;
  seen: boolean;
}

const OPEN: readonly JobState[] = ["sending", "accepted", "queued", "running"];

export function isOpen(job: Job): boolean {
  return OPEN.includes(job.state);
}

export type { Client } from "./api/client";

/** The open input for a job of this scope, or null if it is not open. */
export function referenceOf(
  scope: Reference["scope"],
  study?: string,
  series?: string,
  image?: string,
  volume?: string,
): Reference | null {
  if (!study || (scope !== "study" && !series) || (scope === "image" && !image)) return null;
  return {
    study_id: study,
    ...(scope !== "study" ? { series_id: series } : {}),
    ...(scope === "image" ? { image_id: image } : {}),
    ...(scope === "series" && volume ? { volume } : {}),
    scope,
  };
}
