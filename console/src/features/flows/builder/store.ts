/** The open flow: its canvas, what was done to it, and what the checks say of it. */
import { addEdge, applyEdgeChanges, applyNodeChanges, type Connection, type EdgeChange, type NodeChange } from "@xyflow/react";
import { createContext, useContext } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import type { Checked, FlowView, Kind } from "../api";
import { copySelected, pasted } from "./clipboard";
import { emptyHistory, type History, redone, remembered, undone } from "./history";
import { laidOut } from "./layout";
import { type Canvas, type CanvasNode, DEFAULT_EXIT, toCanvas } from "./serialize";

export interface BuilderState extends Canvas {
  history: History;
  checked: Checked;
  /** Grows with each change that is worth saving. */
  changes: number;
  moved: (changes: NodeChange<CanvasNode>[]) => void;
  edgesChanged: (changes: EdgeChange[]) => void;
  connect: (connection: Connection) => void;
  remember: () => void;
  add: (kind: Kind, label: string, position: { x: number; y: number }) => void;
  edit: (id: string, values: Partial<CanvasNode["data"]>) => void;
  undo: () => void;
  redo: () => void;
  layOut: () => void;
  copy: () => void;
  paste: () => void;
  load: (view: FlowView) => void;
  setChecked: (checked: Checked) => void;
}

export type BuilderStore = StoreApi<BuilderState>;

const newId = () => `n${crypto.randomUUID().slice(0, 8)}`;
const isLasting = (change: { type: string }) => change.type === "remove" || change.type === "add" || change.type === "replace";

export function makeStore(view: FlowView): BuilderStore {
  return createStore<BuilderState>((set, get) => {
    const present = (): Canvas => ({ nodes: get().nodes, edges: get().edges });
    const change = (canvas: Partial<Canvas>) =>
      set((state) => ({ history: remembered(state.history, present()), changes: state.changes + 1, ...canvas }));
    return {
      ...toCanvas(view.draft),
      history: emptyHistory,
      checked: { findings: [], exits: {} },
      changes: 0,
      moved: (changes) => {
        if (changes.some(isLasting)) get().remember();
        set({ nodes: applyNodeChanges(changes, get().nodes) });
      },
      edgesChanged: (changes) => {
        if (changes.some(isLasting)) get().remember();
        set({ edges: applyEdgeChanges(changes, get().edges) });
      },
      connect: (connection) => {
        const from = connection.sourceHandle ?? DEFAULT_EXIT;
        const others = get().edges.filter((edge) => edge.source !== connection.source || edge.sourceHandle !== from);
        change({ edges: addEdge({ ...connection, id: newId() }, others) });
      },
      remember: () => change({}),
      add: (kind, label, position) =>
        change({ nodes: [...get().nodes, { id: newId(), type: "card", position, data: { label, kind: kind.name, config: {} } }] }),
      edit: (id, values) =>
        change({ nodes: get().nodes.map((node) => (node.id === id ? { ...node, data: { ...node.data, ...values } } : node)) }),
      undo: () => {
        const { canvas, history } = undone(get().history, present());
        set({ ...canvas, history, changes: get().changes + 1 });
      },
      redo: () => {
        const { canvas, history } = redone(get().history, present());
        set({ ...canvas, history, changes: get().changes + 1 });
      },
      layOut: () => change(laidOut(present())),
      copy: () => void copySelected(present()),
      paste: () => change(pasted(present(), newId)),
      load: (loaded) => set({ ...toCanvas(loaded.draft), history: remembered(get().history, present()) }),
      setChecked: (checked) => set({ checked }),
    };
  });
}

export const BuilderContext = createContext<BuilderStore | null>(null);

export function useBuilder<Picked>(pick: (state: BuilderState) => Picked): Picked {
  const store = useContext(BuilderContext);
  if (!store) throw new Error("used outside the builder");
  return useStore(store, pick);
}
