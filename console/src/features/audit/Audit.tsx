import { useTranslation } from "react-i18next";
import { Json } from "@/components/Json";
import { Moment } from "@/components/Moment";
import { PagedTable } from "@/components/PagedTable";
import { PageTitle } from "@/components/PageTitle";
import { type Gateway, getJson } from "@/lib/api";

type Entry = Gateway["AuditEntryView"];

/** Who changed what. */
export default function Audit() {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={t("pages.audit")} hint={t("audit.hint")} />
      <PagedTable<Entry, number>
        queryKey={["audit"]}
        load={entryPage}
        rowKey="id"
        empty={t("audit.empty")}
        columns={[
          { title: t("audit.at"), dataIndex: "at", render: (at: string) => <Moment at={at} /> },
          { title: t("audit.actor"), dataIndex: "actor" },
          { title: t("audit.action"), dataIndex: "action" },
          { title: t("audit.target"), dataIndex: "target" },
          { title: t("audit.detail"), dataIndex: "detail", render: (detail: unknown) => <Json title={t("audit.detail")} value={detail} /> },
        ]}
      />
    </>
  );
}

async function entryPage(before: number | undefined) {
  const page = await getJson<Gateway["AuditList"]>("/api/audit", { before });
  return { rows: page.entries, next: page.next_before };
}
