/** How a client gets its results and its jobs' states. */

import type { Client, Result, ServerState } from "../model";

export interface Delivery {
  receipt: string;
  result: Result;
}

export interface JobStatus {
  state: ServerState;
  progress: number;
  attempts: number;
  hops: Record<string, number>;
  cancel_requested: boolean;
  error?: { code: string; message: string; retryable: boolean } | null;
  result?: Result | null;
}

/** What a loop that waits for results needs of the API. Each call rejects with a `Gone` if the client or its queue is no more. */
export interface Api {
  receive(client: Client, waitSeconds: number, signal: AbortSignal): Promise<readonly Delivery[]>;
  acknowledge(client: Client, receipt: string): Promise<void>;
  status(client: Client, jobId: string): Promise<JobStatus>;
}

/** The client's token or queue is no longer known. */
export class Gone extends Error {}
