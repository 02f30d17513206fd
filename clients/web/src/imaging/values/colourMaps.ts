/** Colours for grey levels. */

import { signedColour } from "./colour";

export const COLOUR_MAPS = ["grey", "hot", "signed", "viridis"] as const;
export type ColourMap = (typeof COLOUR_MAPS)[number];

/** Ten evenly spaced colours of viridis, which is even to the eye and to the colour-blind (matplotlib, CC0). */
const VIRIDIS = "440154 482878 3e4989 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725".replaceAll(" ", "");

/** A canvas pixel for each of 256 grey levels; null for grey itself. */
export function colourTable(map: ColourMap): Uint32Array | null {
  if (map === "grey") return null;
  const known = TABLES.get(map) ?? Uint32Array.from({ length: 256 }, (_, level) => COLOURS[map](level / 255));
  TABLES.set(map, known);
  return known;
}
const TABLES = new Map<ColourMap, Uint32Array>();

const COLOURS: Record<Exclude<ColourMap, "grey">, (at: number) => number> = {
  // Black, red, yellow, white.
  hot: (at) => pixel(at / 0.365, (at - 0.365) / 0.381, (at - 0.746) / 0.254),
  signed: (at) => signedColour(2 * at - 1),
  viridis(at) {
    const place = Math.min(8, Math.floor(at * 9));
    const part = (channel: number) => {
      const [from, to] = [0, 1].map((n) =>
        Number.parseInt(VIRIDIS.slice(6 * (place + n) + 2 * channel).slice(0, 2), 16),
      );
      return ((from as number) + ((to as number) - (from as number)) * (at * 9 - place)) / 255;
    };
    return pixel(part(0), part(1), part(2));
  },
};

function pixel(...parts: [number, number, number]): number {
  const [r, g, b] = parts.map((part) => Math.round(255 * Math.min(1, Math.max(0, part)))) as [number, number, number];
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
