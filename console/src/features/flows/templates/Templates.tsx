import { Button, Card, Flex, Input, Popconfirm, Skeleton, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ErrorNote } from "@/components/ErrorNote";
import { PageTitle } from "@/components/PageTitle";
import { Teaching } from "@/components/Teaching";
import { asLanguage } from "@/lib/i18n";
import { may, useUser } from "@/lib/session";
import { type Template, useDeleteTemplate, useTemplates, useUseTemplate } from "../api";
import { Preview } from "./Preview";

/** Flows to begin with, by category: looked at first, then taken. */
export default function Templates() {
  const { t, i18n } = useTranslation();
  const language = asLanguage(i18n.language) ?? "es";
  const [sought, seek] = useState("");
  const [shown, show] = useState<Template>();
  const list = useTemplates(language);
  const found = (list.data?.templates ?? []).filter((one) => plain(`${one.title} ${one.description}`).includes(plain(sought)));
  const categories = [...new Set(found.map((one) => one.category))];
  return (
    <>
      <PageTitle title={t("builder.templates.title")} hint={t("builder.templates.hint")} />
      <Input allowClear aria-label={t("tools.search")} placeholder={t("tools.search")} style={{ maxWidth: 320 }} onChange={(event) => seek(event.target.value)} />
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && found.length === 0 && <Teaching text={t("builder.templates.none")} />}
      {categories.map((category) => (
        <section key={category} aria-label={t(`builder.templates.categories.${category}`, { defaultValue: category })}>
          <Typography.Title level={2} style={{ fontSize: 18 }}>
            {t(`builder.templates.categories.${category}`, { defaultValue: category })}
          </Typography.Title>
          <div style={{ display: "grid", gap: 12, gridTemplateColumns: "repeat(auto-fill, minmax(260px, 1fr))" }}>
            {found
              .filter((one) => one.category === category)
              .map((one) => (
                <One key={one.name} template={one} language={language} onShow={() => show(one)} />
              ))}
          </div>
        </section>
      ))}
      {shown && <Preview template={shown} onClose={() => show(undefined)} />}
    </>
  );
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function One({ template, language, onShow }: { template: Template; language: string; onShow: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayDraw = may(useUser(), "administrator");
  const use = useUseTemplate(language);
  const remove = useDeleteTemplate();
  const take = () => use.mutate({ name: template.name, flow_name: template.title }, { onSuccess: ({ flow }) => void navigate(`/flows/${flow.id}`) });
  return (
    <Card size="small" title={template.title} styles={{ root: { display: "flex", flexDirection: "column" }, body: { flex: 1, display: "flex", flexDirection: "column", gap: 12 } }}>
      <Typography.Paragraph style={{ flex: 1, margin: 0 }}>{template.description}</Typography.Paragraph>
      <Flex gap={6} wrap>
        <Tag>{t("builder.templates.nodes", { count: template.nodes })}</Tag>
        <Tag>{template.languages.join(" · ")}</Tag>
        {template.is_own && <Tag color="processing">{t("builder.templates.own")}</Tag>}
      </Flex>
      {[use, remove].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      <Flex gap={8}>
        <Button onClick={onShow}>{t("builder.templates.look")}</Button>
        {mayDraw && (
          <Button type="primary" loading={use.isPending} onClick={take}>
            {t("builder.templates.use")}
          </Button>
        )}
        {mayDraw && template.is_own && (
          <Popconfirm title={t("builder.templates.removeSure")} onConfirm={() => remove.mutate(template.name)}>
            <Button danger>{t("flows.delete")}</Button>
          </Popconfirm>
        )}
      </Flex>
    </Card>
  );
}
