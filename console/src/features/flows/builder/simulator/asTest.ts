/** A dialogue that went as it should, as a flow test: what was said, offered and reached is what is expected again. */
import type { Beat, FlowTest, Scene, Simulated, Step } from "../../api";

const MOST_STEPS = 100;
const SHOWN_CHARS = 200;

/** An expectation of nothing: what is empty is not looked at. */
const NOTHING = { kind: "expect", says: "", node: "", status: "" } as const;

export function asTest(name: string, scene: Scene, steps: readonly Step[], played: Simulated): FlowTest {
  const written = played.beats.flatMap((beat, place): Step[] => {
    const step = steps[place - 1];
    return [...(step ? [step] : []), expected(beat)];
  });
  const options = [...played.standing.options];
  const end: Step = { ...NOTHING, status: statusOf(played), ...(options.length ? { options } : {}) };
  return { name, scene, steps: [...written, end].slice(0, MOST_STEPS) };
}

/** What can be expected of a step: the first thing that was said, and the last node that was reached. */
function expected(beat: Beat): Step {
  const says = beat.said.flat().map(firstLine).find(Boolean);
  const node = beat.path.at(-1);
  return { ...NOTHING, ...(says ? { says } : {}), ...(node ? { node } : {}) };
}

type Part = Beat["said"][number][number];

function firstLine(part: Part): string {
  const text = part.kind === "file" ? (part.caption ?? "") : part.text;
  return (text.split("\n").find((line) => line.trim()) ?? "").slice(0, SHOWN_CHARS);
}

/** A flow that runs on is waiting: that is how an expectation names it. */
function statusOf({ standing }: Simulated): "waiting" | "completed" | "expired" | "interrupted" | "failed" {
  return standing.status === "running" ? "waiting" : standing.status;
}
