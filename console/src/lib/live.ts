/** The gateway's live feed `/inbox`: every change after a cursor, in order, also those missed while away. */
import { useEffect, useRef } from "react";
import { io } from "socket.io-client";
import type { Gateway } from "./api";

export type Change = Gateway["ChangeView"];

/** Calls `onChange` for every change after `after`, of one conversation or of all; undefined waits with listening. */
export function useInbox(after: number | undefined, onChange: (change: Change) => void, conversationId?: string): void {
  const heard = useRef(onChange);
  useEffect(() => {
    heard.current = onChange;
  });
  useEffect(() => {
    if (after === undefined) return;
    let cursor = after;
    const socket = io("/inbox", { transports: ["websocket"] });
    socket.on("connect", () =>
      socket.emit("subscribe", { after: cursor, ...(conversationId ? { conversation_id: conversationId } : {}) }),
    );
    socket.on("change", (change: Change) => {
      if (change.id <= cursor) return;
      cursor = change.id;
      heard.current(change);
    });
    return () => void socket.disconnect();
  }, [after, conversationId]);
}
