import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Drawer, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { PagedTable } from "@/components/PagedTable";
import { PageTitle } from "@/components/PageTitle";
import { type Gateway, getJson, postJson } from "@/lib/api";
import { Accounts } from "./Accounts";
import { Delivery } from "./Delivery";

type View = Gateway["DeliveryView"];

/** What providers delivered, as it came; any of it can be read again. */
export default function Deliveries() {
  const { t } = useTranslation();
  const replay = useReplay();
  const [open, setOpen] = useState<View>();
  return (
    <>
      <PageTitle title={t("pages.deliveries")} hint={t("deliveries.hint")} />
      <Accounts />
      <PagedTable<View, number>
        queryKey={["deliveries"]}
        load={deliveryPage}
        rowKey="id"
        empty={t("deliveries.empty")}
        columns={[
          { title: "#", dataIndex: "id" },
          { title: t("deliveries.channel"), dataIndex: "channel" },
          { title: t("deliveries.received"), dataIndex: "received_at", render: (at: string) => <Moment at={at} /> },
          { title: t("deliveries.outcome"), dataIndex: "outcome", render: (one: string) => <Tag>{t(`deliveries.outcomes.${one}`, { defaultValue: one })}</Tag> },
          { title: t("deliveries.copies"), dataIndex: "copies" },
        ]}
        onOpen={setOpen}
      />
      <Drawer open={open !== undefined} onClose={() => setOpen(undefined)} size={560} title={t("deliveries.one", { id: open?.id })}>
        {open && <Delivery key={open.id} delivery={open} isReplaying={replay.isPending} onReplay={() => replay.mutate(open.id)} />}
      </Drawer>
    </>
  );
}

async function deliveryPage(before: number | undefined) {
  const page = await getJson<Gateway["DeliveryPage"]>("/api/deliveries", { before });
  return { rows: page.deliveries, next: page.next };
}

function useReplay() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const explain = useErrorText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => postJson<Gateway["Replayed"]>(`/api/deliveries/${id}/replay`),
    onSuccess: (found) => {
      message.success(t("deliveries.replayed", { count: found.new_messages }));
      return client.invalidateQueries({ queryKey: ["deliveries"] });
    },
    onError: (error) => message.error(explain(error)),
  });
}
