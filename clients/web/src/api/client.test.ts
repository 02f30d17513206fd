import { readFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import * as imaging from "./client";

const client = { clientId: "c".repeat(16), token: "secret", queueUrl: "http://queue" };
const input = { study_id: "1.2", scope: "study" } as const;

interface Sent {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
}

/** An API that gives these answers in turn, with what it was sent and how long was waited. */
function played(answers: (Response | Error)[], options: imaging.Options = {}) {
  const [sent, waited]: [Sent[], number[]] = [[], []];
  const api = imaging.connect("http://api/", {
    sleep: async (ms) => waited.push(ms),
    fetch: (async (address: string, request: RequestInit) => {
      const { pathname: path, searchParams } = new URL(address);
      const headers = Object.fromEntries(new Headers(request.headers));
      const body = request.body ? JSON.parse(String(request.body)) : undefined;
      sent.push({ method: request.method ?? "GET", path, query: Object.fromEntries(searchParams), headers, body });
      const answer = answers.shift();
      if (!(answer instanceof Response)) throw answer ?? new Error("no more answers");
      return answer;
    }) as typeof fetch,
    ...options,
  });
  return { api, sent, waited };
}

const json = (body: unknown, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers });
const none = () => new Response(null, { status: 204 });
const result = (job_id: string) => ({ job_id, status: "succeeded", outputs: [], outputs_complete: true });
const delivered = (...ids: string[]) =>
  json({ messages: ids.map((id) => ({ receipt: `r-${id}`, result: result(id) })) });

afterEach(() => vi.unstubAllGlobals());

it("calls what the API describes", async () => {
  const { api, sent } = played([
    json({ client_id: client.clientId, client_token: "secret", queue_url: "http://queue" }),
    json({ algorithms: [] }),
    json({ job_id: "1" }),
    json({ batch_id: "b-1", job_ids: ["1"] }),
    json({}),
    json({ jobs: [], cursor: null }),
    json({}),
    none(),
    none(),
    delivered(),
    none(),
    json({ url: "u" }),
    none(),
  ]);
  expect(await imaging.provision(api, "key", 3600)).toEqual(client);
  await imaging.algorithms(api);
  await imaging.submit(api, client, "gaussian", input);
  await imaging.submitBatch(api, client, "gaussian", [input]);
  await imaging.job(api, client, "1");
  await imaging.jobs(api, client, { state: "failed" });
  await imaging.batch(api, client, "b-1");
  await imaging.cancel(api, client, "1");
  await imaging.cancel(api, client, "b-1");
  await imaging.poll(api, client, 1);
  await imaging.acknowledge(api, client, "r1", "r2");
  await imaging.sign(api, client, "k");
  await imaging.remove(api, client);
  const { paths } = JSON.parse(readFileSync(new URL("../../openapi/processing.json", import.meta.url), "utf8"));
  const templates = sent.map(({ method, path }) => {
    const known = Object.keys(paths).find((each) => new RegExp(`^${each.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path));
    return known && method.toLowerCase() in paths[known] ? `${method} ${known}` : `unknown: ${method} ${path}`;
  });
  expect(templates.filter((each) => each.startsWith("unknown"))).toEqual([]);
  expect(new Set(templates).size).toBe(12); // a job and a batch are sent to one path
  expect(sent.slice(2).every(({ headers }) => headers["x-client-token"] === "secret")).toBe(true);
  expect(sent[10]?.query).toEqual({ queue: "http://queue", receipt: "r1,r2" });
});

it("sends a job with all that was given, under a key", async () => {
  const { api, sent } = played([json({ job_id: "1" }), json({ job_id: "1" })], {
    authorization: async () => "Bearer token",
    traceparent: "00-1-2-01",
  });
  const callback = { url: "https://hooks.example.org", secret: "whsec_" };
  await imaging.submit(api, client, "gaussian", input, { sigma: 2 }, { key: "k", inputs: { mask: [] }, callback });
  await imaging.submit(api, client, "gaussian", input);
  expect(sent[0]?.body).toEqual({
    pacs: input,
    parameters: { sigma: 2 },
    inputs: { mask: [] },
    callback: { client_id: client.clientId, ...callback },
  });
  expect(sent[0]?.headers).toMatchObject({
    authorization: "Bearer token",
    "idempotency-key": "k",
    traceparent: "00-1-2-01",
  });
  expect(sent[1]?.headers["idempotency-key"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(sent[1]?.body).toEqual({ pacs: input, parameters: {}, callback: { client_id: client.clientId } });
});

it("asks a busy API again, as long as it says or longer each time, with the same key", async () => {
  const busy = (headers = {}) => json({ code: "unavailable" }, 503, headers);
  const { api, sent, waited } = played([busy(), json({}, 429), busy({ "Retry-After": "3" }), json({ job_id: "1" })]);
  expect(await imaging.submit(api, client, "gaussian", input)).toBe("1");
  expect(new Set(sent.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  const least = [500, 1000, 3000];
  expect(waited.map((ms, at) => ms >= (least[at] ?? 0) && ms <= 1.5 * (least[at] ?? 0))).toEqual([true, true, true]);
});

it("gives up after its tries, and at once if a repeat makes no sense", async () => {
  const all = Array.from({ length: 9 }, () => json({ code: "unavailable", detail: "busy" }, 503));
  const { api, sent } = played(all);
  await expect(imaging.algorithms(api)).rejects.toMatchObject({ status: 503, code: "unavailable", message: "busy" });
  expect(sent).toHaveLength(6);
  for (const [status, code] of [
    [422, "invalid_request"],
    [429, "too_many_own_clients"],
    [500, "internal_error"],
    [403, "forbidden"],
  ] as const) {
    const refusing = played([json({ code, errors: [{ pointer: "/pacs", detail: "no" }] }, status)]);
    await expect(imaging.algorithms(refusing.api)).rejects.toMatchObject({ code, faults: [{ pointer: "/pacs" }] });
    expect(refusing.waited).toEqual([]);
  }
});

it("says of a call without a token, and of an API that is not there, what it is", async () => {
  const { api } = played([json({ message: "Unauthorized" }, 401), new TypeError("fetch failed")]);
  await expect(imaging.algorithms(api)).rejects.toMatchObject({ code: imaging.SIGN_IN });
  await expect(imaging.algorithms(api)).rejects.toMatchObject({ unreachable: true, message: "fetch failed" });
});

it("gives each result once as jobs end, and acknowledges it when the next one is asked for", async () => {
  const { api, sent } = played([delivered("2", "other"), none(), delivered("2", "1"), none(), none()]);
  const found: string[] = [];
  const acknowledged = () => sent.filter(({ method }) => method === "DELETE").map(({ query }) => query.receipt);
  for await (const { job_id } of imaging.waitAll(api, client, ["1", "2"])) {
    expect(acknowledged()).not.toContain(`r-${job_id}`);
    found.push(job_id);
  }
  expect(found).toEqual(["2", "1"]);
  expect(acknowledged()).toEqual(["r-2", "r-2", "r-1"]);
});

it("reads the result of a job whose message another process took", async () => {
  const { api } = played([
    delivered(),
    json({ job_id: "1", result: null }),
    delivered(),
    json({ result: result("1") }),
  ]);
  const found: imaging.Result[] = [];
  for await (const each of imaging.waitAll(api, client, ["1"])) found.push(each);
  expect(found).toEqual([result("1")]);
});

it("takes a receipt that came too late for acknowledged, and passes on every other refusal", async () => {
  const { api } = played([json({ code: "stale_receipt" }, 409), json({ code: "forbidden" }, 403)]);
  await imaging.acknowledge(api, client, "r");
  await expect(imaging.acknowledge(api, client, "r")).rejects.toMatchObject({ clientGone: true });
});

it("ends a wait with its signal", async () => {
  const stop = new AbortController();
  stop.abort();
  const { api } = played([]);
  await expect(imaging.waitAll(api, client, ["1"], stop.signal).next()).rejects.toMatchObject({ name: "AbortError" });
});

it("lists many outputs from the manifest", async () => {
  const { api, sent } = played([json({ url: "http://manifest" }), json({ url: "a" }), json({ url: "b" })]);
  vi.stubGlobal("fetch", async () => json({ outputs: [{ key: "k1" }, { key: "k2" }] }));
  const many = { ...result("1"), outputs_complete: false } as unknown as imaging.Result;
  expect((await imaging.outputs(api, client, many)).map(({ url }) => url)).toEqual(["a", "b"]);
  expect(sent[0]?.query.key).toBe(`results/${client.clientId}/1/result.json`);
});

it("is one file without imports, which may be copied", () => {
  expect(readFileSync(new URL("./client.ts", import.meta.url), "utf8")).not.toMatch(/^\s*import\s|\bfrom "/m);
});

it("tells of an address that answers as something else", async () => {
  const { api } = played([new Response("<html></html>")]);
  await expect(imaging.algorithms(api)).rejects.toThrow("http://api/ answers, but not as the processing API does");
});
