/** Addresses to pages, on the browser's own history. */

import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from "react";

export type Route =
  | { page: "browse"; study?: string; series?: string; image?: string; scope?: "image" | "series" | "study" }
  | { page: "jobs"; job?: string }
  | { page: "catalogue"; algorithm?: string }
  | { page: "missing" };

/** The route of a path and its query; identifiers are decoded. */
export function parse(path: string, query = ""): Route {
  const parts = path.split("/").filter(Boolean).map(decode);
  const [first, second, third, fourth, fifth, sixth, ...rest] = parts;
  if (rest.length) return { page: "missing" };
  if (first === undefined) return { page: "browse" };
  if (first === "jobs" && third === undefined) return { page: "jobs", job: second };
  if (first === "algorithms" && third === undefined) return { page: "catalogue", algorithm: second };
  if (first === "studies") {
    if ((third !== undefined && third !== "series") || (fifth !== undefined && fifth !== "images"))
      return { page: "missing" };
    const scope = new URLSearchParams(query).get("scope");
    const known = scope === "image" || scope === "series" || scope === "study" ? scope : undefined;
    return { page: "browse", study: second, series: fourth, image: sixth, ...(known ? { scope: known } : {}) };
  }
  return { page: "missing" };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of an image, a series or a study. */
export function imagePath(study?: string, series?: string, image?: string): string {
  let path = "/studies";
  if (!study) return "/";
  path += `/${encodeURIComponent(study)}`;
  if (series) path += `/series/${encodeURIComponent(series)}`;
  if (series && image) path += `/images/${encodeURIComponent(image)}`;
  return path;
}

const CHANGED = "imaging:navigated";

export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (to === window.location.pathname + window.location.search) return;
  window.history[options.replace ? "replaceState" : "pushState"](null, "", to);
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(CHANGED, listener);
  };
}

let cached: { at: string; route: Route } | null = null;
function current(): Route {
  const at = window.location.pathname + window.location.search;
  if (cached?.at !== at) cached = { at, route: parse(window.location.pathname, window.location.search) };
  return cached.route;
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, current);
}

/** A link that changes the page without loading it; modified clicks are the browser's. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={click} {...rest} />;
}
