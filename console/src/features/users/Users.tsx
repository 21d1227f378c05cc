import { Button, Card, Popconfirm, Select, Switch, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { PageTitle } from "@/components/PageTitle";
import { useUser } from "@/lib/session";
import { AddUser } from "./AddUser";
import { type User, useChangeUser, useResetFactor, useUsers } from "./api";
import { useRoleOptions } from "./roles";
import { Tokens } from "./Tokens";

/** Who may use this console and its API. */
export default function Users() {
  const { t } = useTranslation();
  const users = useUsers();
  const change = useChangeUser();
  const resetFactor = useResetFactor();
  const roles = useRoleOptions();
  const own = useUser().id;
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <PageTitle title={t("pages.users")} hint={t("users.hint")}>
        <Button type="primary" onClick={() => setAdding(true)}>
          {t("users.add")}
        </Button>
      </PageTitle>
      {users.isError && <ErrorNote error={users.error} retry={() => void users.refetch()} />}
      {[change, resetFactor].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      <Table<User>
        rowKey="id"
        loading={users.isPending}
        dataSource={[...(users.data?.users ?? [])]}
        pagination={false}
        scroll={{ x: "max-content" }}
        columns={[
          { title: t("signIn.name"), dataIndex: "name" },
          {
            title: t("users.role"),
            render: (_, user) => (
              <Select
                aria-label={t("users.role")}
                value={user.role}
                options={roles}
                disabled={user.id === own}
                onChange={(role) => change.mutate({ id: user.id, role })}
              />
            ),
          },
          {
            title: t("users.active"),
            render: (_, user) => (
              <Switch
                aria-label={t("users.active")}
                checked={user.is_active}
                disabled={user.id === own}
                onChange={(is_active) => change.mutate({ id: user.id, is_active })}
              />
            ),
          },
          {
            title: t("account.factor"),
            render: (_, user) =>
              user.has_second_factor ? (
                <Popconfirm title={t("users.resetFactorSure")} onConfirm={() => resetFactor.mutate(user.id)}>
                  <Button size="small">{t("users.resetFactor")}</Button>
                </Popconfirm>
              ) : (
                "–"
              ),
          },
          { title: t("users.lastLogin"), dataIndex: "last_login_at", render: (at: string | null) => <Moment at={at} /> },
        ]}
      />
      <Card title={t("users.tokens")} style={{ marginTop: 16 }}>
        <Tokens />
      </Card>
      {isAdding && <AddUser onClose={() => setAdding(false)} />}
    </>
  );
}
