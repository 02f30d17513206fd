// A result with declared outputs, which no installed algorithm has: labels, an image, points, a quantity.
import { image, mask, rewriteResults, SERIES, STUDY, system } from "./browser.mjs";

/**
 * Lets results of the sample's image 12 have them. The point AC lies on the pixel of column 200 and row 70, PC 9 mm
 * before it. Returns the image as the archive describes it.
 */
export async function declareOutputs(page) {
  await rewriteResults(page, (result) => {
    const values = result.outputs.find((one) => one.kind === "values");
    const file = (name, kind, port) => ({
      ...values,
      ...{ name, kind, port, key: values.key.replace("values.mha", name), url: values.url.replace("values.mha", name) },
    });
    result.outputs = [file("tissue.mha", "values", "tissue"), file("smooth.mha", "values", "smooth")].concat(
      file("landmarks.json", "data", "landmarks"),
    );
    result.ports = [
      {
        ...{ name: "tissue", type: "labels", description: "tissue classes" },
        labels: [
          { label: 1, name: "CSF", colour: "#c81e0a" },
          { label: 2, name: "grey matter", colour: "#0a1ec8" },
        ],
      },
      { name: "smooth", type: "image", description: "smoothed" },
      { name: "landmarks", type: "points", description: "anterior and posterior" },
      { name: "volume", type: "quantity", description: "", unit: "ml", value: 12.34567 },
    ];
    result.measurements = { volume: 12.34567 };
  });
  const headers = { "access-control-allow-origin": "*" };
  await page.route("**/tissue.mha*", (route) => route.fulfill({ body: mask(), headers }));
  await page.route("**/smooth.mha*", (route) => route.fulfill({ body: mask(), headers }));
  const stack = await (await fetch(`${system.web}/pacs/studies/${STUDY}/series/${SERIES}/stack`)).json();
  const described = stack.images.find((one) => one.image_id === image(12));
  const { position, orientation: o, pixel_spacing: mm } = described.planes[0];
  const [along, down] = [o.slice(0, 3), o.slice(3)];
  const AC = position.map((from, axis) => from + along[axis] * 200 * mm[1] + down[axis] * 70 * mm[0]);
  const normal = [0, 1, 2].map((n) => along[(n + 1) % 3] * down[(n + 2) % 3] - along[(n + 2) % 3] * down[(n + 1) % 3]);
  const points = [
    { name: "AC", position: AC },
    { name: "PC", position: AC.map((from, axis) => from + 9 * normal[axis]) },
  ];
  await page.route("**/landmarks.json*", (route) => route.fulfill({ json: { points }, headers }));
  return described;
}
