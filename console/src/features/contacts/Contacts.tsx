import { Button, Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Moment } from "@/components/Moment";
import { PagedTable } from "@/components/PagedTable";
import { PageTitle } from "@/components/PageTitle";
import { may, useUser } from "@/lib/session";
import { AddContact } from "./AddContact";
import { type Contact, contactPage, useLinks } from "./api";
import { LinkDrawer } from "./LinkDrawer";
import { MakeCode } from "./MakeCode";

type Shown = "add" | "code" | Contact | null;

/** Who writes to us, and as which ERP user each may ask. */
export default function Contacts() {
  const { t } = useTranslation();
  const isAdministrator = may(useUser(), "administrator");
  const links = useLinks(isAdministrator);
  const [phone, setPhone] = useState("");
  const [shown, show] = useState<Shown>(null);
  const linkOf = (contact: Contact) => links.data?.get(contact.id);
  return (
    <>
      <PageTitle title={t("pages.contacts")} hint={t("contacts.hint")}>
        {isAdministrator && <Button onClick={() => show("code")}>{t("contacts.code")}</Button>}
        {may(useUser(), "operator") && (
          <Button type="primary" onClick={() => show("add")}>
            {t("contacts.add")}
          </Button>
        )}
      </PageTitle>
      <Input.Search
        allowClear
        aria-label={t("contacts.search")}
        placeholder={t("contacts.search")}
        style={{ maxWidth: 320, marginBottom: 16 }}
        onSearch={(text) => setPhone(text.trim().length >= 5 ? text.trim() : "")}
      />
      <PagedTable<Contact, string>
        queryKey={["contacts", phone]}
        load={(cursor) => contactPage(cursor, phone)}
        rowKey="id"
        empty={t(phone ? "contacts.notFound" : "contacts.empty")}
        columns={[
          { title: t("contacts.name"), dataIndex: "name", render: (name: string) => name || t("conversations.nameless") },
          { title: t("contacts.addresses"), render: (_, one) => (one.addresses ?? []).map((address) => address.value).join(", ") },
          ...(isAdministrator
            ? [{ title: t("contacts.erpUser"), render: (_: unknown, one: Contact) => linkOf(one)?.erp_user ?? <Tag>{t("contacts.unlinked")}</Tag> }]
            : []),
          { title: t("contacts.since"), dataIndex: "created_at", render: (at: string) => <Moment at={at} /> },
        ]}
        {...(isAdministrator ? { onOpen: (contact: Contact) => show(contact) } : {})}
      />
      {shown === "add" && <AddContact onClose={() => show(null)} />}
      {shown === "code" && <MakeCode onClose={() => show(null)} />}
      {shown !== null && typeof shown === "object" && (
        <LinkDrawer contact={shown} link={linkOf(shown)} onClose={() => show(null)} />
      )}
    </>
  );
}
