import { expect, it } from "vitest";
import { en } from "../../i18n/en";
import { type Translate, translate } from "../../i18n/index";
import type { Result } from "../../model";
import { listsOf, rowsOf } from "./listed";

const t: Translate = (key, fill) => translate(en, key, fill);

it("points, boxes and tables are listed by their own file, not by 3D Slicer's", () => {
  const ports = [
    { name: "marks", type: "points" },
    { name: "brain", type: "labels" },
    { name: "sizes", type: "table" },
  ] as unknown as Result["ports"];
  const outputs = ["marks.mrk.json", "marks.json", "brain.mha", "result.json"].map((name) => ({
    name,
    port: name.split(".")[0],
  })) as Result["outputs"];
  expect(listsOf({ ports, outputs }).map(({ port, output }) => [port.name, output.name])).toEqual([
    ["marks", "marks.json"],
  ]);
});

it("rows have names or numbers, millimetres and units", () => {
  const places = {
    points: [
      { name: "AC", position: [1, 2.25, -3] },
      { name: "", position: [4, 5, 6] },
    ],
  };
  expect(rowsOf(t, "points", places).rows).toEqual([
    ["AC", 1, 2.25, -3],
    [2, 4, 5, 6],
  ]);
  const boxes = {
    boxes: [
      {
        name: "",
        corners: [
          [0, 1, 2],
          [3.14, 4, 5],
        ],
      },
    ],
  };
  expect(rowsOf(t, "boxes", boxes).rows).toEqual([[1, "0 – 3.1", "1 – 4", "2 – 5"]]);
  const table = { columns: { label: [1, 2], volume: [3.5, 4] }, units: { volume: "ml" } };
  expect(rowsOf(t, "table", table)).toEqual({
    columns: ["label", "volume (ml)"],
    numbers: [true, true],
    rows: [
      [1, 3.5],
      [2, 4],
    ],
  });
  const named = { columns: { label: [1, null], organ: ["liver", "2"] } };
  expect(rowsOf(t, "table", named).numbers).toEqual([true, false]);
  expect(rowsOf(t, "points", places).numbers).toEqual([false, true, true, true]);
  expect(() => rowsOf(t, "table", places)).toThrow("no table");
});
