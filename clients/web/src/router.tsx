/** The router: the shown page follows the browser's own history. */

import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from "react";
import { parse, type Route } from "./route";

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

/** A link that changes the page without loading it; the browser handles modified clicks. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={click} {...rest} />;
}
