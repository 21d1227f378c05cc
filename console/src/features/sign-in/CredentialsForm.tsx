import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";

export interface Credentials {
  name: string;
  password: string;
  code?: string;
}

interface Props {
  action: string;
  isNew?: boolean;
  /** Whether the second factor is asked for too. */
  asksCode?: boolean;
  isBusy: boolean;
  error: Error | null;
  onSubmit: (credentials: Credentials) => void;
}

/** A name and a password; a new password is asked for at a length worth having. */
export function CredentialsForm({ action, isNew = false, asksCode = false, isBusy, error, onSubmit }: Props) {
  const { t } = useTranslation();
  const shortest = isNew ? [{ min: 12, message: t("signIn.shortest") }] : [];
  return (
    <Form<Credentials> layout="vertical" onFinish={onSubmit} requiredMark={false}>
      {error && <ErrorNote error={error} />}
      <Form.Item name="name" label={t("signIn.name")} rules={[{ required: true, message: t("form.required") }]}>
        <Input autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item name="password" label={t("signIn.password")} rules={[{ required: true, message: t("form.required") }, ...shortest]}>
        <Input.Password autoComplete={isNew ? "new-password" : "current-password"} />
      </Form.Item>
      {asksCode && (
        <Form.Item name="code" label={t("signIn.code")} extra={t("signIn.codeHint")} rules={[{ required: true, message: t("form.required") }]}>
          <Input autoComplete="one-time-code" autoFocus />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {action}
      </Button>
    </Form>
  );
}
