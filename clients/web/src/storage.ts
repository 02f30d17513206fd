/** Values in the browser's storage, which may be full, switched off or written by anybody. */

/** The value of an item; null if there is none, or none that can be read. */
export function readItem<T>(storage: Pick<Storage, "getItem"> | null, name: string): T | null {
  try {
    return JSON.parse(storage?.getItem(name) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** Writes a value, or removes it for null; false if there is no room. */
export function writeItem(
  storage: Pick<Storage, "setItem" | "removeItem"> | null,
  name: string,
  value: unknown,
): boolean {
  try {
    if (value === null) storage?.removeItem(name);
    else storage?.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
