/** A conversation's messages: the latest from the server, then each change as it happens. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { type Gateway, getJson } from "./api";
import { type Change, useInbox } from "./live";

export type Message = Gateway["MessageView"];
type Page = Gateway["MessagePage"];

const LATEST = 100;

export function useMessages(conversationId: string | null | undefined) {
  const client = useQueryClient();
  const key = ["messages", conversationId];
  const page = useQuery({
    queryKey: key,
    queryFn: () => getJson<Page>(`/api/conversations/${conversationId}/messages`, { limit: LATEST }),
    enabled: Boolean(conversationId),
    staleTime: Infinity,
  });
  const hear = useCallback(
    (change: Change) => {
      const { message } = change;
      if (message) client.setQueryData<Page>(["messages", conversationId], (known) => known && withMessage(known, message));
    },
    [client, conversationId],
  );
  useInbox(page.data?.feed, hear, conversationId ?? undefined);
  return { ...page, messages: shown(page.data?.messages ?? []) };
}

/** The page with a message added, or in the place of what it was before. */
export function withMessage(page: Page, message: Message): Page {
  const others = page.messages.filter((one) => one.id !== message.id);
  return { ...page, messages: [...others, message].sort((one, other) => one.id - other.id) };
}

/** Of those that share a slot only the last: a later one replaces the former, as progress does. */
export function shown(messages: readonly Message[]): Message[] {
  const last = new Map(messages.flatMap((one) => (one.slot ? [[one.slot, one.id] as const] : [])));
  return messages.filter((one) => !one.slot || last.get(one.slot) === one.id);
}
