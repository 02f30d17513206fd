/** One loop for all jobs: polls the client queue while any job is open, and acknowledges a result once it is stored. */

import { type Api, Gone } from "../api/results";
import { type Client, isOpen, type Job } from "../model";
import { storeResult } from "./ended";
import type { Store } from "./store";

export interface Clock {
  now(): number;
  /** Resolves after the time, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const WAIT_SECONDS = 20;
const [STATUS_MS, FIRST_DELAY_MS, LAST_DELAY_MS] = [1500, 1000, 30000];
/** The most jobs whose state is asked for in one round; the oldest wait for the next round. */
const STATUS_AT_ONCE = 6;
/** After so many rounds a result is taken from the jobs table instead of the queue. */
const LATE_ROUNDS = 2;

/** Delay before the next try after `failures` in a row; a part is random, so that pages do not return together. */
export function backoff(failures: number, random = Math.random, demandedMs = 0): number {
  const most = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  // A busy API may ask for a longer delay; the random part is then added to it.
  return Math.max(most * (0.75 + 0.25 * random()), Math.min(LAST_DELAY_MS, demandedMs) * (1 + 0.25 * random()));
}

/** The delay that a busy API demands in `Retry-After`. */
function demandedDelay(error: unknown): number {
  return typeof error === "object" && error !== null && "retryAfterMs" in error ? Number(error.retryAfterMs) : 0;
}

export interface Loop {
  /** Checks again whether any job is open. */
  wake(): void;
  stop(): void;
}

export function startLoop(store: Store, api: Api, onTrouble: (trouble: Error | null) => void, clock: Clock): Loop {
  const stop = new AbortController();
  let round = new AbortController();
  /** Ended jobs without a result, and for how many rounds each has been known to have ended. */
  const endedFor = new Map<string, number>();
  const open = () =>
    store.get().jobs.filter((job) => isOpen(job) && job.jobId && job.clientId === store.get().client?.clientId);
  const idle = () => store.get().client === null || open().length === 0;

  async function forever(step: (client: Client, signal: AbortSignal) => Promise<number>): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      const signal = round.signal;
      const client = store.get().client;
      if (!client || idle()) {
        await clock.sleep(60_000, signal);
        continue;
      }
      try {
        const pause = await step(client, signal);
        if (failures) onTrouble(null);
        failures = 0;
        if (pause) await clock.sleep(pause, signal);
      } catch (error) {
        if (signal.aborted) continue;
        if (error instanceof Gone) {
          clientGone(store, client);
          continue;
        }
        failures += 1;
        onTrouble(error instanceof Error ? error : new Error(String(error)));
        await clock.sleep(backoff(failures, Math.random, demandedDelay(error)), signal);
      }
    }
  }

  async function receive(client: Client, signal: AbortSignal): Promise<number> {
    const deliveries = await api.receive(client, WAIT_SECONDS, signal);
    for (const { result, receipt } of deliveries) {
      // A result that does not last stays in the queue, and comes again.
      if (!storeResult(store, result, clock.now())) continue;
      await api.acknowledge(client, receipt);
      await completeHops(client, result.job_id);
    }
    return 0;
  }

  /** The last hops are written while a result is on its way, so that only the table has them. */
  async function completeHops(client: Client, jobId: string): Promise<void> {
    const job = store.get().jobs.find((one) => one.jobId === jobId);
    const status = job ? await api.status(client, jobId).catch(() => null) : null;
    if (job && status) store.update(job.key, { hops: { ...job.hops, ...status.hops } });
  }

  async function watch(client: Client): Promise<number> {
    // A batch's row asks for all its jobs at once: they come after the others.
    const asked = open().sort((a, b) => Number(!a.batch) - Number(!b.batch));
    for (const job of asked.slice(-STATUS_AT_ONCE)) {
      const status = await api.status(client, job.jobId as string);
      const now = store.get().jobs.find((one) => one.key === job.key);
      if (!now || !isOpen(now)) continue;
      // The queue brings a result with signed addresses. A poll that a reload cut off may have taken the result.
      const rounds = (endedFor.get(now.key) ?? 0) + 1;
      if (status.result) endedFor.set(now.key, rounds);
      if (status.result && rounds > LATE_ROUNDS) storeResult(store, status.result, clock.now());
      else if (isOpen({ ...now, state: status.state })) {
        store.update(job.key, {
          state: status.state,
          progress: status.progress,
          attempts: status.attempts,
          hops: { ...status.hops },
          cancelRequested: status.cancel_requested,
          estimate: status.estimate ?? null,
        });
      }
    }
    return STATUS_MS;
  }

  void forever(receive);
  void forever(watch);
  return {
    wake() {
      const before = round;
      round = new AbortController();
      before.abort();
    },
    stop() {
      stop.abort();
      round.abort();
    },
  };
}

/** Forgets a client that the server does not know; the API no longer answers for its open jobs. */
export function clientGone(store: Store, client: Client): void {
  store.set((now) => {
    if (now.client?.clientId !== client.clientId) return now;
    const jobs = now.jobs.map(
      (job): Job => (isOpen(job) && job.clientId === client.clientId ? { ...job, state: "lost" } : job),
    );
    return { client: null, jobs, notice: "renewed" };
  });
}
