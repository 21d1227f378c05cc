/** What changed from one drawing to another: nodes, edges, and inside nodes which fields. Pure. */
import type { Drawing } from "../../api";
import { DEFAULT_EXIT } from "../serialize";

type Node = Drawing["nodes"][number];
type Config = Record<string, unknown>;

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

export type Change =
  | { what: "node"; how: "added" | "removed"; id: string; label: string; kind: string }
  | { what: "node"; how: "changed"; id: string; label: string; kind: string; fields: FieldChange[] }
  | { what: "edge"; how: "added" | "removed"; id: string; from: string; to: string; exit: string };

/** Defaults by kind: a value that is left out and one that is the default are the same. */
export type Defaults = Record<string, Config>;

export function compared(before: Drawing, after: Drawing, defaults: Defaults = {}): Change[] {
  const [old, now] = [byId(before.nodes), byId(after.nodes)];
  const labels = new Map([...before.nodes, ...after.nodes].map((node) => [node.id, nameOf(node)]));
  return [
    ...after.nodes.filter((node) => !old.has(node.id)).map((node): Change => ({ what: "node", how: "added", ...named(node) })),
    ...before.nodes.filter((node) => !now.has(node.id)).map((node): Change => ({ what: "node", how: "removed", ...named(node) })),
    ...after.nodes.flatMap((node) => changed(old.get(node.id), node, defaults)),
    ...edgesOf(after, before, labels).map((edge): Change => ({ what: "edge", how: "added", ...edge })),
    ...edgesOf(before, after, labels).map((edge): Change => ({ what: "edge", how: "removed", ...edge })),
  ];
}

const byId = (nodes: readonly Node[]) => new Map(nodes.map((node) => [node.id, node]));
const nameOf = (node: Node) => node.data.label || node.data.type;
const named = (node: Node) => ({ id: node.id, label: nameOf(node), kind: node.data.type });

function changed(before: Node | undefined, after: Node, defaults: Defaults): Change[] {
  if (!before) return [];
  const fields = [
    ...differing("label", before.data.label ?? "", after.data.label ?? ""),
    ...differing("kind", before.data.type, after.data.type),
    ...fieldChanges(whole(before, defaults), whole(after, defaults)),
  ];
  return fields.length ? [{ what: "node", how: "changed", ...named(after), fields }] : [];
}

const whole = ({ data }: Node, defaults: Defaults): Config => ({ ...defaults[data.type], ...data.config });

function fieldChanges(before: Config, after: Config): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => differing(name, before[name], after[name]));
}

const differing = (field: string, before: unknown, after: unknown): FieldChange[] =>
  JSON.stringify(before ?? null) === JSON.stringify(after ?? null) ? [] : [{ field, before, after }];

/** The ways of one drawing that the other does not have: by where they leave and arrive, as their ids say nothing. */
function edgesOf(one: Drawing, other: Drawing, labels: ReadonlyMap<string, string>) {
  const known = new Set(other.edges.map(wayOf));
  return one.edges
    .filter((edge) => !known.has(wayOf(edge)))
    .map((edge) => ({
      id: wayOf(edge),
      from: labels.get(edge.source) ?? edge.source,
      to: labels.get(edge.target) ?? edge.target,
      exit: edge.sourceHandle ?? DEFAULT_EXIT,
    }));
}

export const wayOf = (edge: Drawing["edges"][number]) => `${edge.source}:${edge.sourceHandle ?? DEFAULT_EXIT}>${edge.target}`;
