import { expect, it } from "vitest";
import known from "./lacking.fixture.json";
import { lacking } from "./lackingText";

it("what workers write of any algorithm is said in Italian, and what an algorithm says is left as it is", () => {
  for (const [sentence, italian] of Object.entries(known)) {
    expect(lacking("it", sentence)).toBe(italian);
    expect(lacking("en", sentence)).toBe(sentence);
  }
  const own = "The left half could not be measured.";
  expect(lacking("it", own)).toBe(own);
});
