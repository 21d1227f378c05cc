import type { FieldSchema } from "../schema";

/** What every input of a form is given. `path`: the kind's name and the names down to the field. */
export interface InputProps {
  id: string;
  path: readonly string[];
  schema: FieldSchema;
  root: FieldSchema;
  value: unknown;
  isDisabled: boolean;
  onChange: (value: unknown) => void;
}

export const asText = (value: unknown): string => (typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value));
