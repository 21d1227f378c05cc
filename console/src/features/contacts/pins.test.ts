import { describe, expect, it } from "vitest";
import { isGoodPin } from "./pins";

describe("isGoodPin", () => {
  it.each(["4821", "2468", "90817263"])("takes %s", (pin) => expect(isGoodPin(pin)).toBe(true));

  it.each(["", "482", "908172635", "48a1", "1111", "1234", "4321", "8901", "1098"])("refuses %s", (pin) => expect(isGoodPin(pin)).toBe(false));
});
