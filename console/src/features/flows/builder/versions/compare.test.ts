import { describe, expect, it } from "vitest";
import type { Drawing } from "../../api";
import { compared } from "./compare";
import { together } from "./together";

const node = (id: string, config: Record<string, unknown> = {}, label = id) => ({ id, type: "node", position: { x: 0, y: 0 }, data: { label, type: "message", config } });
const way = (source: string, target: string, sourceHandle = "default", id = "e") => ({ id, source, target, sourceHandle, targetHandle: null });
const drawing = (nodes: unknown[], edges: unknown[] = []) => ({ nodes, edges }) as unknown as Drawing;

describe("compared", () => {
  it("names nodes that came and went, and of others the fields that differ", () => {
    const before = drawing([node("a", { text: "Hello" }), node("gone")]);
    const after = drawing([node("a", { text: "Hi" }, "Greeting"), node("new")]);
    expect(compared(before, after).map((one) => `${one.how} ${one.id}`)).toEqual(["added new", "removed gone", "changed a"]);
    const changed = compared(before, after).find((one) => one.how === "changed");
    expect(changed).toMatchObject({ fields: [{ field: "label", before: "a", after: "Greeting" }, { field: "text", before: "Hello", after: "Hi" }] });
  });

  it("takes a default that is written out for no change, and a moved node neither", () => {
    const moved = { ...node("a", { text: "Hello", delay_seconds: 0 }), position: { x: 500, y: 2 } };
    expect(compared(drawing([node("a", { text: "Hello" })]), drawing([moved]), { message: { delay_seconds: 0 } })).toEqual([]);
  });

  it("knows ways by where they leave and arrive, whatever their ids", () => {
    const nodes = [node("a"), node("b"), node("c")];
    const changes = compared(drawing(nodes, [way("a", "b", "default", "one")]), drawing(nodes, [way("a", "b", "default", "two"), way("b", "c", "yes")]));
    expect(changes).toEqual([{ what: "edge", how: "added", id: "b:yes>c", from: "b", to: "c", exit: "yes" }]);
  });
});

describe("together", () => {
  it("shows what is gone beside what there is", () => {
    const [before, after] = [drawing([node("a"), node("gone")], [way("a", "gone")]), drawing([node("a")])];
    const canvas = together(before, after, compared(before, after));
    expect(canvas.nodes.map((one) => [one.id, one.data.how])).toEqual([
      ["a", "same"],
      ["gone", "removed"],
    ]);
    expect(canvas.edges.map((edge) => edge.data?.["how"])).toEqual(["removed"]);
  });
});
