/** Says that an image is not shown through the windows that its file states. */

import { useWords, type Words } from "../../i18n/words";

export const words: Words<"left"> = {
  en: { left: "Function {name} unknown: the file’s window is not used" },
  it: { left: "Funzione {name} ignota: la finestra del file non è usata" },
};

export default function UnknownFunction({ name }: { name: string }) {
  const say = useWords(words);
  return (
    <div data-testid="unknownFunction" style={{ maxWidth: 190, marginInlineStart: "auto", whiteSpace: "normal" }}>
      {say("left", { name })}
    </div>
  );
}
