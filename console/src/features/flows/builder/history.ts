/** Undo and redo: what the flow was before each change, and what was undone. */

export interface History<Present> {
  past: Present[];
  future: Present[];
}

const MOST = 100;

export const emptyHistory: History<never> = { past: [], future: [] };

export const remembered = <Present>(history: History<Present>, present: Present): History<Present> => ({
  past: [...history.past, present].slice(-MOST),
  future: [],
});

export function undone<Present>(history: History<Present>, present: Present): { before: Present; history: History<Present> } {
  const before = history.past.at(-1);
  if (before === undefined) return { before: present, history };
  return { before, history: { past: history.past.slice(0, -1), future: [present, ...history.future] } };
}

export function redone<Present>(history: History<Present>, present: Present): { after: Present; history: History<Present> } {
  const [after, ...future] = history.future;
  if (after === undefined) return { after: present, history };
  return { after, history: { past: [...history.past, present], future } };
}
