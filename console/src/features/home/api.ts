import { useQuery } from "@tanstack/react-query";
import { type Executor, type Gateway, getJson } from "@/lib/api";
import { may, useUser } from "@/lib/session";

type Health = Gateway["Health"];
export type Service = "gateway" | "interpreter" | "executor";

const READY = { gateway: "/readyz", interpreter: "/interpreter/readyz", executor: "/executor/readyz" };
export type Day = Gateway["DayView"];
export type Attention = Executor["AttentionView"];
export const SPANS = [7, 14, 30] as const;
export type Span = (typeof SPANS)[number];

const COUNTS = { gateway: "/api/counts", interpreter: "/interpreter/api/counts", executor: "/executor/api/counts" };
const COUNT_AGAIN_MS = 60_000;
const LOOK_AGAIN_MS = 15_000;

/** The checks of a service that do not pass; all of them when it does not answer at all. */
export const useHealth = (service: Service) =>
  useQuery({ queryKey: ["health", service], queryFn: () => failing(READY[service]), refetchInterval: LOOK_AGAIN_MS });

/** What a service did on each of the last days, which begin where the reader is. */
export const useDays = (service: Service, days: number) =>
  useQuery({
    queryKey: ["counts", service, days],
    queryFn: async () => (await getJson<Gateway["DayList"]>(COUNTS[service], { days, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone })).days,
    refetchInterval: COUNT_AGAIN_MS,
  });

export const usePrices = () => useQuery({ queryKey: ["prices"], queryFn: () => getJson<Required<Gateway["Prices"]>>("/api/preferences/prices") });

export const useAttention = () =>
  useQuery({ queryKey: ["attention"], queryFn: () => getJson<Attention>("/executor/api/attention"), refetchInterval: LOOK_AGAIN_MS });

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
