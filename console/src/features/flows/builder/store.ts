/** The open flow: its canvas, what was done to it, what the checks say of it, and what is shown upon it. */
import { addEdge, applyEdgeChanges, applyNodeChanges, type Connection, type EdgeChange, type NodeChange } from "@xyflow/react";
import { createContext, useContext } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import type { Checked, Drawing, FlowView, Kind } from "../api";
import { type Marks, marksOf, NO_MARKS } from "./checked";
import { copySelected, pasted } from "./clipboard";
import { emptyHistory, type History, redone, remembered, undone } from "./history";
import { laidOut } from "./layout";
import { NO_OVERLAY, type Overlay } from "./overlay";
import { inDrawing, type Wide, wideOf } from "./settings/wide";
import { type Canvas, type CanvasNode, DEFAULT_EXIT, NOTE, toCanvas, toDrawing } from "./serialize";

type Place = { x: number; y: number };

/** What undo goes back to. */
type Present = Canvas & Wide;

export interface BuilderState extends Canvas, Wide {
  /** As it was loaded or saved last. */
  view: FlowView;
  tests: NonNullable<Drawing["tests"]>;
  history: History<Present>;
  marks: Marks;
  overlay: Overlay;
  /** Grows with each change that is worth saving. */
  changes: number;
  savedAt: number;
  /** Grows with each change that is worth checking: moving a node is none. */
  edits: number;
  moved: (changes: NodeChange<CanvasNode>[]) => void;
  edgesChanged: (changes: EdgeChange[]) => void;
  connect: (connection: Connection) => void;
  disconnect: (source: string, exit: string) => void;
  dragged: (isDragging: boolean) => void;
  remember: () => void;
  add: (kind: Kind, label: string, position: Place, config?: Record<string, unknown>) => void;
  addNote: (position: Place) => void;
  edit: (id: string, values: Partial<CanvasNode["data"]>) => void;
  choose: (id: string) => void;
  chooseAll: () => void;
  undo: () => void;
  redo: () => void;
  layOut: () => void;
  copy: () => void;
  paste: () => void;
  load: (view: FlowView) => void;
  saved: (view: FlowView, changes: number) => void;
  /** Typing at the same `place` is one step to undo. */
  setWide: (place: string, values: Partial<Wide>) => void;
  setTests: (tests: BuilderState["tests"]) => void;
  setChecked: (checked: Checked) => void;
  setOverlay: (overlay: Overlay) => void;
  drawing: () => Drawing;
}

export type BuilderStore = StoreApi<BuilderState>;

/** Typing in one place is one step to undo, unless one paused. */
const PAUSE_MS = 1_000;

const newId = () => `n${crypto.randomUUID().slice(0, 8)}`;
const isStep = (change: { type: string }, isDragging: boolean) =>
  change.type === "add" || change.type === "replace" || (change.type === "position" && !isDragging);

const opened = (view: FlowView) => ({
  ...toCanvas(view.draft),
  view,
  ...wideOf(view),
  tests: view.draft.tests ?? [],
});

export function makeStore(view: FlowView): BuilderStore {
  return createStore<BuilderState>((set, get) => {
    let isDragging = false;
    let typed = { place: "", at: 0 };
    const present = (): Present => {
      const { nodes, edges, name, description, language, settings, translations } = get();
      return { nodes, edges, name, description, language, settings, translations };
    };
    const change = (values: Partial<Present>) => {
      typed = { place: "", at: 0 };
      set((state) => ({ history: remembered(state.history, present()), changes: state.changes + 1, edits: state.edits + 1, ...values }));
    };
    const write = (place: string, values: Partial<Present>) => {
      const at = performance.now();
      const goesOn = typed.place === place && at - typed.at < PAUSE_MS;
      if (goesOn) set((state) => ({ ...values, changes: state.changes + 1, edits: state.edits + 1 }));
      else change(values);
      typed = { place, at };
    };
    const put = (values: Present, history: History<Present>) =>
      set((state) => ({ ...values, history, changes: state.changes + 1, edits: state.edits + 1 }));
    const addNode = (node: Omit<CanvasNode, "id">) =>
      change({ nodes: [...get().nodes.map((one) => (one.selected ? { ...one, selected: false } : one)), { ...node, id: newId(), selected: true }] });
    return {
      ...opened(view),
      history: emptyHistory,
      marks: NO_MARKS,
      overlay: NO_OVERLAY,
      changes: 0,
      savedAt: 0,
      edits: 0,
      moved: (changes) => {
        if (changes.some((one) => isStep(one, isDragging))) change({});
        set({ nodes: applyNodeChanges(changes, get().nodes) });
      },
      edgesChanged: (changes) => {
        if (changes.some((one) => isStep(one, isDragging))) change({});
        set({ edges: applyEdgeChanges(changes, get().edges) });
      },
      connect: (connection) => {
        const from = connection.sourceHandle ?? DEFAULT_EXIT;
        const others = get().edges.filter((edge) => edge.source !== connection.source || edge.sourceHandle !== from);
        change({ edges: addEdge({ ...connection, id: newId() }, others) });
      },
      disconnect: (source, exit) =>
        change({ edges: get().edges.filter((edge) => edge.source !== source || (edge.sourceHandle ?? DEFAULT_EXIT) !== exit) }),
      dragged: (is) => {
        if (is) set((state) => ({ history: remembered(state.history, present()), changes: state.changes + 1 }));
        isDragging = is;
      },
      remember: () => change({}),
      add: (kind, label, position, config = {}) => addNode({ type: "card", position, data: { label, kind: kind.name, config } }),
      addNote: (position) => addNode({ type: "note", position, data: { label: "", kind: NOTE, config: {} } }),
      edit: (id, values) =>
        write(`node ${id}`, { nodes: get().nodes.map((node) => (node.id === id ? { ...node, data: { ...node.data, ...values } } : node)) }),
      choose: (id) => set({ nodes: get().nodes.map((node) => (Boolean(node.selected) === (node.id === id) ? node : { ...node, selected: node.id === id })) }),
      chooseAll: () => set({ nodes: get().nodes.map((node) => (node.selected ? node : { ...node, selected: true })) }),
      undo: () => {
        const { before, history } = undone(get().history, present());
        put(before, history);
      },
      redo: () => {
        const { after, history } = redone(get().history, present());
        put(after, history);
      },
      layOut: () => change(laidOut(present())),
      copy: () => void copySelected(present()),
      paste: () => change(pasted(present(), newId)),
      load: (loaded) =>
        set((state) => ({ ...opened(loaded), history: remembered(state.history, present()), savedAt: state.changes, edits: state.edits + 1 })),
      saved: (stored, changes) => set({ view: stored, savedAt: changes }),
      setWide: (place, values) => write(`flow ${place}`, values),
      setTests: (tests) => set((state) => ({ tests, changes: state.changes + 1, edits: state.edits + 1 })),
      setChecked: (checked) => set((state) => ({ marks: marksOf(checked, state.marks) })),
      setOverlay: (overlay) => set({ overlay }),
      drawing: () => ({ ...toDrawing(present(), get().view.draft), ...inDrawing(present()), tests: get().tests }),
    };
  });
}

export const BuilderContext = createContext<BuilderStore | null>(null);

export function useBuilderStore(): BuilderStore {
  const store = useContext(BuilderContext);
  if (!store) throw new Error("used outside the builder");
  return store;
}

export const useBuilder = <Picked>(pick: (state: BuilderState) => Picked): Picked => useStore(useBuilderStore(), pick);
