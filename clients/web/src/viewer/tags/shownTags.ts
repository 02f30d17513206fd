/** Which elements of a header are listed. */

import type { Tags } from "../../api/pacs";

export type Tag = Tags["tags"][number];

/** The elements in which a search is found, each with what it lies in; private ones only if they are asked for. */
export function shownTags(tags: readonly Tag[], search: string, withPrivate: boolean): Tag[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown: Tag[] = [];
  /** The sequences and items around an element that are not shown yet. */
  let around: Tag[] = [];
  for (const tag of tags) {
    around = around.filter((one) => one.depth < tag.depth);
    if (tag.private && !withPrivate) continue;
    const text = `${tag.tag} ${tag.keyword} ${tag.name} ${tag.value}`.toLowerCase();
    if (words.every((word) => text.includes(word))) {
      shown.push(...around, tag);
      around = [];
    } else around.push(tag);
  }
  return shown;
}
