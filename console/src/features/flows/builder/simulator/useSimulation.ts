import type { Edge } from "@xyflow/react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Mock, type Scene, simulate, type Simulated, type Step } from "../../api";
import { pathOverlay } from "../overlay";
import { useBuilder, useBuilderStore } from "../store";
import { useShowNodes } from "../useShowAll";

export interface Simulation {
  scene: Scene;
  setScene: (scene: Scene) => void;
  real: readonly string[];
  setReal: (nodes: readonly string[]) => void;
  /** Whose rights real tools get. */
  contact: string;
  setContact: (id: string) => void;
  /** The scene with what real calls came to as mocks: played again, nothing real happens. */
  recorded: Scene;
  steps: readonly Step[];
  played: Simulated | undefined;
  error: Error | undefined;
  isBusy: boolean;
  begin: () => void;
  play: (step: Step) => void;
  /** Takes the last step back. */
  back: () => void;
}

/**
 * One dialogue with the drawing as it stands. Each step plays all of it anew, so that the drawing may change in between;
 * what was really called is not called again.
 */
export function useSimulation(first: Scene): Simulation {
  const { i18n } = useTranslation();
  const store = useBuilderStore();
  const setOverlay = useBuilder((state) => state.setOverlay);
  const showNodes = useShowNodes();
  const [scene, setScene] = useState(first);
  const [real, setReal] = useState<readonly string[]>([]);
  const [contact, setContact] = useState("");
  const [answers, setAnswers] = useState<readonly Mock[]>([]);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [played, setPlayed] = useState<Simulated>();
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const newest = useRef(0);

  const run = async (next: readonly Step[], known: readonly Mock[]) => {
    const mine = (newest.current += 1);
    const { drawing, view } = store.getState();
    setBusy(true);
    try {
      const found = await simulate(view.flow.id, { draft: drawing(), scene: withAnswers(scene, known), steps: [...next], real: [...real], contact_id: contact }, i18n.language);
      if (mine !== newest.current) return;
      setSteps(next);
      setPlayed(found);
      setAnswers([...known, ...realAnswers(found)]);
      setError(undefined);
      setOverlay(overlayOf(store.getState().edges, found));
      showNodes([...new Set(found.beats.at(-1)?.path)]);
    } catch (caught) {
      if (mine === newest.current) setError(caught as Error);
    } finally {
      if (mine === newest.current) setBusy(false);
    }
  };
  return {
    scene,
    setScene,
    steps,
    played,
    error,
    isBusy,
    real,
    setReal,
    contact,
    setContact,
    recorded: withAnswers(scene, answers),
    begin: () => void run([], []),
    play: (step) => void run([...steps, step], answers),
    back: () => void run(steps.slice(0, -1), answers),
  };
}

const withAnswers = (scene: Scene, answers: readonly Mock[]): Scene => ({ ...scene, mocks: [...scene.mocks, ...answers] });

/** What was really called now, as mocks: a call is made once, however often the dialogue is played. */
export function realAnswers({ beats }: Simulated): Mock[] {
  const calls = beats.flatMap((beat) => beat.calls).filter((call) => call.answer === "real");
  return calls.map(({ node_id, status, value, error, text }) => ({ node: node_id, status: status === "success" || status === "timeout" ? status : "error", value, error, text }));
}

export function overlayOf(edges: readonly Edge[], { beats, standing }: Simulated) {
  const visited = beats.flatMap((beat) => beat.path);
  const isOver = standing.status !== "waiting" && standing.status !== "running";
  const failed = standing.status === "failed" ? (visited.at(-1) ?? null) : null;
  return pathOverlay(edges, visited, isOver ? null : (standing.node_id ?? null), failed);
}
