/** An algorithm's JSON Schema, and the fields of a form. */

export interface JsonSchema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  default?: unknown;
  title?: string;
  description?: string;
  /** What the author calls it in the page's language. */
  label?: string;
  /** What the author calls its choices in the page's language, by these as text. */
  said?: Record<string, string>;
  unit?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
}

export interface Common {
  name: string;
  label: string;
  description: string;
  unit: string;
  /** What its choices are called, if not as they are. */
  said?: Readonly<Record<string, string>>;
  required: boolean;
  /** Whether "no value" (null) is a choice. */
  nullable: boolean;
  initial: unknown;
}
export interface NumberField extends Common {
  kind: "number";
  integer: boolean;
  min?: number;
  max?: number;
  step: number;
  /** Whether both ends are known, so that a slider makes sense. */
  ranged: boolean;
}
export interface ChoiceField extends Common {
  kind: "choice";
  choices: readonly unknown[];
}
export interface SwitchField extends Common {
  kind: "switch";
}
export interface TextField extends Common {
  kind: "text";
  pattern?: string;
  maxLength?: number;
}
export interface ListField extends Common {
  kind: "list";
  integer: boolean;
  numeric: boolean;
  minItems?: number;
  maxItems?: number;
}
export type Field = NumberField | ChoiceField | SwitchField | TextField | ListField;
