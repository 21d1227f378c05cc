import { useQuery } from "@tanstack/react-query";
import { Button, Descriptions, Flex, Popconfirm, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Json } from "@/components/Json";
import { Moment } from "@/components/Moment";
import { type Gateway, getJson } from "@/lib/api";

type View = Gateway["DeliveryView"];

interface Props {
  delivery: View;
  isReplaying: boolean;
  onReplay: () => void;
}

/** One delivery whole: what came, what became of it, and reading it again. */
export function Delivery({ delivery, isReplaying, onReplay }: Props) {
  const { t } = useTranslation();
  const raw = useQuery({ queryKey: ["delivery", delivery.id], queryFn: () => getJson<unknown>(`/api/deliveries/${delivery.id}/raw`), retry: false });
  return (
    <Flex vertical gap={16}>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: "channel", label: t("deliveries.channel"), children: delivery.channel },
          { key: "at", label: t("deliveries.received"), children: <Moment at={delivery.received_at} /> },
          { key: "outcome", label: t("deliveries.outcome"), children: t(`deliveries.outcomes.${delivery.outcome}`, { defaultValue: delivery.outcome }) },
          { key: "items", label: t("deliveries.items"), children: delivery.items },
          { key: "copies", label: t("deliveries.copies"), children: delivery.copies },
        ]}
      />
      {raw.isPending && <Skeleton active />}
      {raw.isError && <ErrorNote error={raw.error} />}
      {raw.data !== undefined && <Json title={t("deliveries.payload")} value={raw.data} isOpen />}
      <Flex gap={8}>
        <Popconfirm title={t("deliveries.replaySure")} onConfirm={onReplay}>
          <Button loading={isReplaying}>{t("deliveries.replay")}</Button>
        </Popconfirm>
        <Button href={`/api/deliveries/${delivery.id}/raw`} download>
          {t("deliveries.raw")}
        </Button>
      </Flex>
    </Flex>
  );
}
