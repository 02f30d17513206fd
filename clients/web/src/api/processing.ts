/** The processing API as the page uses it. */

import type { Client, Reference, Result } from "../model";
import * as imaging from "./client";
import type { components } from "./processing-schema";
import { type Api, Gone, type JobStatus } from "./results";

// The page's client may go when no tab has called anything for half a day; the next call makes another.
const IDLE_SECONDS = 12 * 3600;

export type CatalogueEntry = components["schemas"]["CatalogueEntry"];

export interface Processing extends Api {
  base: string;
  /** The API itself, for calls that the first view does not need. */
  http: imaging.Api;
  catalogue(): Promise<readonly CatalogueEntry[]>;
  provision(idempotencyKey: string): Promise<Client>;
  release(client: Client): Promise<void>;
  /** Releases a client while the page is being left; nobody hears of the answer. */
  releaseLeaving(client: Client): void;
  /** A page of the client's jobs, newest first. */
  jobs(client: Client, cursor: string | undefined): Promise<{ jobs: readonly JobStatus[]; next: string | null }>;
  process(
    client: Client,
    algorithm: string,
    reference: Reference,
    parameters: Record<string, unknown>,
    key: string,
    inputs?: Record<string, unknown>,
  ): Promise<string>;
  cancel(client: Client, jobId: string): Promise<void>;
  sign(client: Client, key: string): Promise<string>;
}

export function createProcessing(base: string, authorization: () => Promise<string | null>): Processing {
  // The loop waits for a busy API itself, and shows that it does; what a person asks for fails at once.
  const api = imaging.connect(base, { authorization, tries: 1 });
  return {
    base,
    http: api,
    catalogue: () => imaging.algorithms<CatalogueEntry>(api),
    provision: (key) => imaging.provision(api, key, IDLE_SECONDS),
    release: (client) => imaging.remove(api, client),
    releaseLeaving(client) {
      // At once: a token that had to be renewed first would come too late.
      void imaging.remove(imaging.connect(base, { tries: 1 }), client, true).catch(() => undefined);
    },
    async jobs(client, cursor) {
      const page = await gone(imaging.jobs<JobStatus>(api, client, { cursor }));
      return { jobs: page.jobs, next: page.cursor };
    },
    process: (client, algorithm, reference, parameters, key, inputs) =>
      imaging.submit(api, client, algorithm, reference, parameters, { key, inputs }),
    receive: (client, wait, signal) => gone(imaging.poll<Result>(api, client, wait, signal)),
    acknowledge: (client, receipt) => gone(imaging.acknowledge(api, client, receipt)),
    status: (client, jobId) => gone(imaging.job<JobStatus>(api, client, jobId)),
    cancel: (client, jobId) => imaging.cancel(api, client, jobId),
    sign: (client, key) => imaging.sign(api, client, key),
  };
}

/** If the token or the queue is unknown, the client no longer exists. */
async function gone<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof imaging.ApiError && error.clientGone) throw new Gone(error.message);
    throw error;
  }
}
