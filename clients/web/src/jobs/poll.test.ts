import { afterEach, expect, it } from "vitest";
import { ApiError, problem } from "../api/http";
import { type Api, Gone, type JobStatus } from "../api/results";
import { memoryStorage } from "../memoryStorage";
import type { Job, Result } from "../model";
import { storeResult } from "./ended";
import { backoff, type Clock, type Loop, startLoop } from "./poll";
import { client, jobNumber as job } from "./sampleJobs";
import { createStore } from "./store";

const result = (n: number): Result => ({
  version: 1,
  job_id: `j${n}`,
  client_id: client.clientId,
  algorithm: "gaussian",
  distribution: "imaging-services 1",
  status: "succeeded",
  pacs: { study_id: "1", scope: "study" },
  parameters: {},
  inputs: {},
  outputs: [],
  ports: [],
  outputs_complete: true,
  display: null,
  measurements: {},
  missing: [],
  used: [],
  source: null,
  error: null,
  attempts: 1,
  hops: { accepted: 1, published: 2 },
});
const running: JobStatus = {
  state: "running",
  progress: 0.5,
  attempts: 1,
  hops: { started: 1 },
  cancel_requested: false,
};

/** A clock on which nothing takes time, and which records every sleep. */
function fakeClock(): Clock & { slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => 1000,
    sleep: (ms, signal) => {
      slept.push(ms);
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms >= 60_000 ? 1e6 : 1);
        signal.addEventListener("abort", () => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
  };
}

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
const until = async (condition: () => boolean) => {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(condition()).toBe(true);
};

let loop: Loop | null = null;
afterEach(() => loop?.stop());

function storeWith(jobs: Job[], saved = memoryStorage()) {
  const store = createStore(saved);
  store.set(() => ({ client, jobs, notice: null }));
  return { store, saved };
}

it("one receive serves all jobs, and a result is acknowledged only after it is stored", async () => {
  const { store, saved } = storeWith([job(1), job(2)]);
  let receives = 0;
  const order: string[] = [];
  const api: Api = {
    receive: async (_c, _w, signal) => {
      receives += 1;
      if (receives > 1) return never(signal);
      return [1, 2].map((n) => ({ receipt: `r${n}`, result: result(n) }));
    },
    acknowledge: async (_c, receipt) => {
      order.push(
        `${receipt} stored:${saved.getItem(`imaging.job.k${receipt.slice(1)}`)?.includes('"state":"succeeded"')}`,
      );
    },
    status: async () => ({ ...running, hops: { delivered: 7 } }),
  };
  loop = startLoop(store, api, () => {}, fakeClock());
  await until(() => store.get().jobs.every((j) => j.state === "succeeded"));
  await until(() => order.length === 2);
  expect(order).toEqual(["r1 stored:true", "r2 stored:true"]);
  expect(receives).toBe(1);
  await until(() => store.get().jobs.every((j) => j.hops.delivered === 7));
});

it("backs off while the API does not answer, says so, and recovers", async () => {
  const { store } = storeWith([job(1)]);
  const clock = fakeClock();
  const troubles: (string | null)[] = [];
  let tries = 0;
  const api: Api = {
    receive: async () => {
      tries += 1;
      if (tries <= 3) throw new Error("unreachable");
      return [{ receipt: "r1", result: result(1) }];
    },
    acknowledge: async () => {},
    status: async () => running,
  };
  loop = startLoop(store, api, (t) => troubles.push(t?.message ?? null), clock);
  await until(() => store.get().jobs[0]?.state === "succeeded");
  expect(troubles).toEqual(["unreachable", "unreachable", "unreachable", null]);
  const delays = clock.slept.filter((ms) => ms !== 1500 && ms < 60_000);
  expect(delays).toHaveLength(3);
  expect(delays[2]).toBeGreaterThan(delays[0] as number);
});

it("the delay doubles up to half a minute", () => {
  expect([1, 2, 3, 10].map((n) => backoff(n, () => 1))).toEqual([1000, 2000, 4000, 30000]);
  expect(backoff(1, () => 0)).toBe(750);
});

it("a busy API is left alone for at least as long as it asks for, within half a minute", () => {
  expect(backoff(1, () => 0, 5000)).toBe(5000);
  expect(backoff(1, () => 1, 5000)).toBe(6250);
  expect(backoff(5, () => 1, 5000)).toBe(16000);
  expect(backoff(1, () => 0, 3_600_000)).toBe(30000);
});

it("waits as long as a refusal asks for", async () => {
  const { store } = storeWith([job(1)]);
  const clock = fakeClock();
  let failed = false;
  const api: Api = {
    receive: async () => {
      if (failed) return [{ receipt: "r", result: result(1) }];
      failed = true;
      throw new ApiError(503, "unavailable", "busy", [], 20_000);
    },
    acknowledge: async () => {},
    status: async () => running,
  };
  loop = startLoop(store, api, () => {}, clock);
  await until(() => store.get().jobs[0]?.state === "succeeded");
  expect(clock.slept.some((ms) => ms >= 20_000 && ms <= 25_000)).toBe(true);
});

it("reads what a refusal asks for", async () => {
  const answer = (headers: Record<string, string>) => problem(new Response("{}", { status: 503, headers }));
  expect((await answer({ "Retry-After": "2" })).retryAfterMs).toBe(2000);
  expect((await answer({ "Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT" })).retryAfterMs).toBe(0);
  expect((await answer({})).retryAfterMs).toBe(0);
});

it("asks nothing while no job is open, and starts at a wake", async () => {
  const { store } = storeWith([]);
  let receives = 0;
  const api: Api = {
    receive: (_c, _w, signal) => {
      receives += 1;
      return never(signal);
    },
    acknowledge: async () => {},
    status: async () => running,
  };
  loop = startLoop(store, api, () => {}, fakeClock());
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(receives).toBe(0);
  store.set((s) => ({ ...s, jobs: [job(1)] }));
  loop.wake();
  await until(() => receives === 1 && store.get().jobs[0]?.state === "running");
  expect(store.get().jobs[0]?.progress).toBe(0.5);
});

it("a client that is gone is forgotten and its open jobs are lost, the ended ones kept", async () => {
  const { store } = storeWith([job(1), job(2, { state: "succeeded" })]);
  const api: Api = {
    receive: async () => {
      throw new Gone();
    },
    acknowledge: async () => {},
    status: async () => running,
  };
  loop = startLoop(store, api, () => {}, fakeClock());
  await until(() => store.get().client === null);
  expect(store.get().jobs.map((j) => j.state)).toEqual(["lost", "succeeded"]);
  expect(store.get().notice).toBe("renewed");
});

it("an ended job whose message does not come takes its result from the table", async () => {
  const { store } = storeWith([job(1)]);
  const ended: JobStatus = { ...running, state: "succeeded", result: result(1) };
  let asked = 0;
  const status = async () => {
    asked += 1;
    return ended;
  };
  loop = startLoop(
    store,
    { receive: (_c, _w, s) => never(s), acknowledge: async () => {}, status },
    () => {},
    fakeClock(),
  );
  await until(() => store.get().jobs[0]?.state === "succeeded");
  expect(asked, "the queue is given time").toBe(3);
});

it("a result for which the storage has no room is not acknowledged, until there is", async () => {
  const { store, saved } = storeWith([job(1), job(2), job(3)]);
  saved.room = [...saved.values.values()].reduce((sum, text) => sum + text.length, 0) + 200;
  const acknowledged: string[] = [];
  const api: Api = {
    receive: async (_c, _w, signal) => {
      if (acknowledged.includes("r1")) return never(signal);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return [{ receipt: "r1", result: { ...result(1), measurements: { text: "x".repeat(500) } } }];
    },
    acknowledge: async (_c, receipt) => void acknowledged.push(receipt),
    status: async () => running,
  };
  loop = startLoop(store, api, () => {}, fakeClock());
  await until(() => store.get().notice === "full");
  expect(store.get().jobs[0], "it is shown meanwhile").toMatchObject({ state: "succeeded" });
  expect(acknowledged).toEqual([]);
  saved.room = 1e6;
  store.set((now) => ({ ...now, jobs: now.jobs.filter((one) => one.key !== "k3") }));
  await until(() => acknowledged.length === 1);
  expect(store.get().notice).toBeNull();
  expect(
    createStore(saved)
      .get()
      .jobs.find((one) => one.key === "k1")?.state,
  ).toBe("succeeded");
});

it("a result whose job this list has lost is kept as a job", async () => {
  const { store } = storeWith([job(1)]);
  expect(storeResult(store, result(9), 0)).toBe(true);
  expect(store.get().jobs.find((one) => one.jobId === "j9")).toMatchObject({
    state: "succeeded",
    algorithm: "gaussian",
  });
  store.set((now) => ({ ...now, jobs: [job(2, { state: "sending", jobId: null }), ...now.jobs] }));
  expect(storeResult(store, result(2), 0), "its number may be on its way").toBe(false);
});
