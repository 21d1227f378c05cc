import { Button, Drawer, Popconfirm, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { PagedTable } from "@/components/PagedTable";
import { PageTitle } from "@/components/PageTitle";
import { TaskStatus } from "@/components/TaskStatus";
import { type Executor, getJson, postJson } from "@/lib/api";
import { useChange } from "@/lib/change";
import { may, useUser } from "@/lib/session";
import { TaskDetail } from "./TaskDetail";

type Task = Executor["TaskState"];

const LIST = ["tasks"];
const LOOK_AGAIN_MS = 2_000;
const OPEN = ["queued", "running", "waiting"];
const STATUSES: readonly Task["status"][] = ["queued", "running", "waiting", "succeeded", "failed", "cancelled"];

/** What Recado does and did; who may, cancels what has not ended. */
export default function Tasks() {
  const { t } = useTranslation();
  const mayCancel = may(useUser(), "operator");
  const cancel = useChange(LIST, (id: string) => postJson<Task>(`/executor/api/tasks/${id}/cancel`));
  const [search, setSearch] = useSearchParams();
  const status = STATUSES.find((one) => one === search.get("status"));
  const [open, setOpen] = useState<string>();
  return (
    <>
      <PageTitle title={t("pages.tasks")} hint={t("tasks.hint")} />
      <Select
        allowClear
        aria-label={t("tasks.status")}
        placeholder={t("tasks.anyStatus")}
        value={status}
        style={{ width: 200, marginBottom: 16 }}
        onChange={(wanted: string | undefined) => setSearch(wanted ? { status: wanted } : {})}
        options={STATUSES.map((one) => ({ value: one, label: t(`tasks.statuses.${one}`) }))}
      />
      {cancel.isError && <ErrorNote error={cancel.error} />}
      <PagedTable<Task, string>
        queryKey={[...LIST, status]}
        load={(before) => taskPage(before, status)}
        rowKey="id"
        empty={t(status ? "tasks.noneSuch" : "tasks.empty")}
        refetchInterval={LOOK_AGAIN_MS}
        onOpen={(task) => setOpen(task.id)}
        columns={[
          { title: t("tasks.title"), dataIndex: "title" },
          { title: t("tasks.tool"), dataIndex: "tool", responsive: ["md"] },
          { title: t("tasks.status"), render: (_, task) => <TaskStatus status={task.status} progress={task.progress ?? null} /> },
          { title: t("tasks.began"), dataIndex: "created_at", render: (at: string) => <Moment at={at} /> },
          {
            title: "",
            render: (_, task) =>
              mayCancel &&
              OPEN.includes(task.status) && (
                <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="presentation">
                  <Popconfirm title={t("tasks.cancelSure")} onConfirm={() => cancel.mutate(task.id)}>
                    <Button size="small">{t("tasks.cancel")}</Button>
                  </Popconfirm>
                </span>
              ),
          },
        ]}
      />
      <Drawer open={open !== undefined} onClose={() => setOpen(undefined)} size={520} title={t("tasks.one")}>
        {open !== undefined && <TaskDetail taskId={open} />}
      </Drawer>
    </>
  );
}

async function taskPage(before: string | undefined, status: string | undefined) {
  const page = await getJson<Executor["TaskList"]>("/executor/api/tasks", { before, status });
  return { rows: page.tasks, next: page.next_before };
}
