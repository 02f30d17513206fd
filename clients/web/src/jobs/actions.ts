/** The user's actions: send, cancel, rerun or remove a job; renew or release the client. */

import { ApiError } from "../api/http";
import type { Processing } from "../api/processing";
import type { JobStatus } from "../api/results";
import { type Client, isOpen, type Job, type Output, type Reference } from "../model";
import { clientOf, type Exclusive } from "./client";
import { newJob } from "./newJob";
import { clientGone, type Loop } from "./poll";
import { recoverJobs, takeResult } from "./recover";
import { refused } from "./refused";
import { validAddress } from "./result/addresses";
import type { Store } from "./store";

type Values = Record<string, unknown>;

export interface Actions {
  submit(algorithm: string, reference: Reference, parameters: Values, inputs?: Values): Promise<Job>;
  /** Sends a job for each input, as one batch. */
  submitMany(algorithm: string, references: readonly Reference[], parameters: Values, inputs?: Values): Promise<void>;
  /** Sends a job, or the batch of which it is one, again to which no answer came: what was accepted is made but once. */
  resend(job: Job): Promise<void>;
  cancel(job: Job): Promise<void>;
  remove(key: string): void;
  /** Fills in the outputs that the list did not keep, or puts a job that ended into it; the job's state, or null. */
  fetch(jobId: string): Promise<JobStatus["state"] | null>;
  /** Puts the jobs that ended and that the list lacks into it; returns how many there were. */
  recover(): Promise<number>;
  renew(): Promise<void>;
  release(): Promise<void>;
  /** An address of the output that is valid now. */
  address(job: Job, output: Output): Promise<string>;
}

export function createActions(
  store: Store,
  api: Processing,
  loop: Loop,
  now = Date.now,
  exclusive: Exclusive = (run) => run(),
): Actions {
  const client = clientOf(store, api, exclusive);

  /** Calls as the browser's client. One that has expired since the last job is made anew, once. */
  async function asClient<T>(call: (owner: Client) => Promise<T>, again = true): Promise<T> {
    const owner = await client();
    try {
      return await call(owner);
    } catch (error) {
      if (!again || !(error instanceof ApiError && error.clientGone)) throw error;
      clientGone(store, owner);
      return asClient(call, false);
    }
  }

  async function send(job: Job): Promise<void> {
    await asClient(async (owner) => {
      const jobId = await api.process(owner, job.algorithm, job.reference, job.parameters, job.key, job.inputs);
      store.update(job.key, { jobId, clientId: owner.clientId, state: "accepted" });
    });
  }

  /** Sends a job of the list, which then says what became of it. */
  async function trySend(job: Job): Promise<void> {
    try {
      await send(job);
    } catch (error) {
      const { error: found, change } = refused(error);
      if (change) store.update(job.key, change);
      else remove(job.key);
      throw found;
    }
    loop.wake();
  }

  function remove(key: string): void {
    store.set((state) => ({ ...state, jobs: state.jobs.filter((job) => job.key !== key) }));
  }

  return {
    async submit(algorithm, reference, parameters, inputs = {}) {
      const job = newJob({ algorithm, reference, parameters, inputs, sentAt: now() });
      store.set((state) => ({ ...state, jobs: [job, ...state.jobs] }));
      await trySend(job);
      return job;
    },
    async resend(job) {
      if (job.batch) {
        await (await import("./batch/send")).resendBatch(store, api.http, asClient, job.batch);
        return loop.wake();
      }
      store.update(job.key, { state: "sending" });
      await trySend(job);
    },
    async submitMany(algorithm, references, parameters, inputs = {}) {
      const { sendBatch } = await import("./batch/send");
      const shared = { algorithm, parameters, inputs, sentAt: now() };
      await sendBatch(store, api.http, asClient, references, shared);
      loop.wake();
    },
    async cancel(job) {
      const owner = store.get().client;
      if (!owner || !job.jobId) return;
      store.update(job.key, { cancelRequested: true });
      try {
        await api.cancel(owner, job.jobId);
      } catch (error) {
        // The job had ended already: its result is on its way.
        if (error instanceof ApiError && error.code === "already_ended") return;
        store.update(job.key, { cancelRequested: false });
        throw error;
      }
    },
    remove,
    async fetch(jobId) {
      const owner = store.get().client;
      if (!owner) return null;
      const status = await api.status(owner, jobId);
      if (status.result) takeResult(store, status.result, now());
      return status.state;
    },
    recover: () => recoverJobs(store, api, now),

    async renew() {
      const owner = store.get().client;
      if (owner) await leave(owner);
      await client();
    },
    async release() {
      const owner = store.get().client;
      if (!owner) return;
      await leave(owner);
      store.set((state) => ({ ...state, notice: "released" }));
    },
    address: (job, output) => validAddress(store, api, job, output, now()),
  };

  async function leave(owner: Client): Promise<void> {
    await api.release(owner).catch((error: unknown) => {
      // It does not matter if the client is already gone.
      if (!(error instanceof ApiError && error.clientGone)) throw error;
    });
    store.set((state) => ({
      client: null,
      jobs: state.jobs.map((job) => (isOpen(job) ? { ...job, state: "lost" as const } : job)),
      notice: null,
    }));
    loop.wake();
  }
}
