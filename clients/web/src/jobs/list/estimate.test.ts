import { expect, it } from "vitest";
import { en } from "../../i18n/en";
import { type Translate, translate } from "../../i18n/index";
import { estimateText, spanText } from "./estimate";

const t: Translate = (key, fill) => translate(en, key, fill);
const span = (earliest: number, latest: number | null) => ({
  earliest: 1000 * earliest,
  latest: latest && 1000 * latest,
});

it("a span is told from now on in one unit; what is past is now, what is open stays open", () => {
  expect(spanText(span(110, 145), 100_000)).toBe("10–45 s");
  expect(spanText(span(220, 400), 100_000)).toBe("2–5 min");
  expect(spanText(span(100, 7300), 100_000)).toBe("0–2 h");
  expect(spanText(span(90, 95), 100_000)).toBe("0 s");
  expect(spanText(span(130, null), 100_000)).toBe("≥ 30 s");
});

it("a job that waits has a place and a start, one that runs an end", () => {
  const rest = { as_of: 0, tasks: 1 };
  const waiting = { ...rest, place: { least: 3, most: 5 }, start: span(20, 40), end: span(60, 80) };
  expect(estimateText(t, waiting, 0)).toBe("place 3–5 · starts in about 20–40 s");
  expect(estimateText(t, { ...waiting, place: { least: 1, most: 1 } }, 0)).toMatch(/^place 1 /);
  expect(estimateText(t, { ...waiting, place: null, start: null }, 0)).toBe("ends in about 60–80 s");
});
