import { useQueryClient } from "@tanstack/react-query";
import type { FlowView } from "../api";
import { useSave } from "../api";
import { useBuilder, useBuilderStore } from "./store";

/** Saves the drawing, where something in it changed, and gives what is stored now. */
export function useKeep(): { keep: () => Promise<FlowView>; isKeeping: boolean } {
  const client = useQueryClient();
  const store = useBuilderStore();
  const flowId = useBuilder((state) => state.view.flow.id);
  const save = useSave(flowId);
  const keep = async () => {
    const { view, changes, savedAt, name, description, drawing, saved } = store.getState();
    if (changes === savedAt) return view;
    const stored = await save.mutateAsync({ revision: view.flow.revision, draft: drawing(), name: name.trim() || view.flow.name, description });
    saved(stored, changes);
    client.setQueryData(["flow", flowId], stored);
    return stored;
  };
  return { keep, isKeeping: save.isPending };
}
