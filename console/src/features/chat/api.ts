import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Executor, type Gateway, getJson, type Interpreter, postForm, postJson } from "@/lib/api";

export type Turn = Interpreter["TurnDetailView"];
export type Task = Executor["TaskState"];
export type Saying = { text: string } | { tap: { option: string; title: string } };

const OWN = ["chat"];
const WORKING_MS = 1_000;

export const useOwnChat = () => useQuery({ queryKey: OWN, queryFn: () => getJson<Gateway["ChatView"]>("/api/chat") });

export function useSay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (saying: Saying) => postJson<Gateway["ChatAccepted"]>("/api/chat/messages", saying),
    onSuccess: (accepted) => client.setQueryData(OWN, { conversation_id: accepted.conversation_id }),
  });
}

export function useSpeak() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sound: Blob) => {
      const form = new FormData();
      form.set("file", sound, "voice");
      return postForm<Gateway["ChatAccepted"]>("/api/chat/voice", form);
    },
    onSuccess: (accepted) => client.setQueryData(OWN, { conversation_id: accepted.conversation_id }),
  });
}

export const useTurn = (id: string) =>
  useQuery({ queryKey: ["turn", id], queryFn: () => getJson<Turn>(`/interpreter/api/turns/${id}`), retry: false });

/** A task, looked at again while it runs. */
export const useTask = (id: string) =>
  useQuery({
    queryKey: ["task", id],
    queryFn: () => getJson<Task>(`/executor/api/tasks/${id}`),
    refetchInterval: (query) => (["queued", "running"].includes(query.state.data?.status ?? "") ? WORKING_MS : false),
  });
