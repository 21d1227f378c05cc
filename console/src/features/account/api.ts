import { useMutation, useQuery } from "@tanstack/react-query";
import { deleteJson, type Gateway, getJson, postJson } from "@/lib/api";
import { useChange } from "@/lib/change";

export type Session = Gateway["SessionView"];
export type Begun = Gateway["BegunFactor"];

const ROOT = "/api/auth";
const FACTOR = ["second-factor"];
const SESSIONS = ["sessions"];

export const useFactor = () => useQuery({ queryKey: FACTOR, queryFn: () => getJson<Gateway["SecondFactorView"]>(`${ROOT}/second-factor`) });
export const useBeginFactor = () => useMutation({ mutationFn: (password: string) => postJson<Begun>(`${ROOT}/second-factor`, { password }) });
export const useConfirmFactor = () =>
  useMutation({ mutationFn: (code: string) => postJson<Gateway["RecoveryCodes"]>(`${ROOT}/second-factor/confirm`, { code }) });
export const useRemoveFactor = () => useChange(FACTOR, (password: string) => postJson<undefined>(`${ROOT}/second-factor/remove`, { password }));
export const useFactorChanged = () => useChange(FACTOR, () => Promise.resolve());

export const useSessions = () => useQuery({ queryKey: SESSIONS, queryFn: () => getJson<Gateway["SessionList"]>(`${ROOT}/sessions`) });
export const useEndSession = () => useChange(SESSIONS, (id: string) => deleteJson<undefined>(`${ROOT}/sessions/${id}`));

export const useChangePassword = () =>
  useChange(SESSIONS, (change: { current: string; password: string }) => postJson<Gateway["Me"]>(`${ROOT}/password`, change));
