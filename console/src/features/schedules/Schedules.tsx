import { Button, Flex, Popconfirm, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { PagedTable } from "@/components/PagedTable";
import { PageTitle } from "@/components/PageTitle";
import { deleteJson, type Executor, getJson, patchJson } from "@/lib/api";
import { useChange } from "@/lib/change";
import { may, useUser } from "@/lib/session";

type Schedule = Executor["ScheduleView"];

const ROOT = "/executor/api/schedules";
const LIST = ["schedules"];

/** What people have sent to themselves again and again; they make them by chat, operators pause and end them. */
export default function Schedules() {
  const { t } = useTranslation();
  const mayChange = may(useUser(), "operator");
  const setStatus = useChange(LIST, ({ id, status }: Pick<Schedule, "id" | "status">) => patchJson<Schedule>(`${ROOT}/${id}`, { status }));
  const remove = useChange(LIST, (id: string) => deleteJson<undefined>(`${ROOT}/${id}`));
  return (
    <>
      <PageTitle title={t("pages.schedules")} hint={t("schedules.hint")} />
      {[setStatus, remove].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      <PagedTable<Schedule, string>
        queryKey={LIST}
        load={schedulePage}
        rowKey="id"
        empty={t("schedules.empty")}
        columns={[
          { title: t("schedules.what"), dataIndex: "title" },
          { title: t("schedules.when"), render: (_, one) => `${one.cron} · ${one.time_zone}` },
          { title: t("schedules.kind"), render: (_, one) => <Tag>{t(one.condition ? "schedules.alert" : "schedules.report")}</Tag> },
          { title: t("schedules.next"), dataIndex: "next_at", render: (at: string | null) => <Moment at={at} /> },
          { title: t("schedules.last"), dataIndex: "last_at", render: (at: string | null) => <Moment at={at} /> },
          {
            title: "",
            render: (_, one) =>
              mayChange && (
                <Flex gap={8}>
                  <Button size="small" onClick={() => setStatus.mutate({ id: one.id, status: one.status === "active" ? "paused" : "active" })}>
                    {t(one.status === "active" ? "schedules.pause" : "schedules.resume")}
                  </Button>
                  <Popconfirm title={t("schedules.endSure")} onConfirm={() => remove.mutate(one.id)}>
                    <Button size="small" danger>
                      {t("schedules.end")}
                    </Button>
                  </Popconfirm>
                </Flex>
              ),
          },
        ]}
      />
    </>
  );
}

async function schedulePage(after: string | undefined) {
  const page = await getJson<Executor["ScheduleList"]>(ROOT, { after });
  return { rows: page.schedules, next: page.next };
}
