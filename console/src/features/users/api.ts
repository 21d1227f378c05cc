import { useQuery } from "@tanstack/react-query";
import { deleteJson, type Gateway, getJson, patchJson, postJson } from "@/lib/api";
import { useChange } from "@/lib/change";

export type User = Gateway["UserView"];
export type Token = Gateway["TokenView"];
export type MadeToken = Gateway["MadeToken"];

export const useUsers = () => useQuery({ queryKey: ["users"], queryFn: () => getJson<Gateway["UserList"]>("/api/users") });
export const useTokens = () => useQuery({ queryKey: ["tokens"], queryFn: () => getJson<Gateway["TokenList"]>("/api/auth/tokens") });

export const useAddUser = () =>
  useChange(["users"], (user: { name: string; password: string; role: User["role"] }) => postJson<User>("/api/users", user));
export const useChangeUser = () =>
  useChange(["users"], ({ id, ...change }: { id: string } & Partial<Pick<User, "role" | "is_active">>) => patchJson<User>(`/api/users/${id}`, change));
export const useResetFactor = () => useChange(["users"], (id: string) => deleteJson<undefined>(`/api/users/${id}/second-factor`));
export const useAddToken = () =>
  useChange(["tokens"], (token: { name: string; role: User["role"] }) => postJson<MadeToken>("/api/auth/tokens", token));
export const useRevokeToken = () => useChange(["tokens"], (id: string) => deleteJson<undefined>(`/api/auth/tokens/${id}`));
