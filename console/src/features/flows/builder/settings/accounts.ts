import { useQuery } from "@tanstack/react-query";
import { type Executor, getJson, putJson } from "@/lib/api";
import { useChange } from "@/lib/change";

/** Under it, with its name, the link of a service account stands among those of contacts. */
const SERVICE = "service:";

const keyOf = (flowId: string) => ["flow", flowId, "accounts"];
const pathOf = (flowId: string) => `/executor/api/flows/${flowId}/accounts`;

export const useAllowed = (flowId: string) =>
  useQuery({ queryKey: keyOf(flowId), queryFn: async () => (await getJson<Executor["AllowedAccounts"]>(pathOf(flowId))).accounts });

export const useAllow = (flowId: string) =>
  useChange(keyOf(flowId), (accounts: readonly string[]) => putJson<Executor["AllowedAccounts"]>(pathOf(flowId), { accounts }));

/** All accounts that there are, by name; links are listed by contact, so these stand together. */
export const useServiceAccounts = () => useQuery({ queryKey: ["links", "service"], queryFn: serviceAccounts });

async function serviceAccounts(): Promise<string[]> {
  const page = await getJson<Executor["LinkList"]>("/executor/api/links", { after: SERVICE, limit: 200 });
  return page.links.filter((link) => link.contact_id.startsWith(SERVICE)).map((link) => link.contact_id.slice(SERVICE.length));
}
