import { App, Button, Card, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { useChangePassword } from "./api";

interface Draft {
  current: string;
  password: string;
}

/** A new password ends all other sessions. */
export function Password() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Draft>();
  const change = useChangePassword();
  const done = () => {
    form.resetFields();
    message.success(t("account.passwordChanged"));
  };
  return (
    <Card title={t("account.password")}>
      {change.isError && <ErrorNote error={change.error} />}
      <Form<Draft> form={form} layout="vertical" requiredMark={false} onFinish={(draft) => change.mutate(draft, { onSuccess: done })}>
        <Form.Item name="current" label={t("account.current")} rules={[{ required: true, message: t("form.required") }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="password" label={t("account.newPassword")} rules={[{ required: true, min: 12, message: t("signIn.shortest") }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button htmlType="submit" loading={change.isPending}>
          {t("account.changePassword")}
        </Button>
      </Form>
    </Card>
  );
}
