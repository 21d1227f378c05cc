import { Button, Form, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Contact, useForget } from "./api";

/** Erasing a person, after their name or address was typed: there is no way back. */
export function ForgetContact({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const forget = useForget();
  const called = contact.name || ((contact.addresses ?? [])[0]?.value ?? contact.id);
  return (
    <>
      <Button danger type="text" onClick={() => setOpen(true)}>
        {t("contacts.forget")}
      </Button>
      <Modal
        open={isOpen}
        title={t("contacts.forgetTitle", { name: called })}
        okText={t("contacts.forget")}
        okButtonProps={{ danger: true, disabled: typed.trim() !== called }}
        confirmLoading={forget.isPending}
        onCancel={() => setOpen(false)}
        onOk={() => forget.mutate(contact.id, { onSuccess: onDone })}
      >
        {forget.isError && <ErrorNote error={forget.error} />}
        <Typography.Paragraph>{t("contacts.forgetText")}</Typography.Paragraph>
        <Form layout="vertical">
          <Form.Item label={t("contacts.forgetType", { name: called })}>
            <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
