/** The part of JSON Schema that configs of nodes and parameters of tools are written in. */
export interface FieldSchema {
  type?: string;
  title?: string;
  description?: string;
  format?: string;
  enum?: readonly unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  pattern?: string;
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: readonly string[];
  additionalProperties?: unknown;
  anyOf?: readonly FieldSchema[];
  "x-semantic"?: string;
  $ref?: string;
  $defs?: Record<string, FieldSchema>;
}

export interface Field {
  name: string;
  schema: FieldSchema;
  isRequired: boolean;
}

export function fieldsOf(schema: FieldSchema, root: FieldSchema = schema): Field[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, one]) => ({ name, schema: plain(one, root), isRequired: required.has(name) }));
}

/** Without references, and without the null that says that a value may be missing. */
export function plain(schema: FieldSchema, root: FieldSchema): FieldSchema {
  const { $ref, anyOf, ...own } = schema;
  if ($ref) return plain({ ...root.$defs?.[$ref.split("/").at(-1) ?? ""], ...own }, root);
  const others = anyOf?.filter((one) => one.type !== "null");
  if (others?.length === 1 && others[0]) return plain({ ...others[0], ...own }, root);
  return schema.items ? { ...schema, items: plain(schema.items, root) } : schema;
}

export type Control =
  | "tool"
  | "toolArguments"
  | "flow"
  | "node"
  | "variable"
  | "choice"
  | "switch"
  | "duration"
  | "number"
  | "weekdays"
  | "words"
  | "rows"
  | "pairs"
  | "text"
  | "expression"
  | "code"
  | "time"
  | "json"
  | "line";

const BY_NAME: Record<string, Control> = {
  "tool.tool": "tool",
  "tool.arguments": "toolArguments",
  "call.flow_id": "flow",
  "goto.flow_id": "flow",
  "call.node_id": "node",
  "goto.node_id": "node",
  "random.goal": "node",
  "set_variable.assignments.name": "variable",
  "delay.weekdays": "weekdays",
  "delay.time": "time",
  "flow_settings.error_flow_id": "flow",
};
const BY_FORMAT: Record<string, Control> = { template: "text", expression: "expression", javascript: "code" };

/** How a field is filled in. `path` is the kind's name and the names down to the field. */
export function controlOf(path: readonly string[], schema: FieldSchema): Control {
  const name = path.at(-1) ?? "";
  const known = BY_NAME[path.join(".")] ?? BY_FORMAT[schema.format ?? ""];
  if (known) return known;
  if (name === "variable") return "variable";
  if (schema.enum) return "choice";
  if (schema.type === "boolean") return "switch";
  if (schema.type === "number" || schema.type === "integer") return /(^|_)seconds$/.test(name) ? "duration" : "number";
  if (schema.type === "array") return schema.items?.properties ? "rows" : schema.items?.type === "string" ? "words" : "json";
  if (schema.type === "object") return isTexts(schema.additionalProperties) ? "pairs" : "json";
  return schema.type === "string" ? "line" : "json";
}

const isTexts = (values: unknown) => typeof values === "object" && values !== null && (values as FieldSchema).type === "string";

/** The object without one of its names. */
export const without = <Value>(value: Record<string, Value>, name: string): Record<string, Value> => Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));

export type Problem = "needed" | "long" | "form" | "small" | "large";

/** What is wrong with a value at the first sight; the server's checks look at the whole. */
export function problemOf({ schema, isRequired }: Field, value: unknown): Problem | undefined {
  const isEmpty = value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return isRequired && schema.type !== "object" ? "needed" : undefined;
  if (typeof value === "string") {
    if (schema.maxLength !== undefined && value.length > schema.maxLength) return "long";
    if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) return "form";
  }
  if (typeof value === "number") {
    if (schema.minimum !== undefined && value < schema.minimum) return "small";
    if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) return "small";
    if (schema.maximum !== undefined && value > schema.maximum) return "large";
  }
  return undefined;
}
