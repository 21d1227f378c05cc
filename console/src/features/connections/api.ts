import { useQuery } from "@tanstack/react-query";
import { deleteJson, type Executor, getJson, postJson, putJson } from "@/lib/api";
import { useChange } from "@/lib/change";

export type Connection = Executor["ConnectionView"];
export type Webhook = Executor["WebhookView"];
type Limits = Executor["LimitsView"];

const pathOf = (id: string) => `/executor/api/connections/${id}`;

export const useConnections = () =>
  useQuery({ queryKey: ["connections"], queryFn: () => getJson<Executor["ConnectionList"]>("/executor/api/connections") });

export const useWebhook = (id: string) =>
  useQuery({ queryKey: ["webhook", id], queryFn: () => getJson<Webhook>(`${pathOf(id)}/webhook`) });

/** What it gives holds the secret, once. */
export const useMakeSecret = (id: string) => useChange(["webhook", id], () => postJson<Webhook>(`${pathOf(id)}/webhook`));

export const useStopHearing = (id: string) => useChange(["webhook", id], () => deleteJson<undefined>(`${pathOf(id)}/webhook`));

export const useLimits = (id: string) =>
  useQuery({ queryKey: ["limits", id], queryFn: () => getJson<Limits>(`${pathOf(id)}/limits`) });

export const useSetLimits = (id: string) =>
  useChange(["limits", id], (limits: Record<string, string>) => putJson<Limits>(`${pathOf(id)}/limits`, { limits }));
