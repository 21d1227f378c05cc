import { useContext, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { checkDrawing, type FlowView } from "../api";
import { BuilderContext, useBuilder } from "./store";
import { toDrawing } from "./serialize";

const QUIET_MS = 500;

/** Has the server look at the drawing a moment after each change: its exits, and what it lacks. */
export function useChecks(view: FlowView): void {
  const { i18n } = useTranslation();
  const store = useContext(BuilderContext);
  const changes = useBuilder((state) => state.changes);
  const { id } = view.flow;
  useEffect(() => {
    if (!store) return;
    let isOver = false;
    const look = async () => {
      const { nodes, edges, setChecked } = store.getState();
      const checked = await checkDrawing(id, toDrawing({ nodes, edges }, view.draft), i18n.language).catch(() => null);
      if (checked && !isOver) setChecked(checked);
    };
    const timer = setTimeout(() => void look(), changes === 0 ? 0 : QUIET_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [store, id, view.draft, i18n.language, changes]);
}
