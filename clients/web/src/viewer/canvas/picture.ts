/** A picture of what the panes show: images and drawings as they are on the screen, without the text in the corners. */

const BACKGROUND = "#05080b";
const DRAWN = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "font-size",
  "font-family",
  "paint-order",
  "text-anchor",
] as const;

/** A PNG of all panes within an element, in pixels of the device. */
export async function pictureOf(element: HTMLElement): Promise<Blob> {
  // Planes that have just moved are painted in full first.
  while (element.querySelector("canvas[data-coarse]")) await new Promise(requestAnimationFrame);
  const box = element.getBoundingClientRect();
  const scale = globalThis.devicePixelRatio;
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(box.width * scale),
    height: Math.round(box.height * scale),
  });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws no pictures");
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const part of element.querySelectorAll<HTMLElement>("[role=application], [data-layer], svg[data-drawing]")) {
    const at = part.getBoundingClientRect();
    const frame = new DOMMatrix().scale(scale).translate(at.left - box.left, at.top - box.top);
    context.save();
    context.setTransform(frame);
    context.beginPath();
    // A swipe shows the image above from a place on.
    const hidden = (Number.parseFloat(part.style.clipPath.split(" ").at(-1) ?? "") || 0) / 100;
    context.rect(at.width * hidden, 0, at.width * (1 - hidden), at.height);
    context.clip();
    if (part instanceof HTMLElement) drawImage(context, part, frame);
    else context.drawImage(await drawing(part, at), 0, 0, at.width, at.height);
    context.restore();
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture was made"))), "image/png"),
  );
}

function drawImage(context: CanvasRenderingContext2D, area: HTMLElement, frame: DOMMatrix): void {
  const image = area.querySelector("canvas");
  if (!image || image.style.visibility === "hidden") return;
  context.setTransform(frame.multiply(new DOMMatrix(image.style.transform)));
  context.imageSmoothingEnabled = image.style.imageRendering !== "pixelated";
  context.drawImage(image, 0, 0);
}

/** A drawing as an image, with the styles that the page's sheets give it. */
async function drawing(source: Element, { width, height }: DOMRect): Promise<HTMLImageElement> {
  const copy = source.cloneNode(true) as SVGElement;
  const [from, to] = [source, copy].map((one) => [...one.querySelectorAll<SVGElement>("*")]) as [
    SVGElement[],
    SVGElement[],
  ];
  for (const [n, one] of from.entries()) {
    const style = getComputedStyle(one);
    for (const name of DRAWN) to[n]?.setAttribute(name, style.getPropertyValue(name));
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}
