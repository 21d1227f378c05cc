/** What expressions of a flow can name: what its nodes set, what the system gives, what all flows share. */
import type { CanvasNode } from "../serialize";

export interface Known {
  name: string;
  /** Where it is from: a node's label, or a key of `builder.from`. */
  from: { node: string } | { key: "system" | "contact" | "message" | "global" | "secret" | "child" | "loop" };
}

export interface Global {
  name: string;
  is_secret: boolean;
}

const SYSTEM = ["system.today", "system.now", "system.time", "system.weekday", "system.time_zone", "system.channel", "system.flow_id", "system.callback_url"];
const GIVEN: readonly Known[] = [
  ...["contact.id"].map((name): Known => ({ name, from: { key: "contact" } })),
  ...["message.text", "message.kind"].map((name): Known => ({ name, from: { key: "message" } })),
  ...["conversation.language", "conversation.channel", "conversation.account", "conversation.id"].map((name): Known => ({ name, from: { key: "system" } })),
  ...SYSTEM.map((name): Known => ({ name, from: { key: "system" } })),
];
const OF_TOOL = ["text", "rows", "row_count", "task_id"];
const OF_HTTP = ["status", "body"];

export function variablesOf(nodes: readonly CanvasNode[], globals: readonly Global[]): Known[] {
  const found = [
    ...nodes.flatMap(setBy),
    ...GIVEN,
    ...globals.filter((one) => !one.is_secret).map((one): Known => ({ name: `global.${one.name}`, from: { key: "global" } })),
  ];
  return [...new Map(found.reverse().map((one) => [one.name, one])).values()].reverse();
}

/** Secrets may stand in headers of HTTP requests, and nowhere else. */
export const secretsOf = (globals: readonly Global[]): Known[] =>
  globals.filter((one) => one.is_secret).map((one) => ({ name: `secret.${one.name}`, from: { key: "secret" } }));

function setBy({ data }: CanvasNode): Known[] {
  const from = { node: data.label || data.kind };
  const names: string[] = [];
  const { variable, assignments, item, items } = data.config;
  if (typeof variable === "string" && variable) names.push(...withParts(scoped(variable), data.kind));
  if (Array.isArray(assignments)) names.push(...(assignments as { name?: unknown }[]).map((one) => one.name).filter(isName));
  if (data.kind === "loop") names.push(...(items ? [`local.${typeof item === "string" && item ? item : "item"}`] : []));
  if (data.kind === "call") names.push("child.status", "child.results");
  if (["tool", "http_request", "ai_response", "ai_completion", "javascript"].includes(data.kind)) names.push("session.error");
  return names.map((name) => ({ name, from }));
}

const isName = (name: unknown): name is string => typeof name === "string" && name.includes(".");
const scoped = (name: string) => (name.includes(".") ? name : `session.${name}`);

function withParts(name: string, kind: string): string[] {
  const parts = kind === "tool" ? OF_TOOL : kind === "http_request" ? OF_HTTP : [];
  return [name, ...parts.map((part) => `${name}.${part}`)];
}

/** What may be set: the scopes that nodes can write. */
export const canBeSet = (name: string) => /^(session|contact|global|local)\.\w+$/.test(name);

/** The text with its last word, which one is writing, made to a variable's name. */
export const completed = (text: string, name: string) => text.replace(/[\w.]*$/, name);
export const lastWord = (text: string) => /[\w.]*$/.exec(text)?.[0] ?? "";
