/** Says that an image is not shown through the windows that its file states. */

import { useWords, type Words } from "../../i18n/words";
import classes from "./canvas.module.css";

export const words: Words<"left"> = {
  en: { left: "Function {name} unknown: the file’s window is not used" },
  it: { left: "Funzione {name} ignota: la finestra del file non è usata" },
};

export default function UnknownFunction({ name }: { name: string }) {
  const say = useWords(words);
  return (
    <div data-testid="unknownFunction" className={classes.note}>
      {say("left", { name })}
    </div>
  );
}
