import { useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { type Gateway, getJson, postJson, putJson } from "@/lib/api";
import { useChange } from "@/lib/change";

export type Setup = Gateway["WhatsAppSetup"];
export type Retention = Gateway["Retention"];
export type Prices = Gateway["Prices"];
export type Kind = keyof Required<Retention>;

export const KINDS: readonly Kind[] = ["deliveries", "messages", "turns", "tasks", "files", "audit"];
const RETENTION = ["retention"];
const PRICES = ["prices"];
const OLD = ["", "/interpreter", "/executor"].map((prefix) => `${prefix}/api/retention/old`);

export const useSetup = () => useQuery({ queryKey: ["whatsapp-setup"], queryFn: () => getJson<Setup>("/api/channels/whatsapp") });
export const useTestToken = () => useMutation({ mutationFn: () => postJson<Gateway["TokenTest"]>("/api/channels/whatsapp/test") });

export const useRetention = () => useQuery({ queryKey: RETENTION, queryFn: () => getJson<Required<Retention>>("/api/preferences/retention") });
export const useSetRetention = () => useChange(RETENTION, (kept: Retention) => putJson<undefined>("/api/preferences/retention", kept));

/** How many records the next sweep removes, by kind; each service counts its own. */
export const useOld = () =>
  useQueries({
    queries: OLD.map((path) => ({ queryKey: [...RETENTION, path], queryFn: () => getJson<Gateway["OldRecords"]>(path) })),
    combine: (found): Partial<Record<Kind, number>> => Object.assign({}, ...found.map((one) => one.data?.old ?? {})),
  });

export const usePrices = () => useQuery({ queryKey: PRICES, queryFn: () => getJson<Required<Prices>>("/api/preferences/prices") });
export const useSetPrices = () => useChange(PRICES, (prices: Prices) => putJson<undefined>("/api/preferences/prices", prices));
