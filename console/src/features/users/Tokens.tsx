import { Alert, Button, Flex, Form, Input, Popconfirm, Select, Table, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { type Token, type User, useAddToken, useRevokeToken, useTokens } from "./api";
import { useRoleOptions } from "./roles";

/** Tokens with which programs use the API; a secret is shown once. */
export function Tokens() {
  const { t } = useTranslation();
  const tokens = useTokens();
  const revoke = useRevokeToken();
  return (
    <Flex vertical gap={16}>
      <NewToken />
      {tokens.isError && <ErrorNote error={tokens.error} retry={() => void tokens.refetch()} />}
      {revoke.isError && <ErrorNote error={revoke.error} />}
      <Table<Token>
        rowKey="id"
        size="small"
        loading={tokens.isPending}
        dataSource={[...(tokens.data?.tokens ?? [])]}
        pagination={false}
        scroll={{ x: "max-content" }}
        columns={[
          { title: t("users.tokenName"), dataIndex: "name" },
          { title: t("users.role"), dataIndex: "role", render: (role: User["role"]) => t(`roles.${role}`) },
          { title: t("users.lastUsed"), dataIndex: "last_used_at", render: (at: string | null) => <Moment at={at} /> },
          {
            title: "",
            render: (_, token) => (
              <Popconfirm title={t("users.revokeSure")} onConfirm={() => revoke.mutate(token.id)}>
                <Button size="small" danger>
                  {t("users.revoke")}
                </Button>
              </Popconfirm>
            ),
          },
        ]}
      />
    </Flex>
  );
}

function NewToken() {
  const { t } = useTranslation();
  const roles = useRoleOptions();
  const add = useAddToken();
  return (
    <>
      {add.isError && <ErrorNote error={add.error} />}
      {add.data && (
        <Alert type="success" title={t("users.secretOnce")} description={<Typography.Text copyable code>{add.data.secret}</Typography.Text>} />
      )}
      <Form<{ name: string; role: User["role"] }> layout="inline" initialValues={{ role: "viewer" }} onFinish={add.mutate}>
        <Form.Item name="name" label={t("users.tokenName")} rules={[{ required: true, message: t("form.required") }]}>
          <Input />
        </Form.Item>
        <Form.Item name="role" label={t("users.role")}>
          <Select options={roles} style={{ width: 160 }} />
        </Form.Item>
        <Button htmlType="submit" loading={add.isPending}>
          {t("users.makeToken")}
        </Button>
      </Form>
    </>
  );
}
