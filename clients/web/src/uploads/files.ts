/** The files of what was dropped or chosen, however nested, and whether one is worth sending. */

/** A file that is opened when its turn comes: a folder may have hundreds of thousands. */
export interface Found {
  name: string;
  open(): Promise<File>;
}

/** What a drop holds. It must be taken before the event ends; a file that no folder holds may have no entry. */
export function inDrop({ items }: Pick<DataTransfer, "items">): AsyncGenerator<Found> {
  const entries: FileSystemEntry[] = [];
  const files: File[] = [];
  for (const item of Array.from(items)) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry();
    const file = entry ? null : item.getAsFile();
    if (entry) entries.push(entry);
    if (file) files.push(file);
  }
  return both(inEntries(entries), inChosen(files));
}

async function* both(...parts: AsyncGenerator<Found>[]): AsyncGenerator<Found> {
  for (const part of parts) yield* part;
}

export async function* inEntries(entries: readonly FileSystemEntry[]): AsyncGenerator<Found> {
  for (const entry of entries) {
    if (entry.isFile) {
      const file = entry as FileSystemFileEntry;
      yield { name: entry.name, open: () => new Promise((resolve, reject) => file.file(resolve, reject)) };
    } else if (entry.isDirectory) {
      yield* inEntries(await listed(entry as FileSystemDirectoryEntry));
    }
  }
}

export async function* inChosen(files: Iterable<File>): AsyncGenerator<Found> {
  for (const file of files) yield { name: file.name, open: async () => file };
}

/** A browser lists a hundred entries at a time; an empty list is the end. */
async function listed(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Groups with which a data set without the preamble begins. */
const FIRST_GROUPS = [0x0002, 0x0008];
const PRINTED = /^[A-Z]{2}$/;

/** Whether a file may be DICOM: by its magic, or by a first element as files without a preamble have it. */
export async function mayBeDicom(file: Blob): Promise<boolean> {
  const bytes = new DataView(await file.slice(0, 132).arrayBuffer());
  const text = (at: number, length: number) =>
    Array.from({ length }, (_, n) => String.fromCharCode(bytes.getUint8(at + n))).join("");
  if (bytes.byteLength >= 132 && text(128, 4) === "DICM") return true;
  if (bytes.byteLength < 12) return false;
  return [true, false].some((little) => {
    if (!FIRST_GROUPS.includes(bytes.getUint16(0, little)) || bytes.getUint16(2, little) > 0x1000) return false;
    // Explicit: two letters name the type; implicit: a length that the file has room for.
    return PRINTED.test(text(4, 2)) || bytes.getUint32(4, little) < Math.min(file.size, 1 << 16);
  });
}
