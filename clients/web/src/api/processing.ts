/** The processing API as the page uses it. */

import type { Client, Reference } from "../model";
import { ApiError, data, processingClient } from "./http";
import type { components } from "./processing-schema";
import { type Api, type Delivery, Gone, type JobStatus } from "./results";

// The page's client may go when no tab has called anything for half a day; the next call makes another.
const IDLE_SECONDS = 12 * 3600;

export type CatalogueEntry = components["schemas"]["CatalogueEntry"];

type Accepted = components["schemas"]["Accepted"];
type ProcessBody = components["schemas"]["ProcessRequest"];

type Http = ReturnType<typeof processingClient>;

export interface Processing extends Api {
  base: string;
  http: Http;
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
  const http = processingClient(base, authorization);
  return {
    base,
    http,
    async catalogue() {
      return (await data(http.GET("/algorithms"))).algorithms;
    },
    async provision(idempotencyKey) {
      const provisioned = await data(
        http.POST("/provision", {
          params: { header: { "Idempotency-Key": idempotencyKey } },
          body: { idle_seconds: IDLE_SECONDS },
        }),
      );
      const { client_id: clientId, client_token, queue_url: queueUrl } = provisioned;
      return { clientId, token: client_token, queueUrl };
    },
    async release(client) {
      await http.DELETE("/provision", { headers: token(client) });
    },
    releaseLeaving(client) {
      void fetch(`${base}/provision`, { method: "DELETE", headers: token(client), keepalive: true }).catch(
        () => undefined,
      );
    },
    async jobs(client, cursor) {
      const query = { cursor };
      const page = await gone(data(http.GET("/jobs", { params: { query }, headers: token(client) })));
      return { jobs: page.jobs as readonly JobStatus[], next: page.cursor };
    },
    async process(client, algorithm, reference, parameters, key, inputs = {}) {
      const answer = await data(
        http.POST("/process/{algorithm}", {
          params: { path: { algorithm }, header: { "Idempotency-Key": key } },
          headers: token(client),
          // Fields that are left out have defaults, which the generated type does not know.
          body: {
            pacs: reference,
            parameters,
            ...(Object.keys(inputs).length ? { inputs } : {}),
            callback: { client_id: client.clientId },
          } as ProcessBody,
        }),
      );
      return (answer as Accepted).job_id; // one input is one job
    },
    async receive(client, wait, signal) {
      const query = { queue: client.queueUrl, wait };
      const answer = await gone(data(http.GET("/proxy-sqs", { params: { query }, headers: token(client), signal })));
      return answer.messages as readonly Delivery[];
    },
    async acknowledge(client, receipt) {
      const query = { queue: client.queueUrl, receipt };
      try {
        await gone(http.DELETE("/proxy-sqs", { params: { query }, headers: token(client) }));
      } catch (error) {
        // The receipt came too late: the message is delivered again with a new receipt.
        if (!(error instanceof ApiError && error.code === "stale_receipt")) throw error;
      }
    },
    async status(client, jobId) {
      const params = { path: { job_id: jobId } };
      return (await gone(data(http.GET("/jobs/{job_id}", { params, headers: token(client) })))) as JobStatus;
    },
    async cancel(client, jobId) {
      await http.DELETE("/jobs/{job_id}", { params: { path: { job_id: jobId } }, headers: token(client) });
    },
    async sign(client, key) {
      return (await data(http.GET("/sign", { params: { query: { key } }, headers: token(client) }))).url;
    },
  };
}

/** The header that says whose call it is. */
export const token = (client: Client) => ({ "X-Client-Token": client.token });

/** If the token or the queue is unknown, the client no longer exists. */
async function gone<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError && error.clientGone) throw new Gone(error.message);
    throw error;
  }
}
