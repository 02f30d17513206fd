import { expect, it } from "vitest";
import { ApiError } from "../../../api/http";
import type { Stack } from "../../../imaging/frame";
import { frameOf } from "../../../imaging/frame.fixture";
import { cutOf } from "../../../imaging/volume/cut";
import { reslice } from "../../../imaging/volume/reslice";
import { FrameCache } from "../../stack/cache";
import { type Loaded, volumeIn } from "./volume";

const COUNT = 5;
const CUT_SHORT = new ApiError(422, "input_unreadable", "The pixels are cut short.");
const frameAt = (index: number) =>
  frameOf(new Int16Array(4).fill(10 * index), 2, 2, {
    geometry: { spacing: [1, 1], position: [0, 0, index], orientation: [1, 0, 0, 0, 1, 0] },
  });

/** The volume of five planes, of which some fail as often as is said. */
async function loaded(faults: Record<number, Error>, cache?: FrameCache): Promise<[Loaded, FrameCache]> {
  const own =
    cache ??
    new FrameCache({
      id: "s",
      count: COUNT,
      load: async (index: number) => {
        const fault = faults[index];
        if (fault) throw fault;
        return frameAt(index);
      },
      outline: frameAt,
    } as unknown as Stack);
  const state = volumeIn(own);
  const settled = () => state.get().volume !== null || state.get().error !== null;
  if (!settled()) await new Promise<void>((done) => state.subscribe(() => settled() && done()));
  return [state.get(), own];
}

/** The values from the first plane to the last, in steps of half a plane. */
function along({ volume }: Loaded): number[] {
  if (!volume) return [];
  const cut = { ...cutOf(volume, "coronal"), rows: 9, columns: 1, spacing: 0.5 };
  return [...reslice(volume, cut, 0)].reverse();
}

it("a plane that cannot be read is a gap: nothing is interpolated over it, and it is named", async () => {
  const [state] = await loaded({ 3: CUT_SHORT });
  expect(state.missing).toEqual([{ index: 3, error: CUT_SHORT }]);
  const no = Number.NaN;
  expect(along(state)).toEqual([0, 5, 10, 15, 20, no, no, no, 40]);
});

it("if the plane in the middle is the one, the nearest that can be read says how values are shown", async () => {
  const [state] = await loaded({ 2: new Error("the image was cut short"), 1: CUT_SHORT });
  expect(state.missing.map(({ index }) => index)).toEqual([1, 2]);
  expect(state.like?.values[0]).toBe(30);
});

it("planes that cannot be read alone make no volume", async () => {
  const all = Object.fromEntries(Array.from({ length: COUNT }, (_, index) => [index, CUT_SHORT]));
  expect((await loaded(all))[0].error).toBe(CUT_SHORT);
});

it.each([
  ["no answer", new ApiError(0, "unreachable", "no")],
  ["a busy archive", new ApiError(503, "unavailable", "later")],
  ["a missing sign-in", new ApiError(401, "not_signed_in", "who?")],
])("%s makes no gap: the volume is not loaded, and can be loaded again", async (_, error) => {
  const faults: Record<number, Error> = { 4: error };
  const [state, cache] = await loaded(faults);
  expect([state.error, state.volume]).toEqual([error, null]);
  delete faults[4];
  const [again] = await loaded({}, cache);
  expect([again.error, along(again).at(-1)]).toEqual([null, 40]);
});
