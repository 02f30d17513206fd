/**
 * A client of the processing API: all that a consumer of results needs, over `fetch` alone. The page is built on it.
 *
 * You may copy this file: it imports nothing, and runs in browsers and in Node 20 or later. Its twin in Python is
 * `clients/cli/client.py`. What you do not call, a bundler leaves out.
 *
 *     const api = connect("https://imaging.example.org/api");
 *     const client = await provision(api);
 *     const jobs = [await submit(api, client, "gaussian", { study_id: "1.2.3", scope: "study" }, { sigma: 2 })];
 *     for await (const result of waitAll(api, client, jobs)) console.log(result.status, result.measurements);
 *     await remove(api, client);
 */

/** A provisioned client. Keep it to be the same one later; `token` is a secret. */
export interface Client {
  clientId: string;
  token: string;
  queueUrl: string;
}

/** An image, a series or a study. */
export interface Input {
  study_id: string;
  series_id?: string | null;
  image_id?: string | null;
  scope: "image" | "series" | "study";
}

/** One object that a job made; `url` is valid for an hour, after that `sign(key)` gives another. */
export interface Output {
  name: string;
  kind: string;
  key: string;
  url: string;
}

/** How a job ended; GET /docs lists what else it says. */
export interface Result {
  job_id: string;
  client_id: string;
  status: "succeeded" | "partial" | "failed" | "cancelled" | "timed_out";
  outputs: readonly Output[];
  outputs_complete: boolean;
  measurements: Record<string, number | string | boolean>;
  error?: { code: string; message: string; retryable: boolean } | null;
}

/** A result in the client's queue, where it stays until it is acknowledged. */
export interface Delivery<R = Result> {
  receipt: string;
  result: R;
}

export interface Job<R = Result> {
  job_id: string;
  state: string;
  progress: number;
  result?: R | null;
}

/** One thing that is wrong in a request: where, and what. */
export interface Fault {
  pointer?: string | null;
  detail: string;
}

/** The code of a call that lacks the JSON web token which the stack asks for. */
export const SIGN_IN = "not_signed_in";

/** The API's refusal of a call (RFC 9457 problem details), or no answer at all (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: readonly Fault[];
  /** How long a busy API asks callers to wait; 0 if it does not say. */
  readonly retryAfterMs: number;

  constructor(status: number, code: string, message: string, faults: readonly Fault[] = [], retryAfterMs = 0) {
    super(message);
    this.retryAfterMs = retryAfterMs;
    this.status = status;
    this.code = code;
    this.faults = faults;
  }

  /** Whether the API could not be reached, in contrast to one that refused. */
  get unreachable(): boolean {
    return this.status === 0;
  }

  /** Whether the API no longer knows the client. */
  get clientGone(): boolean {
    return this.code === "unauthorized" || this.code === "forbidden";
  }
}

/** Reads the error of a failed call. */
export async function problem(answer: Response): Promise<ApiError> {
  const body = await answer.json().catch(() => ({}));
  const message = body.detail ?? body.title ?? `${answer.status} ${answer.statusText}`;
  // API Gateway refuses without a code; the handlers behind it give one.
  const code = body.code ?? (answer.status === 401 ? SIGN_IN : "");
  const seconds = Number(answer.headers.get("Retry-After") ?? 0);
  const retryAfterMs = Number.isFinite(seconds) ? 1000 * Math.max(0, seconds) : 0;
  return new ApiError(answer.status, code, message, body.errors ?? [], retryAfterMs);
}

export interface Options {
  /** The `Authorization` header of a call, if the stack asks for one; may reject if the call would be refused. */
  authorization?: () => Promise<string | null>;
  /** How often a call to a busy API is made at most; 6 is half a minute. */
  tries?: number;
  /** The W3C Trace Context of the caller's span, of which the jobs become parts. */
  traceparent?: string;
  fetch?: typeof fetch;
  sleep?: (ms: number) => Promise<unknown>;
}

interface Call {
  client?: Client;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  keepalive?: boolean;
}

export interface Api {
  /** Calls the API; rejects with an ApiError, or with the signal's AbortError. */
  call<T>(method: string, path: string, call?: Call): Promise<T>;
  traceparent?: string;
}

/** Returns the API at an address, such as that of `imaging outputs`, or of the page with `/api`. */
export function connect(base: string, options: Options = {}): Api {
  const {
    authorization,
    tries = 6,
    traceparent,
    sleep = (ms) => new Promise((done) => setTimeout(done, ms)),
  } = options;

  async function once(method: string, path: string, { client, query, body, headers, ...rest }: Call) {
    const given = Object.entries(query ?? {}).flatMap(([name, value]) => (value == null ? [] : [[name, `${value}`]]));
    const search = given.length ? `?${new URLSearchParams(given)}` : "";
    const granted = await authorization?.();
    const sent = {
      ...headers,
      ...(client && { "X-Client-Token": client.token }),
      ...(granted && { Authorization: granted }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    };
    const request = { ...rest, method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body) };
    let answer: Response;
    try {
      answer = await (options.fetch ?? fetch)(base.replace(/\/$/, "") + path + search, request);
    } catch (error) {
      if (rest.signal?.aborted) throw error;
      throw new ApiError(0, "unreachable", String((error as Error)?.message ?? error));
    }
    if (!answer.ok) throw await problem(answer);
    if (answer.status === 204) return undefined;
    return answer.json().catch((error) => {
      if (!(error instanceof SyntaxError)) throw error;
      throw new ApiError(answer.status, "", `${base} answers, but not as the processing API does`);
    });
  }

  return {
    traceparent,
    async call(method, path, call = {}) {
      for (let failures = 1; ; failures++) {
        try {
          return await once(method, path, call);
        } catch (error) {
          if (failures >= tries || !isBusy(error)) throw error;
          // As long as the answer asks, or twice as long each time; callers must not return together.
          const least = error.retryAfterMs || 500 * 2 ** (failures - 1);
          await sleep(Math.min(least, 10_000) * (1 + Math.random() / 2));
        }
      }
    },
  };
}

/** Whether the same call may work a moment later. Every call of this file may be repeated. */
function isBusy(error: unknown): error is ApiError {
  const codes = ["", "unavailable", "too_many_open_jobs"];
  return error instanceof ApiError && [429, 500, 503, 504].includes(error.status) && codes.includes(error.code);
}

/** Makes a client. The same key within a day gives the same one; it may go after `idleSeconds` without a call. */
export async function provision(api: Api, key: string = crypto.randomUUID(), idleSeconds?: number): Promise<Client> {
  const body = idleSeconds ? { idle_seconds: idleSeconds } : {};
  type Answer = { client_id: string; client_token: string; queue_url: string };
  const made = await api.call<Answer>("POST", "/provision", { body, headers: { "Idempotency-Key": key } });
  return { clientId: made.client_id, token: made.client_token, queueUrl: made.queue_url };
}

/** Removes a client with its queue and cancels its open jobs; `keepalive` if the page is being left. */
export function remove(api: Api, client: Client, keepalive = false): Promise<void> {
  return api.call("DELETE", "/provision", { client, keepalive });
}

/** Returns the catalogue. */
export async function algorithms<A>(api: Api): Promise<readonly A[]> {
  return (await api.call<{ algorithms: A[] }>("GET", "/algorithms")).algorithms;
}

export interface Further {
  /** Further inputs by name. */
  inputs?: Record<string, unknown>;
  /** Two calls with the same key within a day are one job. */
  key?: string;
  /** An address that is called when a job has ended, and the secret that signs the call. */
  callback?: { url: string; secret: string };
}

/** Sends one job; returns its id. */
export async function submit(
  api: Api,
  client: Client,
  algorithm: string,
  input: Input,
  parameters: Record<string, unknown> = {},
  further: Further = {},
): Promise<string> {
  return (await send<{ job_id: string }>(api, client, algorithm, input, parameters, further)).job_id;
}

/** Sends a job for each of at most 1,000 inputs, all or none; the ids are in their order. */
export function submitBatch(
  api: Api,
  client: Client,
  algorithm: string,
  inputs: readonly Input[],
  parameters: Record<string, unknown> = {},
  further: Further = {},
): Promise<{ batch_id: string; job_ids: string[] }> {
  return send(api, client, algorithm, inputs, parameters, further);
}

function send<T>(api: Api, client: Client, algorithm: string, pacs: unknown, parameters: unknown, further: Further) {
  const { inputs, key = crypto.randomUUID(), callback } = further;
  const named = inputs && Object.keys(inputs).length ? { inputs } : {};
  return api.call<T>("POST", `/process/${encodeURIComponent(algorithm)}`, {
    client,
    body: { pacs, parameters, ...named, callback: { client_id: client.clientId, ...callback } },
    headers: { "Idempotency-Key": key, ...(api.traceparent && { traceparent: api.traceparent }) },
  });
}

/** Returns a job's state, progress and hops, and its result once it has ended. */
export function job<J = Job>(api: Api, client: Client, jobId: string): Promise<J> {
  return api.call("GET", `/jobs/${encodeURIComponent(jobId)}`, { client });
}

/** Returns a page of the client's jobs, newest first; `cursor` of one page leads to the next. */
export function jobs<J = Job>(
  api: Api,
  client: Client,
  query: { state?: string; algorithm?: string; since?: number; batch?: string; cursor?: string } = {},
): Promise<{ jobs: J[]; cursor: string | null }> {
  return api.call("GET", "/jobs", { client, query });
}

/** Cancels a job, or a batch by its id; each job still ends with one result. */
export function cancel(api: Api, client: Client, id: string): Promise<void> {
  return api.call("DELETE", `/${id.startsWith("b-") ? "batches" : "jobs"}/${encodeURIComponent(id)}`, { client });
}

/** Returns a batch's jobs by state, its progress and an estimate of the seconds left. */
export function batch<B>(api: Api, client: Client, batchId: string, signal?: AbortSignal): Promise<B> {
  return api.call("GET", `/batches/${encodeURIComponent(batchId)}`, { client, signal });
}

/** Waits at most `seconds` (20) for results; each stays in the queue until it is acknowledged. */
export async function poll<R = Result>(
  api: Api,
  client: Client,
  seconds = 20,
  signal?: AbortSignal,
): Promise<readonly Delivery<R>[]> {
  const query = { queue: client.queueUrl, wait: seconds };
  return (await api.call<{ messages: Delivery<R>[] }>("GET", "/proxy-sqs", { client, query, signal })).messages;
}

/** Removes at most ten results from the queue; one whose receipt came too late is delivered again. */
export async function acknowledge(api: Api, client: Client, ...receipts: string[]): Promise<void> {
  try {
    const query = { queue: client.queueUrl, receipt: receipts.join() };
    await api.call("DELETE", "/proxy-sqs", { client, query });
  } catch (error) {
    if (!(error instanceof ApiError && error.code === "stale_receipt")) throw error;
  }
}

/** Returns a fresh address of one of the client's outputs. */
export async function sign(api: Api, client: Client, key: string): Promise<string> {
  return (await api.call<{ url: string }>("GET", "/sign", { client, query: { key } })).url;
}

/** Returns all outputs of a result, each with its address; if they are many, the job's manifest lists them. */
export async function outputs(api: Api, client: Client, result: Result): Promise<readonly Output[]> {
  if (result.outputs_complete) return result.outputs;
  const answer = await fetch(await sign(api, client, `results/${client.clientId}/${result.job_id}/result.json`));
  if (!answer.ok) throw await problem(answer);
  const listed: Output[] = (await answer.json()).outputs;
  return Promise.all(listed.map(async (each) => ({ ...each, url: await sign(api, client, each.key) })));
}

/** Jobs that are looked at after a poll that brought none of them. */
const LOOKED_AT = 10;

/**
 * Gives the result of each of these jobs once, as they end.
 *
 * A result is acknowledged when the next one is asked for. One that another process took is read from the job.
 */
export async function* waitAll(
  api: Api,
  client: Client,
  jobIds: Iterable<string>,
  signal?: AbortSignal,
): AsyncGenerator<Result, void, void> {
  const mine = new Set(jobIds);
  const waiting = new Set(mine);
  while (waiting.size) {
    signal?.throwIfAborted();
    let brought = false;
    for (const { receipt, result } of await poll(api, client, 20, signal)) {
      if (!mine.has(result.job_id)) continue;
      brought = true;
      if (waiting.delete(result.job_id)) yield result;
      await acknowledge(api, client, receipt);
    }
    if (brought) continue;
    for (const jobId of [...waiting].slice(0, LOOKED_AT)) {
      const { result } = await job(api, client, jobId);
      if (result && waiting.delete(jobId)) yield result;
    }
  }
}
