/** A change at the server, after which the lists that show it are read again. */
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";

/** `stale` is the beginning of the keys of all queries that the change makes stale. */
export function useChange<Given, Result>(stale: QueryKey, change: (given: Given) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: stale }) });
}
