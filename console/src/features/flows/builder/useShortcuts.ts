import { useCallback } from "react";
import { useBuilder } from "./store";

/** The keys of the canvas; while one writes in a field they are the field's own. */
export function useShortcuts(): (event: React.KeyboardEvent) => void {
  const undo = useBuilder((state) => state.undo);
  const redo = useBuilder((state) => state.redo);
  const copy = useBuilder((state) => state.copy);
  const paste = useBuilder((state) => state.paste);
  const chooseAll = useBuilder((state) => state.chooseAll);
  return useCallback(
    (event) => {
      if ((!event.ctrlKey && !event.metaKey) || isField(event.target)) return;
      const key = event.key.toLowerCase();
      const done = { z: event.shiftKey ? redo : undo, y: redo, c: copy, v: paste, a: chooseAll }[key];
      if (!done) return;
      event.preventDefault();
      done();
    },
    [undo, redo, copy, paste, chooseAll],
  );
}

const isField = (target: EventTarget) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
