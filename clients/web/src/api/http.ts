/** Calls to both APIs, with one kind of error. */

import createClient, { type Middleware } from "openapi-fetch";
import type { ServerFault } from "../forms/values";
import type { paths as PacsPaths } from "./pacs-schema";
import type { paths as ProcessingPaths } from "./processing-schema";

/** The page's own codes: the stack requires a token of its issuer, or an AWS signature, before anything else. */
export const SIGN_IN = "not_signed_in";
export const SIGNATURE = "signature_needed";

/** The error of a call: the API's RFC 9457 problem details, or no answer at all (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: readonly ServerFault[];
  /** How long a busy API asks callers to wait; 0 if it does not say. */
  readonly retryAfterMs: number;

  constructor(status: number, code: string, message: string, faults: readonly ServerFault[] = [], retryAfterMs = 0) {
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

/** Whether a call was refused because it lacks the token or the signature that the stack requires. */
export function isRefused(error: unknown): boolean {
  return error instanceof ApiError && (error.code === SIGN_IN || error.code === SIGNATURE);
}

interface ProblemBody {
  code?: string;
  title?: string;
  detail?: string;
  errors?: ServerFault[];
}

/** Reads the error of a failed call. */
export async function problem(answer: Response): Promise<ApiError> {
  const body: ProblemBody = await answer.json().catch(() => ({}));
  const message = body.detail ?? body.title ?? `${answer.status} ${answer.statusText}`;
  // API Gateway refuses without a code; the handlers behind it give one.
  const code = body.code ?? (answer.status === 401 ? SIGN_IN : "");
  const seconds = Number(answer.headers.get("Retry-After") ?? 0);
  const retryAfterMs = Number.isFinite(seconds) ? 1000 * Math.max(0, seconds) : 0;
  return new ApiError(answer.status, code, message, body.errors ?? [], retryAfterMs);
}

const raising: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await problem(response);
  },
  onError({ error }) {
    if (error instanceof ApiError) return error;
    if (error instanceof DOMException && error.name === "AbortError") return error;
    return new ApiError(0, "unreachable", error instanceof Error ? error.message : String(error));
  },
};

/** Returns the header of a call, or rejects if the call would be refused. */
export type Authorization = () => Promise<string | null>;

const authorizing = (authorization: Authorization): Middleware => ({
  async onRequest({ request }) {
    const header = await authorization();
    if (header) request.headers.set("Authorization", header);
    return request;
  },
});

export function processingClient(base: string, authorization: Authorization) {
  const client = createClient<ProcessingPaths>({ baseUrl: base });
  client.use(authorizing(authorization));
  client.use(raising);
  return client;
}

export function pacsClient(base: string, authorization: Authorization) {
  const client = createClient<PacsPaths>({ baseUrl: base });
  client.use(authorizing(authorization));
  client.use(raising);
  return client;
}

/** The answer's body; the middleware throws if there is none. */
export async function data<T>(call: Promise<{ data?: T }>): Promise<T> {
  const answer = await call;
  return answer.data as T;
}
