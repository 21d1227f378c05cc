import { Button, Divider, Drawer, Flex, Form, Popconfirm, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Contact, type Link, type LinkDraft, useRemoveLink, useSetLink } from "./api";
import { ForgetContact } from "./ForgetContact";
import { LinkFields } from "./LinkFields";
import { PinOf } from "./PinOf";

interface Props {
  contact: Contact;
  link: Link | undefined;
  onClose: () => void;
}

/** One person's link to the ERP: set, changed or taken away. */
export function LinkDrawer({ contact, link, onClose }: Props) {
  const { t } = useTranslation();
  const set = useSetLink(contact.id);
  const remove = useRemoveLink();
  return (
    <Drawer open onClose={onClose} title={contact.name || (contact.addresses ?? [])[0]?.value}>
      {set.isError && <ErrorNote error={set.error} />}
      {remove.isError && <ErrorNote error={remove.error} />}
      <Typography.Paragraph type="secondary">{t("contacts.linkHint")}</Typography.Paragraph>
      <Form<LinkDraft>
        layout="vertical"
        initialValues={{ erp_user: link?.erp_user ?? "", groups: link?.groups ?? [] }}
        onFinish={(draft) => set.mutate(withoutEmpty(draft), { onSuccess: onClose })}
      >
        <LinkFields />
        <Flex gap={8}>
          <Button type="primary" htmlType="submit" loading={set.isPending}>
            {t("contacts.saveLink")}
          </Button>
          {link && (
            <Popconfirm title={t("contacts.unlinkSure")} onConfirm={() => remove.mutate(contact.id, { onSuccess: onClose })}>
              <Button danger loading={remove.isPending}>
                {t("contacts.unlink")}
              </Button>
            </Popconfirm>
          )}
        </Flex>
      </Form>
      <Divider />
      <PinOf contactId={contact.id} />
      <Divider />
      <ForgetContact contact={contact} onDone={onClose} />
    </Drawer>
  );
}

export const withoutEmpty = ({ api_key, api_secret, ...rest }: LinkDraft): LinkDraft =>
  api_key && api_secret ? { ...rest, api_key, api_secret } : rest;
