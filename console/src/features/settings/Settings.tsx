import { Flex } from "antd";
import { useTranslation } from "react-i18next";
import { PageTitle } from "@/components/PageTitle";
import { KeptFor } from "./KeptFor";
import { ModelPrices } from "./ModelPrices";
import { WhatsApp } from "./WhatsApp";

/** What administrators decide for everybody. */
export default function Settings() {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={t("pages.settings")} hint={t("settings.hint")} />
      <Flex vertical gap={16}>
        <WhatsApp />
        <KeptFor />
        <ModelPrices />
      </Flex>
    </>
  );
}
