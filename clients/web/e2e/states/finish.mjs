// A job of the sample image that is run to its end.
import { choose, imagePath, job, look, send, setNumber, waitState } from "../browser.mjs";

/** Runs an algorithm, with one parameter or the usual ones, and opens its result. */
export async function finish(page, algorithm, parameter, value, path = imagePath(12)) {
  await look(page, path);
  await choose(page, algorithm);
  if (parameter) await setNumber(page, new RegExp(`^${parameter}`), value);
  await send(page);
  await waitState(page, "succeeded");
  await job(page).getByRole("button", { name: "Open the result" }).click();
}
