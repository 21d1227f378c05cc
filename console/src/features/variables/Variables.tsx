import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { PageTitle } from "@/components/PageTitle";
import { Teaching } from "@/components/Teaching";
import { deleteJson, type Executor, getJson } from "@/lib/api";
import { useChange } from "@/lib/change";
import { may, useUser } from "@/lib/session";
import { EditVariable } from "./EditVariable";

type Variable = Executor["VariableView"];

/** What all flows share. A secret value goes in and never comes out. */
export default function Variables() {
  const { t } = useTranslation();
  const mayChange = may(useUser(), "administrator");
  const list = useQuery({ queryKey: ["variables"], queryFn: () => getJson<Executor["VariableList"]>("/executor/api/variables") });
  const remove = useChange(["variables"], (name: string) => deleteJson<undefined>(`/executor/api/variables/${name}`));
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PageTitle title={t("pages.variables")} hint={t("variables.hint")}>
        {mayChange && (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t("variables.add")}
          </Button>
        )}
      </PageTitle>
      {[list, remove].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      <Table<Variable>
        rowKey="name"
        loading={list.isPending}
        dataSource={[...(list.data?.variables ?? [])]}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <Teaching text={t("variables.empty")} /> }}
        columns={[
          { title: t("variables.name"), render: (_, one) => <code>{`global.${one.name}`}</code> },
          { title: t("variables.value"), render: (_, one) => (one.is_secret ? <Tag>{t("variables.secret")}</Tag> : JSON.stringify(one.value)) },
          { title: t("flows.changed"), dataIndex: "updated_at", render: (at: string) => <Moment at={at} /> },
          {
            title: "",
            render: (_, one) =>
              mayChange && (
                <Popconfirm title={t("variables.deleteSure")} onConfirm={() => remove.mutate(one.name)}>
                  <Button size="small" danger>
                    {t("flows.delete")}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      {isOpen && <EditVariable onClose={() => setOpen(false)} />}
    </>
  );
}
