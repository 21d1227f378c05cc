import { expect, it } from "vitest";
import { emptyHistory, redone, remembered, undone } from "./history";

const canvas = (name: string) => ({ nodes: [], edges: [{ id: name, source: "a", target: "b" }] });

it("goes back and forth, and a new change ends what was undone", () => {
  const changed = remembered(emptyHistory, canvas("first"));
  const back = undone(changed, canvas("second"));
  expect(back.before).toEqual(canvas("first"));
  expect(redone(back.history, back.before).after).toEqual(canvas("second"));
  expect(remembered(back.history, back.before).future).toEqual([]);
});

it("stays where it is when there is nothing to go back to", () => {
  expect(undone(emptyHistory, canvas("only")).before).toEqual(canvas("only"));
  expect(redone(emptyHistory, canvas("only")).after).toEqual(canvas("only"));
});
