import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { checkDrawing } from "../api";
import { useBuilder, useBuilderStore } from "./store";

const QUIET_MS = 500;

/** Has the server look at the drawing a moment after each edit: its exits, and what it lacks. */
export function useChecks(): void {
  const { i18n } = useTranslation();
  const store = useBuilderStore();
  const edits = useBuilder((state) => state.edits);
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      const { drawing, setChecked, view } = store.getState();
      const checked = await checkDrawing(view.flow.id, drawing(), i18n.language).catch(() => null);
      if (checked && !isOver) setChecked(checked);
    };
    const timer = setTimeout(() => void look(), edits === 0 ? 0 : QUIET_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [store, i18n.language, edits]);
}
