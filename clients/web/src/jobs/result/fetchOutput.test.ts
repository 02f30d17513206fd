import { afterEach, expect, it, vi } from "vitest";
import { en } from "../../i18n/en";
import { translate } from "../../i18n/index";
import { message } from "../../ui/message";
import { fetchOutput } from "./fetchOutput";

afterEach(() => vi.unstubAllGlobals());

const said = async (answer: () => Promise<Response>) => {
  vi.stubGlobal("fetch", answer);
  const failed = await fetchOutput("/values.mha", new AbortController().signal, (one) => one.json()).catch((e) => e);
  return message((key, fill) => translate(en, key, fill), failed);
};

it.each([
  ["no answer", () => Promise.reject(new TypeError("Failed to fetch")), en["trouble.unanswered"]],
  ["no such file", async () => new Response("", { status: 404 }), "The server’s answer is an error (404)."],
  ["other contents", async () => new Response("<html>"), en["trouble.unreadable"]],
])("%s is said in the page's own words", async (_, answer, sentence) => {
  expect(await said(answer)).toBe(sentence);
});
