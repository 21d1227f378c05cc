import { Button, Flex, Popconfirm, Switch, Table, Tag } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { PageTitle } from "@/components/PageTitle";
import { Teaching } from "@/components/Teaching";
import { openTexts } from "@/lib/i18n";
import { may, useUser } from "@/lib/session";
import { exportFlow, type FlowSummary, useActivate, useCopy, useCreate, useDelete, useFlows } from "./api";
import { saveExported } from "./exported";
import { firstDrawing } from "./first";

const ImportButton = lazy(async () => {
  const [part] = await Promise.all([import("./importing/ImportButton"), openTexts("builder")]);
  return { default: part.ImportButton };
});

/** All flows: which are published and start for people, and what administrators do with them. */
export function FlowList() {
  const { t } = useTranslation();
  const flows = useFlows();
  const activate = useActivate();
  const remove = useDelete();
  const mayDraw = may(useUser(), "administrator");
  return (
    <>
      <PageTitle title={t("pages.flows")} hint={t("flows.hint")}>
        <Link to="/flows/templates">
          <Button>{t("flows.templates")}</Button>
        </Link>
        {mayDraw && <NewFlow />}
      </PageTitle>
      {[flows, activate, remove].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      <Table<FlowSummary>
        rowKey="id"
        loading={flows.isPending}
        dataSource={[...(flows.data?.flows ?? [])]}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <Teaching text={t("flows.empty")} /> }}
        columns={[
          { title: t("flows.name"), render: (_, flow) => <Link to={`/flows/${flow.id}`}>{flow.name}</Link> },
          {
            title: t("flows.state"),
            render: (_, flow) => <Tag color={flow.version_id ? "success" : "default"}>{t(flow.version_id ? "flows.published" : "flows.draft")}</Tag>,
          },
          {
            title: t("flows.active"),
            render: (_, flow) => (
              <Switch
                aria-label={t("flows.active")}
                checked={flow.is_active}
                disabled={!mayDraw || !flow.version_id}
                onChange={(is_active) => activate.mutate({ id: flow.id, is_active })}
              />
            ),
          },
          { title: t("flows.changed"), dataIndex: "updated_at", render: (at: string) => <Moment at={at} /> },
          { title: "", render: (_, flow) => <Actions flow={flow} mayDraw={mayDraw} onDelete={() => remove.mutate(flow.id)} /> },
        ]}
      />
    </>
  );
}

function NewFlow() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useCreate();
  const open = { onSuccess: (made: { flow: FlowSummary }) => void navigate(`/flows/${made.flow.id}`) };
  return (
    <Flex gap={8} wrap>
      {create.isError && <ErrorNote error={create.error} />}
      <Suspense>
        <ImportButton />
      </Suspense>
      <Button type="primary" loading={create.isPending} onClick={() => create.mutate({ name: t("flows.newName"), draft: firstDrawing(t) }, open)}>
        {t("flows.new")}
      </Button>
    </Flex>
  );
}

function Actions({ flow, mayDraw, onDelete }: { flow: FlowSummary; mayDraw: boolean; onDelete: () => void }) {
  const { t } = useTranslation();
  const copy = useCopy();
  return (
    <Flex gap={8}>
      <Button size="small" onClick={() => void exportFlow(flow.id).then(saveExported)}>
        {t("flows.export")}
      </Button>
      {mayDraw && (
        <>
          <Button size="small" loading={copy.isPending} onClick={() => copy.mutate({ id: flow.id, name: t("flows.copyOf", { name: flow.name }) })}>
            {t("flows.copy")}
          </Button>
          <Popconfirm title={t("flows.deleteSure")} onConfirm={onDelete}>
            <Button size="small" danger>
              {t("flows.delete")}
            </Button>
          </Popconfirm>
        </>
      )}
    </Flex>
  );
}
