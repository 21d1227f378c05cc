import { Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type User, useAddUser } from "./api";
import { useRoleOptions } from "./roles";

interface Draft {
  name: string;
  password: string;
  role: User["role"];
}

export function AddUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Draft>();
  const roles = useRoleOptions();
  const add = useAddUser();
  return (
    <Modal open title={t("users.add")} okText={t("users.add")} confirmLoading={add.isPending} onCancel={onClose} onOk={() => form.submit()}>
      {add.isError && <ErrorNote error={add.error} />}
      <Form<Draft> form={form} layout="vertical" initialValues={{ role: "viewer" }} onFinish={(draft) => add.mutate(draft, { onSuccess: onClose })}>
        <Form.Item name="name" label={t("signIn.name")} rules={[{ required: true, message: t("form.required") }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="password" label={t("signIn.password")} rules={[{ required: true, min: 12, message: t("signIn.shortest") }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="role" label={t("users.role")}>
          <Select options={roles} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
