import { describe, expect, it } from "vitest";
import { mostAsked } from "./MostAsked";

describe("mostAsked", () => {
  it("adds up the calls of each tool over the days, the most called first", () => {
    const days = [
      { day: "2026-11-19", counts: { tasks: 3, "tool:stock.balance": 2, "tool:sales.total": 1 } },
      { day: "2026-11-20", counts: { "tool:sales.total": 4, "tool_failed:sales.total": 1 } },
    ];
    expect(mostAsked(days)).toEqual([
      ["sales.total", 5],
      ["stock.balance", 2],
    ]);
  });
});
