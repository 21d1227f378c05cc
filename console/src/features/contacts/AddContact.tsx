import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import type { Gateway } from "@/lib/api";
import { useAddContact } from "./api";

export function AddContact({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Gateway["NewContact"]>();
  const add = useAddContact();
  return (
    <Modal
      open
      title={t("contacts.add")}
      okText={t("contacts.add")}
      confirmLoading={add.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      {add.isError && <ErrorNote error={add.error} />}
      <Form form={form} layout="vertical" initialValues={{ name: "" }} onFinish={(contact) => add.mutate(contact, { onSuccess: onClose })}>
        <Form.Item name="phone" label={t("contacts.phone")} extra={t("contacts.phoneHint")} rules={[{ required: true, min: 5, message: t("form.required") }]}>
          <Input inputMode="tel" placeholder="+51 987 654 300" />
        </Form.Item>
        <Form.Item name="name" label={t("contacts.name")}>
          <Input />
        </Form.Item>
      </Form>
    </Modal>
  );
}
