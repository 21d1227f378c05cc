import { Button, Card, Flex, Popconfirm, Table, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { PageTitle } from "@/components/PageTitle";
import { Teaching } from "@/components/Teaching";
import { whole } from "@/lib/time";
import { may, useUser } from "@/lib/session";
import { AddSources } from "./AddSources";
import { fileOf, type Source, useRemoveSource, useSources } from "./api";
import { TrySearch } from "./TrySearch";

/** The files that questions are answered from besides the ERP. */
export default function Knowledge() {
  const { t, i18n } = useTranslation();
  const mayChange = may(useUser(), "administrator");
  const list = useSources();
  const remove = useRemoveSource();
  return (
    <>
      <PageTitle title={t("pages.knowledge")} hint={t("knowledge.hint")} />
      <Flex vertical gap={16}>
        {mayChange && <AddSources />}
        {[list, remove].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
        <Table<Source>
          rowKey="id"
          loading={list.isPending}
          dataSource={[...(list.data?.sources ?? [])]}
          pagination={false}
          {...(list.data?.sources.length ? { scroll: { x: "max-content" } } : {})}
          locale={{ emptyText: <Teaching text={t("knowledge.empty")} /> }}
          columns={[
            { title: t("knowledge.file"), render: (_, one) => <a href={fileOf(one)}>{one.filename}</a> },
            { title: t("knowledge.size"), render: (_, one) => t("knowledge.passages", { count: one.chunks, written: whole(one.chunks, i18n.language) }) },
            { title: t("knowledge.readers"), render: (_, one) => (one.groups.length ? one.groups.map((group) => <Tag key={group}>{group}</Tag>) : t("knowledge.everybody")) },
            { title: t("knowledge.state"), render: (_, one) => <Tag color={one.is_stale ? "warning" : "success"}>{t(one.is_stale ? "knowledge.stale" : "knowledge.ready")}</Tag> },
            { title: t("knowledge.added"), render: (_, one) => <Moment at={one.added_at} /> },
            {
              title: "",
              render: (_, one) =>
                mayChange && (
                  <Popconfirm title={t("knowledge.removeSure")} onConfirm={() => remove.mutate(one.id)}>
                    <Button size="small" danger>
                      {t("flows.delete")}
                    </Button>
                  </Popconfirm>
                ),
            },
          ]}
        />
        <Card title={t("knowledge.try")}>
          <Typography.Paragraph type="secondary">{t("knowledge.tryHint")}</Typography.Paragraph>
          <TrySearch />
        </Card>
      </Flex>
    </>
  );
}
