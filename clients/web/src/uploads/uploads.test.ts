import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ApiError } from "../api/http";
import { type Found, inDrop, mayBeDicom } from "./files";
import { type Instance, type Outcome, type Post, send } from "./send";
import { reasonOf, TEXTS } from "./texts";
import { cancel, counted, IDLE, start, upload } from "./upload";

const image = (name: string) => new File([new Uint8Array(128), "DICM", name], name);
const taken: Instance = { status: "taken", study_id: "1", series_id: "2", image_id: "3", code: null, reason: null };

/** An entry of a drop, as browsers have it: a folder lists some at a time, then none. */
function entry(name: string, inside?: FileSystemEntry[]): FileSystemEntry {
  const pages = [inside?.slice(0, 1) ?? [], inside?.slice(1) ?? [], []];
  const readEntries = (give: (some: FileSystemEntry[]) => void) => give(pages.shift() ?? []);
  return {
    name,
    isFile: inside === undefined,
    isDirectory: inside !== undefined,
    file: (give: (file: File) => void) => give(image(name)),
    createReader: () => ({ readEntries }),
  } as unknown as FileSystemEntry;
}

async function sent(found: readonly Found[], post: Post, signal = new AbortController().signal) {
  const outcomes: Outcome[] = [];
  const slept: number[] = [];
  const sleep = async (ms: number) => void slept.push(ms);
  await send(found, { post, signal, sleep, report: (some) => outcomes.push(...some) });
  return { outcomes, slept };
}

const all = (files: readonly File[]): Found[] => files.map((file) => ({ name: file.name, open: async () => file }));

it("finds the files of folders in folders, and those without a folder", async () => {
  const item = (kind: string, found: FileSystemEntry | null, file: File | null = null) => ({
    kind,
    webkitGetAsEntry: () => found,
    getAsFile: () => file,
  });
  const folder = entry("a", [entry("b"), entry("c", [entry("d"), entry("e")])]);
  const dropped = [
    item("file", folder),
    item("string", null),
    item("file", null, image("g")),
    item("file", entry("f")),
  ];
  const names: string[] = [];
  for await (const { name } of inDrop({ items: dropped as unknown as DataTransferItemList })) names.push(name);
  expect(names).toEqual(["b", "d", "e", "f", "g"]);
});

it("knows by its content what may be an image", async () => {
  const explicit = [8, 0, 5, 0, 0x43, 0x53, 10, 0, 1, 1, 1, 1];
  const implicit = [8, 0, 0, 0, 4, 0, 0, 0, 1, 1, 1, 1];
  const big = [0, 8, 0, 5, 0x43, 0x53, 0, 10, 1, 1, 1, 1];
  for (const bytes of [explicit, implicit, big]) expect(await mayBeDicom(new Blob([new Uint8Array(bytes)]))).toBe(true);
  expect(await mayBeDicom(image("a"))).toBe(true);
  for (const text of ["", "PK\u0003\u0004 a zip of some size", "Patient was asked to hold the breath."])
    expect(await mayBeDicom(new Blob([text])), text).toBe(false);
});

it("sends a few at a time, skips other files, and reports each once", async () => {
  let underWay = 0;
  let most = 0;
  const post: Post = async (files) => {
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve));
    underWay -= 1;
    return files.map(() => taken);
  };
  const unread: Found = { name: "unread", open: () => Promise.reject(new Error("gone")) };
  const files = all(Array.from({ length: 205 }, (_, n) => (n === 7 ? new File(["text"], "notes") : image(`${n}`))));
  const { outcomes } = await sent([...files, unread], post);
  expect(most).toBe(3);
  const counts = counted(IDLE, outcomes);
  expect(counts).toMatchObject({ done: 206, taken: 204, skipped: 1 });
  expect(counts.refused).toMatchObject([{ code: "unread", count: 1, files: ["unread"] }]);
});

it("asks a busy API again, and stops at one that refuses", async () => {
  const errors = [new ApiError(503, "unavailable", "busy", [], 9000), new ApiError(0, "unreachable", "lost")];
  const { outcomes, slept } = await sent(all([image("a")]), async () => {
    const error = errors.shift();
    if (error) throw error;
    return [taken];
  });
  expect(slept).toEqual([9000, 2000]);
  expect(outcomes).toHaveLength(1);
  const refuses: Post = () => Promise.reject(new ApiError(403, "input_forbidden", "no"));
  await expect(sent(all([image("a")]), refuses)).rejects.toThrow("no");
});

it("ends when it is cancelled, and keeps the counts", async () => {
  async function* found() {
    yield* all([image("a")]);
  }
  const waits: Post = (_, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const ended = start(found(), waits);
  await new Promise((resolve) => setTimeout(resolve, 5));
  cancel();
  await ended;
  expect(upload.get()).toMatchObject({ state: "cancelled", found: 1, taken: 0 });
});

it("every reason for which the PACS API refuses a file has words in both languages", () => {
  const source = readFileSync(new URL("../../../../runtime/archive/intake/refused.py", import.meta.url), "utf8");
  const codes = [...source.matchAll(/^ {4}"(\w+)": "/gm)].map((found) => found[1] as string);
  expect(codes).toContain("no_identifiers");
  for (const texts of Object.values(TEXTS))
    expect(codes.filter((code) => reasonOf(texts, code, "?") === "?")).toEqual([]);
});

it("counts refusals by their reasons, with a few names", () => {
  const refused = (file: string): Outcome => ({ file, status: "refused", code: "damaged", reason: "a damaged file" });
  const { refused: found } = counted(counted(IDLE, ["a", "b"].map(refused)), ["c", "d"].map(refused));
  expect(found).toEqual([{ code: "damaged", reason: "a damaged file", count: 4, files: ["a", "b", "c"] }]);
  expect(reasonOf(TEXTS.it, "damaged", "a damaged file")).toBe("danneggiato");
  expect(reasonOf(TEXTS.it, "new_code", "the server's words")).toBe("the server's words");
});
