/** Undo and redo: what the canvas was before each change, and what was undone. */
import type { Canvas } from "./serialize";

export interface History {
  past: Canvas[];
  future: Canvas[];
}

const MOST = 100;

export const emptyHistory: History = { past: [], future: [] };

export const remembered = (history: History, present: Canvas): History => ({
  past: [...history.past, present].slice(-MOST),
  future: [],
});

export function undone(history: History, present: Canvas): { canvas: Canvas; history: History } {
  const canvas = history.past.at(-1);
  if (!canvas) return { canvas: present, history };
  return { canvas, history: { past: history.past.slice(0, -1), future: [present, ...history.future] } };
}

export function redone(history: History, present: Canvas): { canvas: Canvas; history: History } {
  const [canvas, ...future] = history.future;
  if (!canvas) return { canvas: present, history };
  return { canvas, history: { past: [...history.past, present], future } };
}
