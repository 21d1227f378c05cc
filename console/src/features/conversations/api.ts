import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { type Gateway, getJson, patchJson, postJson } from "@/lib/api";
import { useChange } from "@/lib/change";
import { useInbox } from "@/lib/live";

export type Conversation = Gateway["ConversationView"];
export type Mode = Conversation["mode"];
type Page = Gateway["ConversationPage"];

const KEY = ["conversations", "all"];

/** Conversations, the latest first, of those whose phone or name is sought; the list is read again when something happens in any of them. */
export function useConversations(sought: string) {
  const client = useQueryClient();
  const pages = useInfiniteQuery({
    queryKey: [...KEY, sought],
    queryFn: ({ pageParam }) => getJson<Page>("/api/conversations", { cursor: pageParam, sought }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const hear = useCallback(() => void client.invalidateQueries({ queryKey: KEY }), [client]);
  useInbox(pages.data?.pages[0]?.feed, hear);
  return { ...pages, conversations: pages.data?.pages.flatMap((page) => page.conversations) ?? [] };
}

export const useSetMode = (conversationId: string) =>
  useChange(KEY, (mode: Mode) => patchJson<Conversation>(`/api/conversations/${conversationId}`, { mode }));

export const useWrite = (conversationId: string) =>
  useMutation({
    mutationFn: (text: string) => postJson<Gateway["ChatAccepted"]>(`/api/conversations/${conversationId}/messages`, { text }),
  });
