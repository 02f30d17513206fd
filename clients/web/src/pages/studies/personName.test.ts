import { expect, it } from "vitest";
import { personName } from "./personName";

it("a person's name is read by its parts, whichever characters it has", () => {
  expect(personName("ROSSI^ANNA^MARIA")).toBe("ROSSI, ANNA MARIA");
  expect(personName("ROSSI")).toBe("ROSSI");
  expect(personName("=山田^太郎=")).toBe("山田, 太郎");
  expect(personName("Adams^John Robert Quincy^^Rev.^B.A.")).toBe("Adams, Rev. John Robert Quincy B.A.");
  expect(personName(null)).toBe("");
});
