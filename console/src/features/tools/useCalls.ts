/** How often each tool was called in the last 30 days, and how often that failed. */
import { useQuery } from "@tanstack/react-query";
import { type Executor, getJson } from "@/lib/api";

const DAYS = 30;
const CALLS = "tool:";
const FAILED = "tool_failed:";

export interface Calls {
  calls: number;
  failed: number;
}

export function useCalls(): (tool: string) => Calls {
  const days = useQuery({
    queryKey: ["counts", "executor", DAYS],
    queryFn: async () => (await getJson<Executor["DayList"]>("/executor/api/counts", { days: DAYS, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone })).days,
  });
  const sum = (name: string) => (days.data ?? []).reduce((all, day) => all + (day.counts[name] ?? 0), 0);
  return (tool) => ({ calls: sum(CALLS + tool), failed: sum(FAILED + tool) });
}
