import { useQuery } from "@tanstack/react-query";
import { type Executor, type Gateway, getJson } from "@/lib/api";
import { may, useUser } from "@/lib/session";

type Health = Gateway["Health"];
export type Service = "gateway" | "interpreter" | "executor";

const READY = { gateway: "/readyz", interpreter: "/interpreter/readyz", executor: "/executor/readyz" };
const LOOK_AGAIN_MS = 15_000;

/** The checks of a service that do not pass; all of them when it does not answer at all. */
export const useHealth = (service: Service) =>
  useQuery({ queryKey: ["health", service], queryFn: () => failing(READY[service]), refetchInterval: LOOK_AGAIN_MS });

export const useAccounts = () =>
  useQuery({ queryKey: ["accounts"], queryFn: () => getJson<Gateway["AccountList"]>("/api/accounts") });

/** Only administrators see connections and links. */
const useIsAdministrator = () => may(useUser(), "administrator");

export const useConnections = () =>
  useQuery({
    queryKey: ["connections"],
    queryFn: () => getJson<Executor["ConnectionList"]>("/executor/api/connections"),
    enabled: useIsAdministrator(),
  });
export const useAnyLink = () =>
  useQuery({
    queryKey: ["links", "any"],
    queryFn: () => getJson<Executor["LinkList"]>("/executor/api/links", { limit: 1 }),
    enabled: useIsAdministrator(),
  });
export const useLatestTasks = () =>
  useQuery({
    queryKey: ["tasks", "latest"],
    queryFn: () => getJson<Executor["TaskList"]>("/executor/api/tasks", { limit: 50 }),
    refetchInterval: LOOK_AGAIN_MS,
  });
export const useLatestConversations = () =>
  useQuery({
    queryKey: ["conversations", "latest"],
    queryFn: () => getJson<Gateway["ConversationPage"]>("/api/conversations", { limit: 50 }),
  });

async function failing(path: string): Promise<string[]> {
  const response = await fetch(path);
  const health = (await response.json()) as Health;
  return Object.entries(health.checks ?? {}).flatMap(([name, state]) => (state === "ok" ? [] : [`${name}: ${state}`]));
}
