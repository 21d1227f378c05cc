/** What the checks say, by node. What did not change stays the same object, so that its node is not drawn again. */
import type { Checked, Finding } from "../api";

export interface Marks {
  findings: readonly Finding[];
  exits: Record<string, readonly string[]>;
  ofNode: Record<string, readonly Finding[]>;
}

export const NO_MARKS: Marks = { findings: [], exits: {}, ofNode: {} };

export function marksOf(checked: Checked, before: Marks): Marks {
  const ofNode: Record<string, Finding[]> = {};
  checked.findings.forEach((one) => {
    if (one.node_id) (ofNode[one.node_id] ??= []).push(one);
  });
  return { findings: checked.findings, exits: kept(checked.exits, before.exits), ofNode: kept(ofNode, before.ofNode) };
}

function kept<Value>(found: Record<string, Value>, before: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(found).map(([id, value]) => [id, isSame(value, before[id]) ? (before[id] as Value) : value]));
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
