import { describe, expect, it } from "vitest";
import { short } from "./format";

describe("a short number", () => {
  it("has a digit after the point, and three if it is small", () => {
    expect([370.26, -12.04, 40, 0.15, 0.5, -1.2345, 0.00123].map((value) => short(value))).toEqual([
      "370.3",
      "-12.0",
      "40",
      "0.15",
      "0.5",
      "-1.234",
      "1.23e-3",
    ]);
  });
});
