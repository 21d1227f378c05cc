/** Who is signed in, and what that role may do. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, type Gateway, Problem } from "./api";

export type Me = Gateway["Me"];
export type Role = Me["role"];

const RANK: Record<Role, number> = { viewer: 0, operator: 1, administrator: 2 };
const KEY = ["me"];

export const may = (me: Me, role: Role): boolean => RANK[me.role] >= RANK[role];

/** `data` is null for a stranger. */
export function useMe() {
  return useQuery({ queryKey: KEY, queryFn: findMe, staleTime: 60_000, retry: false });
}

/** Whoever is signed in; only inside the pages that are shown to nobody else. */
export function useUser(): Me {
  const { data } = useMe();
  if (!data) throw new Error("a page was shown to a stranger");
  return data;
}

/** Forgets all that the former user saw. */
export function useSignedIn(): (me: Me | null) => void {
  const client = useQueryClient();
  return (me) => {
    client.clear();
    client.setQueryData(KEY, me);
  };
}

async function findMe(): Promise<Me | null> {
  try {
    return await getJson<Me>("/api/auth/me");
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}
