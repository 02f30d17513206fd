/** What is wrong with a parameter that was sent: in the reader's language as far as its schema tells, else as the API says it. */

import { useLanguage } from "../i18n";
import type { JsonSchema } from "./fieldTypes";
import { foreseen } from "./foreseen";

interface Props {
  schema: JsonSchema;
  /** What was sent; the field may hold something else by now. */
  value: unknown;
  /** The API's sentence. */
  said: string;
}

export default function FieldFault({ schema, value, said }: Props) {
  const { language } = useLanguage();
  return foreseen(language, schema, value) ?? said;
}
