import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

/** Which ERP user a phone acts as, with that user's own key; both halves of the key or none. */
export function LinkFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="erp_user" label={t("contacts.erpUser")} rules={[{ required: true, message: t("form.required") }]}>
        <Input placeholder="jorge@example.com" autoComplete="off" />
      </Form.Item>
      <Form.Item name="api_key" label={t("contacts.apiKey")} extra={t("contacts.keyHint")} rules={[together("api_secret", t("contacts.bothKeys"))]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="api_secret" label={t("contacts.apiSecret")} dependencies={["api_key"]} rules={[together("api_key", t("contacts.bothKeys"))]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="groups" label={t("contacts.groups")} extra={t("contacts.groupsHint")}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
    </>
  );
}

/** A field that is wrong while it is empty and its other half is not. */
const together =
  (other: string, message: string) =>
  ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
    validator: (_: unknown, value: unknown) => (!value && getFieldValue(other) ? Promise.reject(new Error(message)) : Promise.resolve()),
  });
