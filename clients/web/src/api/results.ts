/** How a client gets its results and its jobs' states. */

import type { Client, Estimate, Result, ServerState } from "../model";

export interface Delivery {
  receipt: string;
  result: Result;
}

export interface JobStatus {
  job_id?: string;
  batch_id?: string | null;
  state: ServerState;
  progress: number;
  attempts: number;
  hops: Record<string, number>;
  cancel_requested: boolean;
  estimate?: Estimate | null;
  error?: { code: string; message: string; retryable: boolean } | null;
  result?: Result | null;
}

/** The calls of the loop that waits for results. Each rejects with `Gone` if the client or its queue no longer exists. */
export interface Api {
  receive(client: Client, waitSeconds: number, signal: AbortSignal): Promise<readonly Delivery[]>;
  acknowledge(client: Client, receipt: string): Promise<void>;
  status(client: Client, jobId: string): Promise<JobStatus>;
}

/** The client's token or queue is no longer known. */
export class Gone extends Error {}
