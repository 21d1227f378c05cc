import { useMutation, useQuery } from "@tanstack/react-query";
import { deleteJson, type Executor, type Gateway, getJson, postJson, putJson } from "@/lib/api";
import { useChange } from "@/lib/change";

export type Contact = Gateway["ContactView"];
export type Link = Executor["LinkView"];
export type LinkDraft = Pick<Executor["NewLink"], "erp_user"> & { api_key?: string; api_secret?: string; groups: string[] };
export type Code = Executor["NewCode"];

export async function contactPage(cursor: string | undefined, phone: string) {
  const page = await getJson<Gateway["ContactPage"]>("/api/contacts", { cursor, phone });
  return { rows: page.contacts, next: page.next };
}

export const useAddContact = () =>
  useChange(["contacts"], (contact: Gateway["NewContact"]) => postJson<Contact>("/api/contacts", contact));

/** Links of all people, by contact, for administrators. There are as many as people who use the product: few thousands. */
export const useLinks = (isAllowed: boolean) => useQuery({ queryKey: ["links", "all"], queryFn: allLinks, enabled: isAllowed });

async function allLinks(): Promise<Map<string, Link>> {
  const links = new Map<string, Link>();
  for (let after: string | null | undefined = ""; after !== null && after !== undefined; ) {
    const page: Executor["LinkList"] = await getJson("/executor/api/links", { after, limit: 200 });
    page.links.forEach((link) => links.set(link.contact_id, link));
    after = page.next;
  }
  return links;
}

export const useSetLink = (contactId: string) =>
  useChange(["links"], (draft: LinkDraft) => putJson<Link>(`/executor/api/links/${contactId}`, draft));

export const useRemoveLink = () =>
  useChange(["links"], (contactId: string) => deleteJson(`/executor/api/links/${contactId}`));

/** In the gateway last: while the person is in the list, a failure before can be repeated. */
export const useForget = () =>
  useChange(["contacts"], async (contactId: string) => {
    for (const prefix of ["/executor", "/interpreter", ""]) await deleteJson<undefined>(`${prefix}/api/contacts/${contactId}`);
  });

export const useMakeCode = () =>
  useMutation({ mutationFn: (draft: LinkDraft) => postJson<Code>("/executor/api/link-codes", draft) });

export const usePin = (contactId: string) =>
  useQuery({ queryKey: ["pin", contactId], queryFn: () => getJson<Executor["PinView"]>(`/executor/api/links/${contactId}/pin`) });

export const useSetPin = (contactId: string) =>
  useChange(["pin", contactId], (pin: string) => putJson<undefined>(`/executor/api/links/${contactId}/pin`, { pin }));

export const useForgetPin = (contactId: string) =>
  useChange(["pin", contactId], () => deleteJson<undefined>(`/executor/api/links/${contactId}/pin`));
