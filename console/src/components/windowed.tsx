/** Long tables: only the rows in sight are drawn, between two empty ones that hold the place of the others. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ComponentProps, createContext, type RefCallback, useContext } from "react";

/** From here on a list is windowed; drawing fewer rows costs nothing. */
const LONG = 100;
const PAGE = "#page";
const ROW_PX = 56;
const OVERSCAN = 20;

interface Window<Row> {
  rows: readonly Row[];
  /** How much is above and below what is drawn, in pixels. */
  above: number;
  below: number;
  /** The place in the whole list of the last row drawn. */
  last: number;
  measure?: RefCallback<HTMLElement>;
  first: number;
}

/** What of a list is drawn as the page is scrolled. */
export function useWindow<Row>(rows: readonly Row[], scroller = PAGE): Window<Row> {
  const isLong = rows.length > LONG;
  // eslint-disable-next-line react-hooks/incompatible-library -- what it gives is used here and not kept
  const virtual = useVirtualizer({
    count: isLong ? rows.length : 0,
    getScrollElement: () => document.querySelector(scroller),
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  if (!isLong) return { rows, above: 0, below: 0, first: 0, last: rows.length - 1 };
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  return {
    rows: rows.slice(first, last + 1),
    above: items[0]?.start ?? 0,
    below: virtual.getTotalSize() - (items.at(-1)?.end ?? 0),
    first,
    last,
    measure: virtual.measureElement,
  };
}

/** How high the empty rows above and below are. */
export const Spaces = createContext({ above: 0, below: 0 });

/** The body of a table between its two empty rows, which whoever hears it read does not meet. */
export function WindowedBody({ children, ...props }: ComponentProps<"tbody">) {
  const { above, below } = useContext(Spaces);
  return (
    <tbody {...props}>
      {above > 0 && <tr aria-hidden style={{ height: above }} />}
      {children}
      {below > 0 && <tr aria-hidden style={{ height: below }} />}
    </tbody>
  );
}
