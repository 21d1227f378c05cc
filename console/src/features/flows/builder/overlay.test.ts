import { describe, expect, it } from "vitest";
import type { Simulated, Statistics, Step } from "../api";
import { figuresOf } from "./figures/figuresOf";
import { marksOf, NO_MARKS } from "./checked";
import { pathOverlay } from "./overlay";
import { asTest } from "./simulator/asTest";
import { realAnswers } from "./simulator/useSimulation";

const EDGES = [
  { id: "ab", source: "a", target: "b", sourceHandle: "default" },
  { id: "ac", source: "a", target: "c", sourceHandle: "no" },
];
const standing = { status: "waiting", reason: "", node_id: "b", options: ["Yes"], variables: {}, contact: {}, globals: {}, now: "2026-01-05T12:00:00Z" };
const beat = (more: object) => ({ step: 0, said: [], path: [], calls: [], errors: [], trouble: null, ...more });
const scene = { node: "", language: "es", time_zone: "UTC", channel: "web", mocks: [] } as const;

describe("pathOverlay", () => {
  it("lights up what was visited, where it stands, and the ways between", () => {
    expect(pathOverlay(EDGES, ["a", "b"], "b", null)).toEqual({ path: { a: "visited", b: "here" }, figures: {}, edges: { ab: "" } });
  });
});

describe("asTest", () => {
  it("expects what was said, reached and offered", () => {
    const played = { beats: [beat({ path: ["a"], said: [[{ kind: "text", text: "Hello\nthere" }]] }), beat({ path: ["b"] })], standing } as unknown as Simulated;
    const steps: Step[] = [{ kind: "say", text: "hi" }];
    expect(asTest("greets", { ...scene, mocks: [] }, steps, played).steps).toEqual([
      { kind: "expect", says: "Hello", node: "a", status: "" },
      { kind: "say", text: "hi" },
      { kind: "expect", says: "", node: "b", status: "" },
      { kind: "expect", says: "", node: "", status: "waiting", options: ["Yes"] },
    ]);
  });
});

describe("realAnswers", () => {
  it("keeps what was really called as mocks, and nothing else", () => {
    const call = { node_id: "web", kind: "http", payload: {}, status: "success", value: { status: 200 }, error: "", text: "" };
    const played = { beats: [beat({ calls: [{ ...call, answer: "real" }, { ...call, answer: "mock" }] })], standing } as unknown as Simulated;
    expect(realAnswers(played)).toEqual([{ node: "web", status: "success", value: { status: 200 }, error: "", text: "" }]);
  });
});

describe("figuresOf", () => {
  it("puts visits, drop-off and variants on nodes and counts on their edges", () => {
    const found = { nodes: [{ node_id: "a", visits: 4, dropped: 1, timeouts: 0, variants: [{ id: "x", sessions: 2, goals: 1, rate: 0.5 }] }], edges: [{ source: "a", exit: "no", target: "c", count: 3 }] };
    const say = { visits: (n: number) => `${n} visits`, dropped: (n: number, share: string) => `${n} left, ${share}`, timeouts: String, variant: (id: string, share: string) => `${id} ${share}` };
    const overlay = figuresOf(found as unknown as Statistics, EDGES, say, "en");
    expect(overlay).toEqual({ path: {}, figures: { a: ["4 visits", "1 left, 25%", "x 50%"] }, edges: { ac: "3" } });
  });
});

describe("marksOf", () => {
  it("keeps the objects of nodes of which nothing new is said", () => {
    const finding = { rule: "unreached", severity: "warning", node_id: "a", text: "No way leads to it." } as const;
    const before = marksOf({ findings: [finding], exits: { a: ["default"] } }, NO_MARKS);
    const after = marksOf({ findings: [{ ...finding }], exits: { a: ["default"], b: [] } }, before);
    expect(after.ofNode["a"]).toBe(before.ofNode["a"]);
    expect(after.exits["a"]).toBe(before.exits["a"]);
  });
});
